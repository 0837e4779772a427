// IIS sections below system.webServer, without security.
#include "runtime/value/iis_schema_tables.hpp"

namespace polc::value::iis {

void add_web_server_sections(std::vector<IisElement>& all) {
  SectionTable(all, "system.webServer/asp")
      .element("", {boolean("appAllowClientDebug", "false"), boolean("appAllowDebugging", "false"),
                    boolean("errorsToNTLog", "false"), boolean("logErrorRequests", "true"),
                    boolean("calcLineNumber", "true"), integer("codePage", "0"),
                    boolean("enableApplicationRestart", "true"), boolean("enableAspHtmlFallback", "true"),
                    boolean("enableChunkedEncoding", "true"), boolean("enableParentPaths", "false"),
                    boolean("exceptionCatchEnable", "true"), integer("lcid", "0"),
                    boolean("runOnEndAnonymously", "true"), string("scriptErrorMessage"),
                    boolean("scriptErrorSentToBrowser", "false"), string("scriptLanguage", "VBScript"),
                    boolean("bufferingOn", "true")})
      .element("session", {boolean("allowSessionState", "true"), boolean("keepSessionIdSecure", "true"),
                           integer("max", "4294967295"), time_span("timeout", "00:20:00")})
      .element("comPlus",
               {flags("appServiceFlags", {"None", "EnableTracker", "EnableSxS", "UsePartition"}, "None"),
                string("sxsName"), string("partitionId", "00000000-0000-0000-0000-000000000000"),
                boolean("trackThreadingModel", "false"), boolean("executeInMta", "false")})
      .element("cache",
               {string("diskTemplateCacheDirectory", "%SystemDrive%\\inetpub\\temp\\ASP Compiled Templates"),
                integer("maxDiskTemplateCacheFiles", "2000"), integer("scriptFileCacheSize", "500"),
                integer("scriptEngineCacheMax", "250"), boolean("enableTypelibCache", "true")})
      .element("limits", {time_span("scriptTimeout", "00:01:30"), integer("bufferingLimit", "4194304"),
                          integer("maxRequestEntityAllowed", "200000"), integer("processorThreadMax", "25"),
                          time_span("queueConnectionTestTime", "00:00:03"),
                          time_span("queueTimeout", "00:00:00"), integer("requestQueueMax", "3000")});
  SectionTable(all, "system.webServer/caching")
      .element("", {boolean("enabled", "true"), boolean("enableKernelCache", "true"),
                    integer("maxCacheSize", "0"), integer("maxResponseSize", "262144")})
      .element(
          "profiles", {},
          collection(
              "add", "remove", "clear",
              {key(string("extension")),
               enumeration("policy", {"DontCache", "CacheUntilChange", "CacheForTimePeriod", "DisableCache"},
                           "DontCache"),
               enumeration("kernelCachePolicy",
                           {"DontCache", "CacheUntilChange", "CacheForTimePeriod", "DisableCache"},
                           "DontCache"),
               time_span("duration", "00:00:30"),
               enumeration("location", {"Any", "Client", "Downstream", "Server", "None", "ServerAndClient"},
                           "Server"),
               string("varyByHeaders"), string("varyByQueryString")},
              {.prepends = true}));
  SectionTable(all, "system.webServer/cgi")
      .element("", {boolean("createCGIWithNewConsole", "false"), boolean("createProcessAsUser", "true"),
                    time_span("timeout", "00:15:00")});
  SectionTable(all, "system.webServer/defaultDocument")
      .element("", {boolean("enabled", "true")})
      .element("files", {}, collection("add", "remove", "clear", {key(string("value"))}, {.prepends = true}));
  SectionTable(all, "system.webServer/directoryBrowse")
      .element("", {boolean("enabled", "false"),
                    flags("showFlags", {"None", "Date", "Time", "Size", "Extension", "LongDate"},
                          "Date, Time, Size, Extension")});
  SectionTable(all, "system.webServer/globalModules")
      .element("", {},
               collection("add", "remove", "clear",
                          {key(string("name")), string("image"), string("preCondition")}));
  SectionTable(all, "system.webServer/handlers")
      .element(
          "",
          {flags("accessPolicy",
                 {"None", "Read", "Write", "Execute", "Source", "Script", "NoRemoteWrite", "NoRemoteRead",
                  "NoRemoteExecute", "NoRemoteScript"},
                 "Read")},
          collection(
              "add", "remove", "clear",
              {key(string("name")), string("path"), string("verb"), string("type"),
               string("modules", "ManagedPipelineHandler"), string("scriptProcessor"),
               enumeration("resourceType", {"File", "Directory", "Either", "Unspecified"}, "Unspecified"),
               enumeration("requireAccess", {"None", "Read", "Write", "Script", "Execute"}, "Script"),
               boolean("allowPathInfo", "false"), string("preCondition"),
               integer("responseBufferLimit", "4194304")},
              {.prepends = true}));
  SectionTable(all, "system.webServer/httpErrors")
      .element(
          "",
          {enumeration("errorMode", {"DetailedLocalOnly", "Custom", "Detailed"}, "DetailedLocalOnly"),
           enumeration("existingResponse", {"Auto", "Replace", "PassThrough"}, "Auto"), string("defaultPath"),
           enumeration("defaultResponseMode", {"File", "ExecuteURL", "Redirect"}, "File"),
           string("detailedMoreInformationLink", "http://go.microsoft.com/fwlink/?LinkID=62293"),
           boolean("allowAbsolutePathsWhenDelegated", "false")},
          collection("error", "remove", "clear",
                     {key(integer("statusCode")), key(integer("subStatusCode", "-1")),
                      string("prefixLanguageFilePath", ""), string("path"),
                      enumeration("responseMode", {"File", "ExecuteURL", "Redirect"}, "File")}));
  SectionTable(all, "system.webServer/httpLogging")
      .element("", {enumeration("selectiveLogging", {"LogAll", "LogSuccessful", "LogError"}, "LogAll"),
                    boolean("dontLog", "false")});
  SectionTable(all, "system.webServer/httpProtocol")
      .element("", {boolean("allowKeepAlive", "true")})
      .element("customHeaders", {},
               collection("add", "remove", "clear", {key(string("name")), string("value")}))
      .element("redirectHeaders", {},
               collection("add", "remove", "clear", {key(string("name")), string("value")}));
  SectionTable(all, "system.webServer/httpRedirect")
      .element(
          "",
          {boolean("enabled", "false"), string("destination"), boolean("exactDestination", "false"),
           boolean("childOnly", "false"),
           enumeration("httpResponseStatus", {"Permanent", "Found", "Temporary", "PermRedirect"}, "Found")},
          collection("add", "remove", "clear", {key(string("wildcard")), string("destination")}));
  SectionTable(all, "system.webServer/isapiFilters")
      .element("", {},
               collection("filter", "remove", "clear",
                          {key(string("name")), string("path"), boolean("enabled", "true"),
                           boolean("enableCache", "false"), string("preCondition")}));
  SectionTable(all, "system.webServer/modules")
      .element("",
               {boolean("runAllManagedModulesForAllRequests", "false"),
                boolean("runManagedModulesForWebDavRequests", "false")},
               collection("add", "remove", "clear",
                          {key(string("name")), string("type"), string("preCondition")}));
  SectionTable(all, "system.webServer/serverRuntime")
      .element("", {boolean("enabled", "true"), integer("appConcurrentRequestLimit", "5000"),
                    integer("maxRequestEntityAllowed", "4294967295"), integer("uploadReadAheadSize", "49152"),
                    string("alternateHostName"), boolean("enableNagling", "false"),
                    integer("frequentHitThreshold", "2"), time_span("frequentHitTimePeriod", "00:00:10"),
                    enumeration("authenticatedUserOverride", {"UseAuthenticatedUser", "UseWorkerProcessUser"},
                                "UseAuthenticatedUser")});
  SectionTable(all, "system.webServer/serverSideInclude").element("", {boolean("ssiExecDisable", "false")});
  SectionTable(all, "system.webServer/staticContent")
      .element("",
               {string("defaultDocFooter"), boolean("isDocFooterFileName", "false"),
                boolean("enableDocFooter", "false")},
               collection("mimeMap", "remove", "clear", {key(string("fileExtension")), string("mimeType")}))
      .element("clientCache",
               {enumeration("cacheControlMode", {"NoControl", "DisableCache", "UseMaxAge", "UseExpires"},
                            "NoControl"),
                time_span("cacheControlMaxAge", "1.00:00:00"), string("httpExpires"),
                string("cacheControlCustom"), boolean("setEtag", "true")});
  SectionTable(all, "system.webServer/urlCompression")
      .element("", {boolean("doStaticCompression", "true"), boolean("doDynamicCompression", "true"),
                    boolean("dynamicCompressionBeforeCache", "false")});
  SectionTable(all, "system.webServer/validation")
      .element("", {boolean("validateIntegratedModeConfiguration", "true")});
  SectionTable(all, "system.webServer/webSocket")
      .element("", {boolean("enabled", "true"), integer("receiveBufferLimit", "4194304"),
                    time_span("pingInterval", "00:00:00")});
  SectionTable(all, "system.webServer/webdav/authoring")
      .element("", {boolean("enabled", "false"), boolean("requireSsl", "false"),
                    flags("compatFlags",
                          {"None", "MsAuthorVia", "MultiProp", "CompactXml", "IsHidden", "IsCollection"},
                          "MsAuthorVia, MultiProp, CompactXml, IsHidden, IsCollection"),
                    integer("maxAllowedXmlRequestLength", "1000000")})
      .element("fileSystem", {boolean("allowHiddenFiles", "false"), boolean("useTransactionalIo", "false"),
                              boolean("hideChildVirtualDirectories", "false")})
      .element("properties",
               {boolean("allowAnonymousPropfind", "false"), boolean("allowInfinitePropfindDepth", "false"),
                boolean("allowCustomProperties", "true")},
               collection("add", "remove", "clear", {key(string("xmlNamespace")), string("propertyStore")},
                          {.open = true}))
      .element("locks",
               {boolean("enabled", "false"), string("lockStore"), boolean("requireLockForWriting", "false")});
  SectionTable(all, "system.webServer/webdav/authoringRules")
      .element(
          "",
          {flags("defaultAccess", {"None", "Read", "Write", "Source"}, "None"),
           boolean("allowNonMimeMapFiles", "true"), string("defaultMimeType", "application/octet-stream")},
          collection("add", "remove", "clear",
                     {key(string("users")), key(string("roles")), key(string("path")),
                      flags("access", {"None", "Read", "Write", "Source"}, "Read")}));
  SectionTable(all, "system.webServer/webdav/globalSettings")
      .element("", {})
      .element("propertyStores", {},
               collection("add", "", "", {key(string("name")), string("image"), string("image32")},
                          {.open = true}))
      .element("lockStores", {},
               collection("add", "", "", {key(string("name")), string("image"), string("image32")},
                          {.open = true}));
}

}  // namespace polc::value::iis
