#include "tests/unit/derive/iis_server.hpp"

namespace polc::derive::test {

TEST_CASE("an attribute is what the innermost place says, else the schema's default") {
  CHECK(Server("").remove_header() == "false");
  CHECK(Server("").remove_header(kSite) == "false");
  CHECK_FALSE(Server("").attribute(kFilter, "removeServerHeader").note.empty());
  CHECK(Server(header(true)).remove_header() == "true");
  CHECK(Server(header(true)).remove_header("Default Web Site/LabTech") == "true");

  Server undone(header(true));
  undone.web_config(header(false));  // the server level alone proves nothing
  CHECK(undone.remove_header() == "true");
  CHECK(undone.remove_header(kSite) == "false");
  CHECK(undone.remove_header("default web site/labtech") == "false");
  undone.file("C:\\LTApp\\web.config", configuration(header(true)));
  CHECK(undone.remove_header("Default Web Site/LabTech") == "true");
  CHECK(undone.remove_header(kSite) == "false");

  const Fact f = undone.attribute(kFilter, "removeServerHeader", kSite);
  const ir::Program program;
  HostFacts facts(program, undone.evidence, value::Layer::Effective, kNow);
  const Fact again =
      facts.read(address(ResourceKind::Iis, "value",
                         {value::text(kFilter), value::text("removeServerHeader"), value::text(kSite)}));
  CHECK(facts.origin(again.origin).note == "C:\\inetpub\\wwwroot\\web.config:1");
  CHECK(facts.origin(again.origin).file == "host.yaml");
}

TEST_CASE("the place of a fact is the line of its element where the text stands in the file as it is") {
  const auto place = [](std::uint32_t line, std::uint32_t column) {
    Server server("");
    server.evidence.origins[1].line = line;
    server.evidence.origins[1].column = column;
    server.web_config("\n\n" + header(true));
    const ir::Program program;
    HostFacts facts(program, server.evidence, value::Layer::Effective, kNow);
    const Fact f =
        facts.read(address(ResourceKind::Iis, "value",
                           {value::text(kFilter), value::text("removeServerHeader"), value::text(kSite)}));
    const value::Origin origin = facts.origin(f.origin);
    return std::to_string(origin.line) + ' ' + origin.note;
  };
  CHECK(place(1, 0) == "3 C:\\inetpub\\wwwroot\\web.config:3");
  CHECK(place(40, 0) == "42 C:\\inetpub\\wwwroot\\web.config:3");
  CHECK(place(40, 7) == "40 C:\\inetpub\\wwwroot\\web.config:3");
  CHECK(place(0, 0) == "0 C:\\inetpub\\wwwroot\\web.config:3");
}

TEST_CASE("location: at the server, at a site, relative to a web.config, and the level itself") {
  const auto at = [](std::string_view path) { return "path='" + std::string(path) + "'"; };
  CHECK(Server(location(at("Default Web Site"), header(true))).remove_header(kSite) == "true");
  CHECK(Server(location(at("Default Web Site"), header(true))).remove_header() == "false");
  CHECK(Server(location(at("Default Web Site/LabTech"), header(true))).remove_header(kSite) == "false");
  CHECK(Server(location(at("Default Web Site/LabTech"), header(true)))
            .remove_header("Default Web Site/LabTech/x") == "true");
  CHECK(Server(location(at("Default Web Sit"), header(true))).remove_header(kSite) == "false");
  for (const char* own : {"", "."}) {
    CHECK(Server(location(at(own), header(true))).remove_header() == "true");
    CHECK(Server(location(at(own), header(true))).remove_header(kSite) == "true");
  }
  CHECK(Server("").web_config(location(at("LabTech"), header(true))).remove_header(kSite) == "false");
  CHECK(Server("")
            .web_config(location(at("LabTech"), header(true)))
            .remove_header("Default Web Site/LabTech") == "true");
  // The same section inside and outside of <location path="."> is not valid.
  CHECK(Server(header(true) + location(at("."), header(true))).remove_header() == "unknown: corrupt");
  // A location at the server comes before the web.config of that path.
  CHECK(
      Server(location(at("Default Web Site"), header(true))).web_config(header(false)).remove_header(kSite) ==
      "false");
  const std::string stays = at("Default Web Site") + " inheritInChildApplications='false'";
  CHECK(Server(location(stays, header(true))).remove_header(kSite) == "true");
  CHECK(Server(location(stays, header(true))).remove_header("Default Web Site/LabTech") == "false");
}

TEST_CASE("a section that is locked makes a web.config that sets it invalid, not ignored") {
  CHECK(Server(header(true), kDenied).remove_header(kSite) == "true");
  CHECK(Server(header(true), kDenied).web_config("<appSettings/>").remove_header(kSite) == "true");
  Server broken(header(true), kDenied);
  broken.web_config(header(true));  // even with the same value
  CHECK(broken.remove_header(kSite) == "unknown: corrupt");
  CHECK(broken.remove_header("Default Web Site/LabTech") == "unknown: corrupt");
  CHECK(broken.remove_header() == "true");
  CHECK(broken.attribute(kFilter, "removeServerHeader", kSite).unknowns.front().detail.find("500.19") !=
        std::string::npos);

  // applicationHost.config itself may set it for a path, and may unlock it.
  CHECK(Server(location("path='Default Web Site'", header(true)), kDenied).remove_header(kSite) == "true");
  CHECK(Server(location("path='Default Web Site' overrideMode='Allow'", filtering("")), kDenied)
            .web_config(header(true))
            .remove_header(kSite) == "true");
  CHECK(Server(location("path='Default Web Site' overrideMode='Deny'", filtering("")))
            .web_config(header(true))
            .remove_header(kSite) == "unknown: corrupt");
  CHECK(Server(location("path='Default Web Site' allowOverride='false'", filtering("")))
            .web_config(header(true))
            .remove_header(kSite) == "unknown: corrupt");
  CHECK(Server(location("path='Default Web Site' allowOverride='false' overrideMode='Deny'", filtering("")))
            .remove_header(kSite) == "unknown: corrupt");
}

TEST_CASE("locked attributes, elements and items") {
  struct Case {
    std::string server;
    std::string site;
    bool broken;
  };
  const Case cases[] = {
      {filtering("", " lockAttributes='removeServerHeader' removeServerHeader='true'"), header(true), true},
      {filtering("", " lockAttributes='allowDoubleEscaping, removeServerHeader'"), header(true), true},
      {filtering("", " lockAttributes='allowDoubleEscaping'"), header(true), false},
      {filtering("", " lockAttributes='*'"), header(true), true},
      {filtering("", " lockAllAttributesExcept='removeServerHeader'"), header(true), false},
      {filtering("", " lockAllAttributesExcept='allowDoubleEscaping'"), header(true), true},
      {filtering("", " lockElements='verbs'"), filtering("<verbs/>"), true},
      {filtering("", " lockElements='verbs'"), header(true), false},
      {filtering("", " lockAllElementsExcept='verbs'"), filtering("<verbs/>"), false},
      {filtering("", " lockItem='true'"), header(true), true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.server, c.site);
    const std::string found = Server(c.server).web_config(c.site).remove_header(kSite);
    CHECK((found == "unknown: corrupt") == c.broken);
  }
  const std::string locked = filtering(
      "<verbs><add verb='OPTIONS' allowed='false' lockItem='true'/><add verb='PUT' "
      "allowed='false'/></verbs>");
  const auto site = [&](const char* verbs) {
    return Server(locked).web_config(filtering(verbs)).verbs(kSite);
  };
  CHECK(site("<verbs><remove verb='PUT'/></verbs>") == "OPTIONS-");
  CHECK(site("<verbs><remove verb='OPTIONS'/></verbs>") == "unknown: corrupt");
  CHECK(site("<verbs><clear/></verbs>") == "unknown: corrupt");
  const std::string no_removal =
      filtering("<verbs lockElements='remove,clear'><add verb='OPTIONS' allowed='false'/></verbs>");
  CHECK(Server(no_removal).web_config(filtering("<verbs><clear/></verbs>")).verbs(kSite) ==
        "unknown: corrupt");
  CHECK(Server(no_removal)
            .web_config(filtering("<verbs><add verb='PUT' allowed='false'/></verbs>"))
            .verbs(kSite) == "OPTIONS-,PUT-");
}

TEST_CASE("collections add up over the levels") {
  const std::string options = filtering("<verbs><add verb='OPTIONS' allowed='false'/></verbs>");
  CHECK(Server("").verbs() == "");
  CHECK(line(Server("").list(kVerbs)) == "[]");
  CHECK(Server(options).verbs(kSite) == "OPTIONS-");
  const auto site = [&](const char* verbs) {
    return Server(options).web_config(filtering(verbs)).verbs(kSite);
  };
  CHECK(site("<verbs><add verb='TRACE' allowed='false'/></verbs>") == "OPTIONS-,TRACE-");
  CHECK(site("<verbs><remove verb='OPTIONS'/></verbs>") == "");
  CHECK(site("<verbs><clear/><add verb='GET' allowed='true'/></verbs>") == "GET+");
  CHECK(site("<verbs><remove verb='OPTIONS'/><add verb='OPTIONS' allowed='true'/></verbs>") == "OPTIONS+");
  CHECK(site("<verbs><add verb='OPTIONS' allowed='true'/></verbs>") ==
        "unknown: corrupt");  // a duplicate key
  CHECK(Server(options).web_config(filtering("<verbs><clear/></verbs>")).verbs() == "OPTIONS-");
  CHECK(line(Server(filtering("<verbs allowUnlisted='false'/>")).attribute(kVerbs, "allowUnlisted", kSite)) ==
        "false");
  CHECK(line(Server("").attribute(kVerbs, "allowUnlisted", kSite)) == "true");
}

TEST_CASE("effective paths: sites, applications, directories, folders and locations") {
  Server server(location("path='Default Web Site/admin'", header(true)) +
                location("path='Other/x'", header(true)));
  CHECK(server.paths() ==
        "{\"Default Web Site\", \"Default Web Site/LabTech\", \"Default Web Site/admin\", "
        "\"Default Web Site/images\"}");
  server.file("C:\\inetpub\\wwwroot\\aspnet_client\\web.config", configuration(""));
  server.file("C:\\LTApp\\Deep\\er\\web.config", configuration(location("path='leaf'", header(true))));
  server.file("D:\\images\\sub\\web.config", configuration(""));                // allowSubDirConfig is off
  server.file("C:\\inetpub\\wwwroot\\LabTech\\web.config", configuration(""));  // behind the application
  server.file("C:\\elsewhere\\web.config", configuration(""));
  const std::string paths = server.paths();
  CHECK(paths.find("Default Web Site/aspnet_client\"") != std::string::npos);
  CHECK(paths.find("Default Web Site/LabTech/Deep/er\"") != std::string::npos);
  CHECK(paths.find("Default Web Site/LabTech/Deep/er/leaf\"") != std::string::npos);
  CHECK(paths.find("sub") == std::string::npos);
  CHECK(paths.find("elsewhere") == std::string::npos);
  CHECK(server.remove_header("Default Web Site/LabTech/Deep/er/leaf") == "true");
  CHECK(server.remove_header("Default Web Site/LabTech/Deep/er") == "false");
  server.absent_file("redirection.config");
  server.evidence.iis.files.complete = false;
  const Fact open = fact(server.evidence, address(ResourceKind::IisPaths, "paths"));
  CHECK_FALSE(open.value.get<value::SetValue>()->exact());
  CHECK_FALSE(open.unknowns.empty());
}

TEST_CASE("without a word on redirection.config nothing is known of the server") {
  Server server(header(true));
  CHECK(server.remove_header() == "true");
  server.evidence.iis.files.complete = false;
  CHECK(server.remove_header() == "unknown: not collected");
}

TEST_CASE("what was not read makes every path below it unknown") {
  Server server(header(true));
  server.absent_file("redirection.config");
  server.evidence.iis.files.complete = false;
  CHECK(server.remove_header() == "true");
  CHECK(server.remove_header(kSite) == "unknown: not collected");
  server.evidence.iis.files.rows.push_back(
      {"C:\\inetpub\\wwwroot\\web.config", Reading<std::string>::absent(), 0});
  CHECK(server.remove_header(kSite) == "true");
  server.evidence.iis.files.rows.back().xml =
      Reading<std::string>::unreadable({UnknownReason::AccessDenied, {}, {}});
  CHECK(server.remove_header(kSite) == "unknown: access denied");
  server.evidence.iis.files.rows.back().xml =
      Reading<std::string>::of("<configuration><oops></configuration>");
  CHECK(server.remove_header(kSite) == "unknown: corrupt");
  CHECK(server.remove_header("Default Web Site/images") == "unknown: corrupt");

  Server no_variable(header(true));
  no_variable.evidence.host.variables.clear();
  CHECK(no_variable.remove_header(kSite) == "unknown: unresolved name");
  CHECK(Server(header(true)).remove_header("No Such Site") == "absent object");
}

TEST_CASE("no IIS, an unread server file, and shared configuration") {
  Server server(header(true));
  server.evidence.iis.files.object_missing = true;
  CHECK(server.remove_header() == "absent object");
  CHECK(server.paths() == "absent object");
  CHECK(server.verbs() == "absent object");
  CHECK(line(fact(Evidence{}, address(ResourceKind::IisPaths, "paths"))) == "unknown: not collected");
  CHECK(line(fact(Server("").evidence, address(ResourceKind::Iis, "value", {Value(), Value(), Value()}))) ==
        "true");

  Server fragment(header(true));
  fragment.evidence.iis.files.rows[0].xml.value = configuration(header(true));
  CHECK(fragment.paths() == "unknown: not collected");  // never an empty set that everything holds for
  CHECK(fragment.remove_header() == "true");

  Server shared(header(true));
  shared.file("redirection.config",
              configuration("<configurationRedirection enabled='true' path='E:\\shared'/>"));
  CHECK(shared.remove_header() == "unknown: unsupported");
  shared.file("E:\\shared\\applicationHost.config", configuration(header(false)));
  CHECK(shared.remove_header() == "false");
  Server unused(header(true));
  unused.file("redirection.config",
              configuration("<configurationRedirection enabled='false' path='E:\\shared'/>"));
  CHECK(unused.remove_header() == "true");
}

TEST_CASE("parts that cannot be judged: other files, encryption, newer attributes, refused values") {
  CHECK(Server("<system.webServer><security><requestFiltering "
               "configSource='\\\\srv\\x.config'/></security></system.webServer>")
            .remove_header() == "unknown: unsupported");
  CHECK(Server("<system.webServer><security><requestFiltering "
               "configProtectionProvider='RSA'/></security></system.webServer>")
            .remove_header() == "unknown: unsupported");
  CHECK(
      line(Server("<system.webServer><security><authentication><anonymousAuthentication userName='[enc:x]'/>"
                  "</authentication></security></system.webServer>")
               .attribute("system.webServer/security/authentication/anonymousAuthentication", "userName")) ==
      "unknown: unsupported");
  CHECK(Server(filtering("", " removeServerHeader='perhaps'")).remove_header() == "unknown: corrupt");

  Server old(header(true));
  old.evidence.host.build = Reading<std::uint32_t>::of(14393);
  CHECK(old.remove_header() == "unknown: corrupt");
  Server older("");
  older.evidence.host.build = Reading<std::uint32_t>::of(14393);
  CHECK(older.remove_header() == "absent value");
  CHECK(older.attribute(kFilter, "removeServerHeader").note ==
        "removeServerHeader came with build 16299, the host has 14393");
}

TEST_CASE("what IIS would not know is no reason to believe a default") {
  const std::string on = " removeServerHeader='true'";
  struct Case {
    std::string inside;
    const char* expected;
  };
  const Case cases[] = {
      {filtering("", " removeServerHeadre='true'"), "unknown: corrupt"},
      {filtering("", " RemoveServerHeader='true'"), "unknown: corrupt"},
      {filtering("<verbz/>", on), "unknown: corrupt"},
      {filtering("<verbs><add verb='GET' allowed='true'/></verbs>", on), "true"},
      {filtering("", on + " lockAttributes='allowDoubleEscaping'"), "true"},
      {filtering("", on + " xmlns:x='urn:x'"), "true"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.inside);
    CHECK(Server(c.inside).remove_header() == c.expected);
    CHECK(Server(c.inside).remove_header(kSite) == c.expected);
  }
  const std::string odd_item = filtering("<verbs><add verb='GET' alowed='true'/></verbs>");
  CHECK(Server(odd_item).verbs() == "unknown: corrupt");
  const Fact f = Server(filtering("", " removeServerHeadre='true'")).attribute(kFilter, "removeServerHeader");
  CHECK(f.unknowns.front().detail ==
        "applicationHost.config:1 has an unknown attribute removeServerHeadre: IIS answers 500.19");
}

TEST_CASE("a section that nobody declared breaks its file, where the server declares what there is") {
  const char* misspelt = "<system.webServer><security><requestFilterinh/></security></system.webServer>";
  CHECK(Server(misspelt).remove_header() == "false");
  CHECK(Server(misspelt, kDenied).remove_header() == "unknown: corrupt");
  CHECK(Server(header(true), kDenied).remove_header() == "true");
  const char* own =
      "<configSections><sectionGroup name='system.webServer'><section name='vendor'/></sectionGroup>"
      "</configSections><system.webServer><vendor/></system.webServer>";
  Server declared(header(true), kDenied);
  CHECK(declared.web_config(own).remove_header(kSite) == "true");
  Server undeclared(header(true), kDenied);
  undeclared.web_config("<system.webServer><vendor/></system.webServer>");
  CHECK(undeclared.remove_header(kSite) == "unknown: corrupt");
  CHECK(undeclared.remove_header() == "true");
}

}  // namespace polc::derive::test
