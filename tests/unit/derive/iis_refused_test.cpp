// What could not be read of a web server, and what IIS would refuse, is unknown and never passed over.
#include "tests/unit/derive/iis_server.hpp"

namespace polc::derive::test {

TEST_CASE("a folder whose web.config could not be read is a path of which nothing is known") {
  const std::string path = "C:\\inetpub\\wwwroot\\Sub\\web.config";
  const Reading<std::string> unread[] = {
      Reading<std::string>::unreadable({UnknownReason::AccessDenied, {}, {}}),
      Reading<std::string>::unreadable({UnknownReason::Unsupported, {}, "too large"}),
      Reading<std::string>::of("not xml"),
  };
  for (const auto& xml : unread) {
    Server server(header(true));
    server.evidence.iis.files.rows.push_back({path, xml, 1});
    CHECK(server.paths().find("\"Default Web Site/Sub\"") != std::string::npos);
    CHECK(server.remove_header("Default Web Site/Sub").starts_with("unknown: "));
    CHECK(server.remove_header(kSite) == "true");
  }
  Server without(header(true));
  CHECK(without.absent_file(path).paths().find("Sub") == std::string::npos);
  // One file under two spellings: whatever the first one says.
  without.file("%SystemDrive%\\inetpub\\wwwroot\\Sub\\web.config", configuration(header(false)));
  CHECK(without.paths().find("\"Default Web Site/Sub\"") != std::string::npos);
  CHECK(without.remove_header("Default Web Site/Sub") == "unknown: conflict");
}

TEST_CASE("redirection.config with something that IIS does not know is not believed") {
  const auto at_server = [](std::string_view redirection) {
    Server server(header(true));
    server.file("redirection.config", configuration(redirection));
    return server.remove_header();
  };
  const std::string shared = " enabled='true' path='E:\\shared'/>";
  CHECK(at_server("<configurationRedirectioo" + shared) == "unknown: corrupt");
  CHECK(at_server("<configurationredirection" + shared) == "unknown: corrupt");
  CHECK(at_server("<configurationRedirection enabldd='true' path='E:\\shared'/>") == "unknown: corrupt");
  CHECK(at_server("<configurationRedirection configSource='x.config'/>") == "unknown: corrupt");
  CHECK(at_server("<configurationRedirection/><configurationRedirection" + shared) == "unknown: corrupt");
  CHECK(at_server("<configurationRedirection><x/></configurationRedirection>") == "unknown: corrupt");
  CHECK(at_server("=configurationRedirection enabled='true'/>") == "unknown: corrupt");
  CHECK(at_server("<configurationRedirection" + shared) == "unknown: unsupported");
  CHECK(at_server("") == "true");
  CHECK(at_server("<configSections><section name='configurationRedirection'/></configSections>"
                  "<configProtectedData><providers><add name='x'/></providers></configProtectedData>"
                  "<configurationRedirection enabled='False' path='' userName='' password=''/>") == "true");
}

TEST_CASE("sites that are not in sight are no empty list of sites") {
  struct Case {
    const char* sites;
    const char* expected;
  };
  const std::string site =
      "<site name='S'><application path='/'><virtualDirectory path='/' physicalPath='C:\\s'/></application>"
      "</site>";
  const Case cases[] = {
      {"<sites configSource='sites.config'/>", "unknown: unsupported"},
      {"<sites configProtectionProvider='RSA'><EncryptedData>x</EncryptedData></sites>",
       "unknown: unsupported"},
      {"<sites childSource='x.config'/>", "unknown: unsupported"},
      {"<sites odd='1'/>", "unknown: corrupt"},
      {"<sites><Site name='S'/></sites>", "unknown: corrupt"},
      {"<Sites><site name='S'/></Sites>", "unknown: corrupt"},
      {"<sites><site nbme='S'/></sites>", "unknown: corrupt"},
      {"<sites><site name='S'><Application path='/'/></site></sites>", "unknown: corrupt"},
      {"<sites><site name='S'><application qath='/'/></site></sites>", "unknown: corrupt"},
      {"<sites><site name='S'><application path='/'><virtualDirectorx "
       "path='/'/></application></site></sites>",
       "unknown: corrupt"},
      {"<sites><site name='S'><application path='/'><virtualDirectory "
       "qath='/'/></application></site></sites>",
       "unknown: corrupt"},
      {"<sites><site name='S'><application path='/'><virtualDirectory path='/' physicalPbth='C:\\s'/>"
       "</application></site></sites>",
       "unknown: corrupt"},
      {"<sites><site name='S'><application path='/'><virtualDirectory path='/' allowSubDirConfig='falsf'/>"
       "</application></site></sites>",
       "unknown: corrupt"},
      {"<sites><site name='S'><application path='/'><virtualDirectory path='/v'/><virtualDirectory "
       "path='/V/'/>"
       "</application></site></sites>",
       "unknown: corrupt"},
      {"<sites><site name='S'><vendor/></site></sites>", "{\"S\"}"},
      {"<sites/>", "{}"},
  };
  const auto with = [](const std::string& sites) {
    Server server("");
    server.evidence.iis.files.rows[0].xml.value = configuration(sites);
    return server;
  };
  const auto host = [](std::string_view sites) {
    return "<system.applicationHost>" + std::string(sites) + "</system.applicationHost>";
  };
  for (const Case& c : cases) {
    CAPTURE(c.sites);
    CHECK(with(host(c.sites)).paths() == c.expected);
    if (c.expected[0] == 'u') CHECK(with(host(c.sites)).remove_header("S") == c.expected);
  }
  CHECK(with(location("path='.'", host("<sites>" + site + "</sites>"))).paths() == "unknown: unsupported");
  CHECK(with(host("<sites/>") + location("path='.'", host("<sites>" + site + "</sites>"))).paths() ==
        "unknown: unsupported");
}

TEST_CASE("virtual directories take what they lack from the nearest defaults") {
  const auto with = [](std::string_view of_sites, std::string_view of_site, std::string_view of_application,
                       std::string_view own) {
    Server server("");
    const auto defaults = [](std::string_view attributes) {
      return attributes.empty() ? std::string()
                                : "<virtualDirectoryDefaults " + std::string(attributes) + "/>";
    };
    server.evidence.iis.files.rows[0].xml.value = configuration(
        "<system.applicationHost><sites><site name='S'><application path='/'><virtualDirectory path='/' " +
        std::string(own) + "/>" + defaults(of_application) + "</application>" + defaults(of_site) +
        "</site>" + defaults(of_sites) + "</sites></system.applicationHost>");
    server.file("C:\\a\\sub\\web.config", configuration(header(true)));
    return server;
  };
  const char* closed = "allowSubDirConfig='false'";
  const char* open = "allowSubDirConfig='true'";
  const char* folder = "physicalPath='C:\\a'";
  CHECK(with("", "", "", folder).paths() == "{\"S\", \"S/sub\"}");
  CHECK(with("", "", "", folder).remove_header("S/sub") == "true");
  for (const Server& server :
       {with(closed, "", "", folder), with("", closed, "", folder), with("", "", closed, folder),
        with(open, open, closed, folder), with(open, closed, "", folder)}) {
    CHECK(server.paths() == "{\"S\"}");
    CHECK(server.remove_header("S/sub") == "false");
  }
  CHECK(with(closed, open, "", folder).remove_header("S/sub") == "true");
  CHECK(with(closed, closed, open, folder).remove_header("S/sub") == "true");
  for (const Server& server : {with(folder, "", "", ""), with("", folder, "", ""), with("", "", folder, "")})
    CHECK(server.paths() == "{\"S\", \"S/sub\"}");
  CHECK(with("", "", "", "").remove_header("S") == "unknown: unresolved name");
}

TEST_CASE("a file that IIS refuses for its form is not believed") {
  const std::string on = header(true);
  struct Case {
    std::string inside;
    const char* detail;  ///< behind the file's name; "" where IIS takes it
  };
  const Case cases[] = {
      {"junk" + on, ":1 has text between its elements"},
      {"<system.webServer>junk</system.webServer>" + on, ":1 has text between its elements"},
      {filtering("\n<verbs>junk</verbs>") + on, ":2 has text between its elements"},
      {"<system.webServer><vendor>junk</vendor></system.webServer>" + on, ":1 has text between its elements"},
      {"<![CDATA[ x ]]>" + on, ":1 has text between its elements"},
      {"<system.webserver/>" + on, ":1 has <system.webserver>, which is spelt in another letter case"},
      {"<system.webServer><Security/></system.webServer>" + on,
       ":1 has <Security>, which is spelt in another letter case"},
      {"<system.WEB/>" + on, ":1 has <system.WEB>, which is spelt in another letter case"},
      {"<Location path='x'/>" + on, ":1 has <Location>, which is spelt in another letter case"},
      {location("path='LabTech'", location("path='x'", "")) + on, ":1 has a location in a location"},
      {location("qath='LabTech'", "") + on, ":1 has an unknown attribute qath"},
      {location("path='LabTech' overrideMode='Alluw'", "") + on, ":1 has an unknown value of overrideMode"},
      {location("path='LabTech' allowOverride='falsf'", "") + on, ":1 has an unknown value of allowOverride"},
      {location("path='LabTech' inheritInChildApplications='falsf'", "") + on,
       ":1 has an unknown value of inheritInChildApplications"},
      {filtering("", " lockItem='trud'"), ":1 has an unknown value of lockItem"},
      {"<configSections><section name='x' overrideModeDefault='Denx'/></configSections>" + on,
       ":1 has an unknown value of overrideModeDefault"},
      {"<configSections><section name='x' overrideModeDefaulu='Deny'/></configSections>" + on,
       ":1 has an unknown attribute overrideModeDefaulu"},
      {"<configSections><sectionGroup name='x'><sectiom name='y'/></sectionGroup></configSections>" + on,
       ":1 has an unknown element <sectiom>"},
      {"<configSections>junk</configSections>" + on, ":1 has text between its elements"},
      {location("path='LabTech' overrideMode='deny' inheritInChildApplications='FALSE' xmlns='x'", "") + on,
       ""},
      {"<appSettings><x>text</x></appSettings>" + on, ""},
      {"<system.webServer><security><access configProtectionProvider='x'><EncryptedData>x</EncryptedData>"
       "</access></security></system.webServer>" +
           on,
       ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.inside);
    const std::string detail(c.detail);
    for (const char* at : {static_cast<const char*>(nullptr), kSite}) {
      Server server(at == nullptr ? c.inside : "");
      if (at != nullptr) server.web_config(c.inside);
      const Fact f = server.attribute(kFilter, "removeServerHeader", at);
      CHECK(line(f) == (detail.empty() ? "true" : "unknown: corrupt"));
      if (detail.empty()) continue;
      const std::string file = at == nullptr ? "applicationHost.config" : "C:\\inetpub\\wwwroot\\web.config";
      CHECK(f.unknowns.front().detail == file + detail + ": IIS answers 500.19");
    }
  }
}

TEST_CASE("what stands inside of a collection is known by its exact name, or its default is not believed") {
  const auto pools = [](std::string_view inside) {
    Server server("");
    server.evidence.iis.files.rows[0].xml.value =
        configuration("<system.applicationHost><applicationPools>" + std::string(inside) +
                      "</applicationPools></system.applicationHost>");
    const Fact f = server.list("system.applicationHost/applicationPools");
    const auto* items = f.value.get<value::ListValue>();
    return f.status == FactStatus::Present ? std::to_string(items->items.size()) : line(f);
  };
  CHECK(pools("<add name='A'><processModel identityType='LocalSystem'/></add>") == "1");
  CHECK(pools("<add name='A'><recycling><periodicRestart time='1'/></recycling><vendor/></add>") == "1");
  CHECK(pools("<add name='A'><processModel identityTypf='LocalSystem'/></add>") == "unknown: corrupt");
  CHECK(pools("<add name='A'><ProcessModel identityType='LocalSystem'/></add>") == "unknown: corrupt");
  CHECK(pools("<add name='A'><recycling><periodicRestart timf='1'/></recycling></add>") ==
        "unknown: corrupt");
  CHECK(pools("<Add name='A'/>") == "unknown: corrupt");
  CHECK(pools("<add name='A' autostart='false'/>") == "unknown: corrupt");
  CHECK(pools("<applicationPoolDefaults><processModel identityTypf='LocalSystem'/></applicationPoolDefaults>"
              "<add name='A'/>") == "unknown: corrupt");
  CHECK(pools("<applicationpooldefaults/><add name='A'/>") == "unknown: corrupt");
}

TEST_CASE("a lock with a name that the element does not have is no lock and refused") {
  const auto locked = [](const std::string& lock) {
    return Server(filtering("<verbs/>", ' ' + lock + " removeServerHeader='true'")).remove_header();
  };
  for (const char* lock : {"lockAttributes='removeServerHeader, allowDoubleEscaping'", "lockAttributes='*'",
                           "lockAllAttributesExcept=''", "lockElements='verbs,hiddenSegments'",
                           "lockAllElementsExcept='verbs'"}) {
    CAPTURE(lock);
    CHECK(locked(lock) == "true");
  }
  for (const char* lock :
       {"lockAttributes='removeServerHeadeq'", "lockAllAttributesExcept='x'", "lockElements='verbt'",
        "lockElements='Verbs'", "lockAllElementsExcept='verbs,x'"}) {
    CAPTURE(lock);
    CHECK(locked(lock) == "unknown: corrupt");
  }
  CHECK(Server(filtering("<verbs lockElements='remove,clear'/>")).verbs() == "");
  CHECK(Server(filtering("<verbs lockElements='remove,cleas'/>")).verbs() == "unknown: corrupt");
}

}  // namespace polc::derive::test
