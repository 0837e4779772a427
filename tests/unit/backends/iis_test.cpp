// Configuration files of a web server as targets.
#include "runtime/backends/iis/configuration_files.hpp"
#include "runtime/base/limits.hpp"
#include "tests/unit/backends/memory_target.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

std::string server(const std::string& sites, const std::string& sections = "") {
  return "<configuration>\n<system.applicationHost><sites>" + sites + "</sites></system.applicationHost>\n" +
         sections + "</configuration>\n";
}

std::string site(const std::string& physical) {
  return "<site name=\"S\"><application path=\"/\"><virtualDirectory path=\"/\" physicalPath=\"" + physical +
         "\" /></application></site>";
}

/// "applicationHost.config present, redirection.config absent; closed"
std::string files_of(const value::Evidence& evidence) {
  std::string out;
  for (const auto& row : evidence.iis.files.rows) {
    const char* state = row.xml.present()                             ? " present"
                        : row.xml.status == value::FactStatus::Absent ? " absent"
                                                                      : " unknown";
    out += (out.empty() ? "" : ", ") + row.path + state;
  }
  return out + (evidence.iis.files.complete ? "; closed" : "; open");
}

/// A disk whose only site has one entry of some kind in its folder.
class OneEntryDisk : public IisDisk {
 public:
  explicit OneEntryDisk(os::FileKind kind) : kind_(kind) {}

  std::optional<std::string> path_of(const std::string& path) const override { return path; }
  std::string windows_path_of(const std::string& path) const override { return path; }
  bool is_whole() const override { return false; }
  os::ReadResult read(const std::string& path, std::size_t) const override {
    if (!path.ends_with(kIisServerFile)) return {os::ReadStatus::NotFound, {}, {}};
    return {os::ReadStatus::Ok, server(site("C:\\a")), {}};
  }
  IisFolder list(const std::string&) const override {
    return {os::ReadStatus::Ok, {{"C:\\a\\entry", kind_, os::ReadStatus::Ok}}, {}};
  }
  value::Origin origin(const std::string& path) const override { return {"test", path, 1, 1, {}}; }

 private:
  os::FileKind kind_;
};

}  // namespace

TEST_CASE("an applicationHost.config is told by what is in it, and brings what lies beside it") {
  MemoryTarget t;
  t.disk.files["/repo/web/applicationHost.config"] =
      server("", "<system.webServer><directoryBrowse configSource=\"browse.config\" /></system.webServer>");
  t.disk.files["/repo/web/browse.config"] = "<directoryBrowse enabled=\"true\" />";
  t.disk.files["/repo/web/unrelated.config"] = "<x/>";
  const auto pieces = t.collect("/repo/web/applicationHost.config");
  REQUIRE(pieces.size() == 1);
  CHECK(t.backend == "iis");
  CHECK(files_of(pieces[0]) ==
        "applicationHost.config present, redirection.config absent, browse.config present; open");
  CHECK(pieces[0].layer == value::Layer::Effective);
}

TEST_CASE("nothing outside of the folder is read for a configSource") {
  MemoryTarget t;
  t.disk.files["/repo/secret.config"] = "<httpErrors />";
  t.disk.files["/repo/web/applicationHost.config"] =
      server("",
             "<system.webServer><httpErrors configSource=\"..\\secret.config\" />"
             "<directoryBrowse configSource=\"\\\\server\\share\\x.config\" />"
             "<urlCompression configSource=\"C:\\x.config\" /></system.webServer>");
  t.disk.log.clear();
  const auto pieces = t.collect("/repo/web/applicationHost.config");
  REQUIRE(pieces.size() == 1);
  CHECK(files_of(pieces[0]) == "applicationHost.config present, redirection.config absent; open");
  for (const std::string& access : t.disk.log) {
    CAPTURE(access);
    CHECK((access.starts_with("read /repo/web") || access.starts_with("list /repo/web")));
  }
}

TEST_CASE("a system drive brings every web.config below its sites and is closed") {
  MemoryTarget t;
  const std::string config = "/drive/Windows/System32/inetsrv/config/";
  t.disk.files[config + "applicationHost.config"] = server(site("%SystemDrive%\\inetpub\\wwwroot"));
  t.disk.files[config + "redirection.config"] = "<configuration />";
  t.disk.files["/drive/inetpub/wwwroot/Web.Config"] =
      "<configuration><system.webServer><httpErrors configSource=\"sub\\e.config\" "
      "/></system.webServer></configuration>";
  t.disk.files["/drive/inetpub/wwwroot/sub/e.config"] = "<httpErrors />";
  t.disk.files["/drive/inetpub/wwwroot/admin/web.config"] = "<configuration />";
  t.disk.files["/drive/inetpub/elsewhere/web.config"] = "<configuration />";
  const auto pieces = t.collect("/drive");
  REQUIRE(pieces.size() == 1);
  CHECK(t.backend == "iis");
  CHECK(files_of(pieces[0]) ==
        "applicationHost.config present, redirection.config present, machine.config unknown, web.config "
        "unknown, "
        "C:\\inetpub\\wwwroot\\Web.Config present, C:\\inetpub\\wwwroot\\sub\\e.config present, "
        "C:\\inetpub\\wwwroot\\admin\\web.config present; closed");
}

TEST_CASE("a web.config that is there and cannot be read is brought as such") {
  MemoryTarget t;
  t.disk.files["/drive/Windows/System32/inetsrv/config/applicationHost.config"] = server(site("C:\\a"));
  t.disk.files["/drive/a/sub/web.config"] = std::string(limits::kXmlBytes + 1, ' ');
  const auto pieces = t.collect("/drive");
  REQUIRE(pieces.size() == 1);
  const auto& row = pieces[0].iis.files.rows.back();
  CHECK(row.path == "C:\\a\\sub\\web.config");
  CHECK(row.xml.status == value::FactStatus::Unknown);
}

TEST_CASE("a link that leads nowhere may be a folder with a web.config") {
  for (const os::FileKind kind : {os::FileKind::File, os::FileKind::Other, os::FileKind::Missing}) {
    value::Evidence evidence;
    const OneEntryDisk disk(kind);
    IisConfigurationFiles files(disk, evidence);
    files.add_server("config", kIisServerFile);
    files.add_directories();
    CHECK(evidence.iis.files.complete == (kind != os::FileKind::Missing));
  }
}

TEST_CASE("the folder of virtualDirectoryDefaults is searched, too") {
  MemoryTarget t;
  t.disk.files["/drive/Windows/System32/inetsrv/config/applicationHost.config"] = server(
      "<site name=\"S\"><application path=\"/\"><virtualDirectory path=\"/\" />"
      "<virtualDirectoryDefaults physicalPath=\"C:\\a\" /></application></site>");
  t.disk.files["/drive/a/sub/web.config"] = "<configuration />";
  const auto pieces = t.collect("/drive");
  REQUIRE(pieces.size() == 1);
  CHECK(files_of(pieces[0]).ends_with(", C:\\a\\sub\\web.config present; closed"));
}

TEST_CASE("the origin of all files names them, the first few and how many more") {
  MemoryTarget t;
  t.disk.files["/drive/Windows/System32/inetsrv/config/applicationHost.config"] = server(site("C:\\a"));
  const auto origin = [&] {
    const auto pieces = t.collect("/drive");
    REQUIRE(pieces.size() == 1);
    return pieces[0].origins[pieces[0].iis.files.origin];
  };
  for (int i = 1; i <= 8; ++i)
    t.disk.files["/drive/a/" + std::to_string(i) + "/web.config"] = "<configuration />";
  CHECK(origin().file == "/drive/Windows/System32/inetsrv/config/applicationHost.config");
  CHECK(origin().line == 0);
  CHECK(origin().note.starts_with("with C:\\a\\1\\web.config, C:\\a\\2\\web.config, "));
  CHECK(origin().note.ends_with(", C:\\a\\8\\web.config"));
  t.disk.files["/drive/a/9/web.config"] = "<configuration />";
  CHECK(origin().note.ends_with(", C:\\a\\8\\web.config and 1 more"));
}

TEST_CASE("a site on another drive, a share or behind a variable leaves a system drive open") {
  for (const char* physical : {"D:\\site", "\\\\server\\site", "%SITES%\\a"}) {
    CAPTURE(physical);
    MemoryTarget t;
    t.disk.files["/drive/Windows/System32/inetsrv/config/applicationHost.config"] = server(site(physical));
    const auto pieces = t.collect("/drive");
    REQUIRE(pieces.size() == 1);
    CHECK_FALSE(pieces[0].iis.files.complete);
  }
}

TEST_CASE("what a copy of a system drive lacks was not copied: it is not absent") {
  MemoryTarget t;
  const std::string config = "/drive/Windows/System32/inetsrv/config/applicationHost.config";
  t.disk.files[config] = server(site("C:\\inetpub\\wwwroot"));
  const auto without_site = t.collect("/drive");
  REQUIRE(without_site.size() == 1);
  CHECK_FALSE(without_site[0].iis.files.complete);
  CHECK(without_site[0].iis.files.unreadable->reason == value::UnknownReason::NotCollected);

  t.disk.files["/drive/inetpub/wwwroot/index.html"] = "";
  t.disk.files["/drive/Windows/Microsoft.NET/Framework64/v4.0.30319/CONFIG/machine.config"] =
      "<configuration />";
  const auto with_site = t.collect("/drive");
  REQUIRE(with_site.size() == 1);
  CHECK(files_of(with_site[0]) ==
        "applicationHost.config present, redirection.config absent, machine.config present, web.config "
        "absent; closed");
}

TEST_CASE("an applicationHost.config that is not XML is refused with its place") {
  MemoryTarget t;
  t.disk.files["/web/applicationHost.config"] =
      "<configuration>\n<system.applicationHost>\n</configuration>\n";
  CHECK(t.collect("/web/applicationHost.config").empty());
  CHECK(t.problems() ==
        "/web/applicationHost.config:3:3 POL3690 this is not the XML that it should be: Start-end tags "
        "mismatch");
}

TEST_CASE("a web.config that is not XML is kept, and says so where it is asked for") {
  MemoryTarget t;
  t.disk.files["/drive/Windows/System32/inetsrv/config/applicationHost.config"] = server(site("C:\\a"));
  t.disk.files["/drive/a/web.config"] = "<configuration>";
  const auto pieces = t.collect("/drive");
  REQUIRE(pieces.size() == 1);
  CHECK(t.problems() == "");
  CHECK(pieces[0].iis.files.rows.back().xml.value == "<configuration>");
}

TEST_CASE("a plan without IIS reads none of it") {
  MemoryTarget t;
  t.disk.files["/web/applicationHost.config"] = server("");
  PlanSlice slice;
  slice.add(value::EvidenceSection::Host);
  const auto pieces = t.collect("/web/applicationHost.config", {.slice = &slice});
  REQUIRE(pieces.size() == 1);
  CHECK(pieces[0].iis.files.rows.empty());
}
