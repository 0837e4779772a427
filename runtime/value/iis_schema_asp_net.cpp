// Sections of ASP.NET that matter to hardening.
#include "runtime/value/iis_schema_tables.hpp"

namespace polc::value::iis {

void add_asp_net_sections(std::vector<IisElement>& all) {
  SectionTable(all, "appSettings")
      .element("", {string("file")},
               collection("add", "remove", "clear", {key(string("key")), string("value")}));
  SectionTable(all, "connectionStrings")
      .element("", {},
               collection("add", "remove", "clear",
                          {string("connectionString"), key(string("name")),
                           string("providerName", "System.Data.SqlClient")}));
  SectionTable(all, "system.web/authentication")
      .element("", {enumeration("mode", {"None", "Windows", "Passport", "Forms", "Federated"}, "Windows")})
      .element("forms", {enumeration("cookieless", {"UseUri", "UseCookies", "AutoDetect", "UseDeviceProfile"},
                                     "UseDeviceProfile"),
                         string("defaultUrl", "default.aspx"), string("domain"),
                         boolean("enableCrossAppRedirects", "False"), string("loginUrl", "login.aspx"),
                         string("name", ".ASPXAUTH"), string("path", "/"),
                         enumeration("protection", {"All", "None", "Encryption", "Validation"}, "All"),
                         boolean("requireSSL", "False"), boolean("slidingExpiration", "True"),
                         minutes("timeout", "30"), string("ticketCompatibilityMode")})
      .element("forms/credentials", {enumeration("passwordFormat", {"Clear", "SHA1", "MD5"}, "SHA1")},
               collection("user", "", "", {key(string("name")), string("password")}))
      .element("passport", {string("redirectUrl", "internal")});
  SectionTable(all, "system.web/authorization")
      .element("", {},
               collection("allow,deny", "", "", {string("roles"), string("users"), string("verbs")},
                          {.prepends = true, .duplicates = true}));
  SectionTable(all, "system.web/compilation")
      .element("", {string("assemblyPostProcessorType"), boolean("batch", "True"),
                    seconds("batchTimeout", "900"), boolean("debug", "False"),
                    string("defaultLanguage", "vb"), boolean("enablePrefetchOptimization", "False"),
                    boolean("explicit", "True"), integer("maxBatchGeneratedFileSize", "1000"),
                    integer("maxBatchSize", "1000"), integer("numRecompilesBeforeAppRestart", "15"),
                    boolean("strict", "False"), string("tempDirectory"), boolean("urlLinePragmas", "False"),
                    string("profileGuidedOptimizations", "All"), boolean("optimizeCompilations", "False"),
                    string("targetFramework")})
      .element("assemblies", {},
               collection("add", "remove", "clear", {key(string("assembly"))}, {.duplicates = true}))
      .element("buildProviders", {},
               collection("add", "remove", "clear", {key(string("extension")), string("type")}))
      .element("codeSubDirectories", {}, collection("add", "", "", {key(string("directoryName"))}))
      .element("expressionBuilders", {},
               collection("add", "remove", "clear", {key(string("expressionPrefix")), string("type")}))
      .element("folderLevelBuildProviders", {},
               collection("add", "remove", "clear", {key(string("name")), string("type")}));
  SectionTable(all, "system.web/customErrors")
      .element("",
               {boolean("allowNestedErrors", "False"), string("defaultRedirect"),
                enumeration("mode", {"RemoteOnly", "On", "Off"}, "RemoteOnly"),
                string("redirectMode", "ResponseRedirect")},
               collection("error", "", "", {string("redirect"), key(integer("statusCode"))}));
  SectionTable(all, "system.web/deployment").element("", {boolean("retail", "False")});
  SectionTable(all, "system.web/hostingEnvironment")
      .element("", {minutes("idleTimeout", "Infinite"), boolean("shadowCopyBinAssemblies", "True"),
                    seconds("shutdownTimeout", "30")});
  SectionTable(all, "system.web/httpCookies")
      .element("", {string("domain"), boolean("httpOnlyCookies", "False"), boolean("requireSSL", "False")});
  SectionTable(all, "system.web/httpHandlers")
      .element(
          "", {},
          collection("add", "remove", "clear",
                     {key(string("path")), string("type"), boolean("validate", "True"), key(string("verb"))},
                     {.prepends = true, .duplicates = true}));
  SectionTable(all, "system.web/httpModules")
      .element("", {}, collection("add", "remove", "clear", {key(string("name")), string("type")}));
  SectionTable(all, "system.web/httpRuntime")
      .element("",
               {boolean("apartmentThreading", "False"),
                integer("appRequestQueueLimit", "5000"),
                seconds("delayNotificationTimeout", "5"),
                boolean("enable", "True"),
                boolean("enableHeaderChecking", "True"),
                boolean("enableKernelOutputCache", "True"),
                boolean("enableVersionHeader", "True"),
                seconds("executionTimeout", "110"),
                integer("maxRequestLength", "4096"),
                integer("maxWaitChangeNotification", "0"),
                integer("minFreeThreads", "8"),
                integer("minLocalRequestFreeThreads", "4"),
                integer("requestLengthDiskThreshold", "80"),
                boolean("requireRootedSaveAsPath", "True"),
                boolean("sendCacheControlHeader", "True"),
                seconds("shutdownTimeout", "90"),
                boolean("useFullyQualifiedRedirectUrl", "False"),
                integer("waitChangeNotification", "0"),
                integer("maxUrlLength", "260"),
                integer("maxQueryStringLength", "2048"),
                boolean("relaxedUrlToFileSystemMapping", "False"),
                string("requestPathInvalidCharacters"),
                string("requestValidationMode"),
                string("requestValidationType"),
                string("encoderType"),
                enumeration("asyncPreloadMode",
                            {"None", "Form", "FormMultiPart", "NonForm", "AllFormTypes", "All"}, "None")});
  SectionTable(all, "system.web/identity")
      .element("", {boolean("impersonate", "False"), string("password"), string("userName")});
  SectionTable(all, "system.web/machineKey")
      .element("",
               {string("decryption", "Auto"), string("decryptionKey", "AutoGenerate,IsolateApps"),
                enumeration("validation",
                            {"MD5", "SHA1", "3DES", "AES", "HMACSHA256", "HMACSHA384", "HMACSHA512"}, "SHA1"),
                string("validationKey", "AutoGenerate,IsolateApps"), string("applicationName", ""),
                string("dataProtectorType", ""),
                enumeration("compatibilityMode", {"Framework20SP1", "Framework20SP2", "Framework45"},
                            "Framework20SP1")});
  SectionTable(all, "system.web/membership")
      .element("", {string("defaultProvider", "AspNetSqlMembershipProvider"), string("hashAlgorithmType"),
                    minutes("userIsOnlineTimeWindow", "15")})
      .element("providers", {},
               collection("add", "remove", "clear", {key(string("name")), string("type")}, {.open = true}));
  SectionTable(all, "system.web/pages")
      .element("", {seconds("asyncTimeout", "45"),
                    boolean("autoEventWireup", "True"),
                    boolean("buffer", "True"),
                    enumeration("compilationMode", {"Auto", "Never", "Always"}, "Always"),
                    boolean("enableEventValidation", "True"),
                    enumeration("enableSessionState", {"false", "ReadOnly", "true"}, "true"),
                    boolean("enableViewState", "True"),
                    boolean("enableViewStateMac", "True"),
                    boolean("maintainScrollPositionOnPostBack", "False"),
                    string("masterPageFile"),
                    integer("maxPageStateFieldLength", "-1"),
                    string("pageBaseType", "System.Web.UI.Page"),
                    string("pageParserFilterType"),
                    boolean("smartNavigation", "False"),
                    string("styleSheetTheme"),
                    string("theme"),
                    string("userControlBaseType", "System.Web.UI.UserControl"),
                    boolean("validateRequest", "True"),
                    enumeration("viewStateEncryptionMode", {"Auto", "Always", "Never"}, "Auto"),
                    boolean("renderAllHiddenFieldsAtTopOfForm", "True"),
                    string("controlRenderingCompatibilityVersion", "4.5"),
                    string("clientIDMode", "Predictable")})
      .element("controls", {},
               collection("add", "remove", "",
                          {string("assembly"), string("namespace"), string("src"), string("tagName"),
                           string("tagPrefix", "/")}))
      .element("namespaces", {boolean("autoImportVBNamespace", "True")},
               collection("add", "remove", "clear", {key(string("namespace"))}))
      .element("tagMapping", {},
               collection("add", "remove", "clear", {string("mappedTagType"), key(string("tagType"))}));
  SectionTable(all, "system.web/roleManager")
      .element("", {boolean("cacheRolesInCookie", "False"), string("cookieName", ".ASPXROLES"),
                    string("cookiePath", "/"),
                    enumeration("cookieProtection", {"None", "Validation", "Encryption", "All"}, "All"),
                    boolean("cookieRequireSSL", "False"), boolean("cookieSlidingExpiration", "True"),
                    minutes("cookieTimeout", "30"), boolean("createPersistentCookie", "False"),
                    string("defaultProvider", "AspNetSqlRoleProvider"), string("domain"),
                    boolean("enabled", "False"), integer("maxCachedResults", "25")})
      .element("providers", {},
               collection("add", "remove", "clear", {key(string("name")), string("type")}, {.open = true}));
  SectionTable(all, "system.web/sessionState")
      .element("",
               {boolean("allowCustomSqlDatabase", "False"),
                enumeration("cookieless",
                            {"UseUri", "UseCookies", "AutoDetect", "UseDeviceProfile", "true", "false"},
                            "UseCookies"),
                string("cookieName", "ASP.NET_SessionId"), string("customProvider"),
                enumeration("mode", {"Off", "InProc", "StateServer", "SQLServer", "Custom"}, "InProc"),
                string("partitionResolverType"), boolean("regenerateExpiredSessionId", "True"),
                string("sessionIDManagerType"), seconds("sqlCommandTimeout", "30"),
                string("sqlConnectionString", "data source=localhost;Integrated Security=SSPI"),
                string("stateConnectionString", "tcpip=loopback:42424"), seconds("stateNetworkTimeout", "10"),
                minutes("timeout", "20"), boolean("useHostingIdentity", "True"),
                seconds("sqlConnectionRetryInterval", "0"), boolean("compressionEnabled", "False")})
      .element("providers", {},
               collection("add", "remove", "clear", {key(string("name")), string("type")}, {.open = true}));
  SectionTable(all, "system.web/trace")
      .element("", {boolean("enabled", "False"), boolean("localOnly", "True"), boolean("mostRecent", "False"),
                    boolean("pageOutput", "False"), integer("requestLimit", "10"),
                    enumeration("traceMode", {"SortByTime", "SortByCategory"}, "SortByTime"),
                    boolean("writeToDiagnosticsTrace", "False")});
  SectionTable(all, "system.web/trust")
      .element("", {string("level", "Full"), string("originUrl"),
                    boolean("processRequestInApplicationTrust", "True"), boolean("legacyCasModel", "False")});
}

}  // namespace polc::value::iis
