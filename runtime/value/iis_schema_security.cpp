// IIS sections below system.webServer/security.
#include "runtime/value/iis_schema_tables.hpp"

namespace polc::value::iis {

void add_security_sections(std::vector<IisElement>& all) {
  SectionTable(all, "system.webServer/security/access")
      .element("",
               {flags("sslFlags", {"None", "Ssl", "SslNegotiateCert", "SslRequireCert", "Ssl128"}, "None")});
  SectionTable(all, "system.webServer/security/authentication/anonymousAuthentication")
      .element("",
               {boolean("enabled", "true"), string("userName", "IUSR"), encrypted(string("password")),
                enumeration("logonMethod", {"Interactive", "Batch", "Network", "ClearText"}, "ClearText")});
  SectionTable(all, "system.webServer/security/authentication/basicAuthentication")
      .element("",
               {boolean("enabled", "false"), string("realm"), string("defaultLogonDomain"),
                enumeration("logonMethod", {"Interactive", "Batch", "Network", "ClearText"}, "ClearText")});
  SectionTable(all, "system.webServer/security/authentication/clientCertificateMappingAuthentication")
      .element("", {boolean("enabled", "false")});
  SectionTable(all, "system.webServer/security/authentication/digestAuthentication")
      .element("", {boolean("enabled", "false"), string("realm")});
  SectionTable(all, "system.webServer/security/authentication/iisClientCertificateMappingAuthentication")
      .element("",
               {boolean("enabled", "false"), boolean("oneToOneCertificateMappingsEnabled", "true"),
                boolean("manyToOneCertificateMappingsEnabled", "true"), string("defaultLogonDomain"),
                enumeration("logonMethod", {"Interactive", "Batch", "Network", "ClearText"}, "ClearText")})
      .element("manyToOneMappings", {},
               collection("add", "", "clear",
                          {key(string("name")), string("description"), boolean("enabled", "true"),
                           enumeration("permissionMode", {"Allow", "Deny"}, "Allow"), string("userName"),
                           encrypted(string("password"))}))
      .element("oneToOneMappings", {},
               collection("add", "", "clear",
                          {boolean("enabled", "true"), string("userName"), encrypted(string("password")),
                           key(string("certificate"))}));
  SectionTable(all, "system.webServer/security/authentication/windowsAuthentication")
      .element("", {boolean("enabled", "false"), boolean("authPersistSingleRequest", "false"),
                    boolean("authPersistNonNTLM", "false"), boolean("useKernelMode", "true"),
                    boolean("useAppPoolCredentials", "false")})
      .element("providers", {}, collection("add", "remove", "clear", {key(string("value"))}))
      .element("extendedProtection",
               {enumeration("tokenChecking", {"None", "Allow", "Require"}, "None"),
                flags("flags", {"None", "Proxy", "NoServiceNameCheck", "AllowDotlessSpn", "ProxyCohosting"},
                      "None")},
               collection("spn", "removeSpn", "clearSpns", {key(string("name"))}));
  SectionTable(all, "system.webServer/security/authorization")
      .element("", {boolean("bypassLoginPages", "true")},
               collection("add", "remove", "clear",
                          {enumeration("accessType", {"Allow", "Deny"}), key(string("users")),
                           key(string("roles")), key(string("verbs"))}));
  SectionTable(all, "system.webServer/security/dynamicIpSecurity")
      .element("", {enumeration("denyAction", {"AbortRequest", "Unauthorized", "Forbidden", "NotFound"},
                                "Forbidden"),
                    boolean("enableProxyMode", "false"), boolean("enableLoggingOnlyMode", "false")})
      .element("denyByConcurrentRequests",
               {boolean("enabled", "false"), integer("maxConcurrentRequests", "5")})
      .element("denyByRequestRate", {boolean("enabled", "false"), integer("maxRequests", "20"),
                                     integer("requestIntervalInMilliseconds", "200")});
  SectionTable(all, "system.webServer/security/ipSecurity")
      .element(
          "",
          {boolean("enableReverseDns", "false"), boolean("allowUnlisted", "true"),
           boolean("enableProxyMode", "false"),
           enumeration("denyAction", {"AbortRequest", "Unauthorized", "Forbidden", "NotFound"}, "Forbidden")},
          collection("add", "remove", "clear",
                     {key(string("ipAddress")), key(string("subnetMask", "255.255.255.255")),
                      key(string("domainName")), boolean("allowed", "false")}));
  SectionTable(all, "system.webServer/security/isapiCgiRestriction")
      .element("", {boolean("notListedIsapisAllowed", "false"), boolean("notListedCgisAllowed", "false")},
               collection("add", "remove", "clear",
                          {key(string("path")), boolean("allowed", "false"), string("groupId"),
                           string("description")}));
  SectionTable(all, "system.webServer/security/requestFiltering")
      .element("",
               {boolean("allowDoubleEscaping", "false"), boolean("allowHighBitCharacters", "true"),
                boolean("unescapeQueryString", "true"), since(16299, boolean("removeServerHeader", "false"))})
      .element(
          "fileExtensions", {boolean("allowUnlisted", "true"), boolean("applyToWebDAV", "true")},
          collection("add", "remove", "clear", {key(string("fileExtension")), boolean("allowed", "true")}))
      .element("requestLimits", {integer("maxAllowedContentLength", "30000000"), integer("maxUrl", "4096"),
                                 integer("maxQueryString", "2048")})
      .element("requestLimits/headerLimits", {},
               collection("add", "remove", "clear", {key(string("header")), integer("sizeLimit")}))
      .element("verbs", {boolean("allowUnlisted", "true"), boolean("applyToWebDAV", "true")},
               collection("add", "remove", "clear", {key(string("verb")), boolean("allowed")}))
      .element("hiddenSegments", {boolean("applyToWebDAV", "true")},
               collection("add", "remove", "clear", {key(string("segment"))}))
      .element("alwaysAllowedUrls", {}, collection("add", "remove", "clear", {key(string("url"))}))
      .element("alwaysAllowedQueryStrings", {},
               collection("add", "remove", "clear", {key(string("queryString"))}))
      .element("denyUrlSequences", {}, collection("add", "remove", "clear", {key(string("sequence"))}))
      .element("denyQueryStringSequences", {},
               collection("add", "remove", "clear", {key(string("sequence"))}))
      .element(
          "filteringRules", {},
          collection("filteringRule", "remove", "clear",
                     {key(string("name")), boolean("scanUrl", "false"), boolean("scanQueryString", "false"),
                      boolean("scanAllRaw", "false"), boolean("denyUnescapedPercent", "true")}));
}

}  // namespace polc::value::iis
