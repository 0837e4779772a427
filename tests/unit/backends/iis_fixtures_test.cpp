// Real configurations of web servers: each is read or refused with its place, and every effective value is what a second,
// plain computation finds.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/formats/xml.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/iis_schema.hpp"
#include "tests/support/shared.hpp"
#include "tests/unit/backends/iis_oracle.hpp"
#include "tests/unit/backends/memory_target.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

namespace fs = std::filesystem;
using value::Fact;
using value::FactStatus;
using value::ResourceKind;

/// The one file that its authors have damaged, to see what a reader says.
const std::set<std::string> kDamaged{"original2_missing_closing.config"};
constexpr const char* kConfig = "/drive/Windows/System32/inetsrv/config/";
constexpr const char* kFramework = "/drive/Windows/Microsoft.NET/Framework64/v4.0.30319/CONFIG/";
constexpr const char* kSite = "WebSite1";  // the site whose web.config is among the fixtures

std::optional<fs::path> fixtures() {
  auto found = test::shared_fixtures(POLC_SOURCE_DIR);
  if (!found) WARN("skipped: ../shared/fixtures is not there (or name its parent in POLC_SHARED)");
  return found ? std::optional(*found / "iis-config" / "jexusmanager") : std::nullopt;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> configurations(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".config") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_server(const std::string& text) {
  return text.find("<system.applicationHost>") != std::string::npos;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// A system drive with the server's configuration, on which all sites lie, and a web.config for one of them.
struct Drive {
  MemoryTarget target;
  std::string server;

  Drive(std::string text, const std::string& web_config) : server(std::move(text)) {
    // Its sites lie on other drives and behind a variable, which no copy of one drive can show.
    replace_all(server, "%JEXUS_TEST_HOME%", "C:\\home");
    replace_all(server, "\"E:\\", "\"C:\\e\\");
    auto& files = target.disk.files;
    files[std::string(kConfig) + "applicationHost.config"] = server;
    for (const char* name : {"machine.config", "web.config"})
      files[std::string(kFramework) + name] = "<configuration />";
    const auto root = formats::parse_xml(server);
    REQUIRE(root);
    add_folders(*root);
    if (!web_config.empty()) files["/drive/home/website1/web.config"] = web_config;
  }

  value::Evidence collect() {
    auto pieces = target.collect("/drive", {}, "iis");
    REQUIRE(pieces.size() == 1);
    return std::move(pieces.front());
  }

 private:
  void add_folders(const formats::XmlElement& element) {
    const std::string* physical = element.attribute("physicalPath");
    if (element.name == "virtualDirectory" && physical != nullptr) {
      std::string folder = base::lower_case(physical->substr(3));
      std::replace(folder.begin(), folder.end(), '\\', '/');
      target.disk.files["/drive/" + folder + "/index.html"] = "";
    }
    for (const formats::XmlElement& child : element.children) add_folders(child);
  }
};

/// Facts of one server, asked for at paths.
class Facts {
 public:
  explicit Facts(const value::Evidence& evidence)
      : table_(program_, evidence, value::Layer::Effective, 1'795'305'600) {}

  Fact attribute(const std::string& element, std::string_view name, const std::string& at) const {
    return read(ResourceKind::Iis, "value",
                {value::text(element), value::text(std::string(name)), place(at)});
  }
  Fact items(const std::string& element, const std::string& at) const {
    return read(ResourceKind::IisList, "items", {value::text(element), place(at)});
  }
  std::vector<std::string> paths() const {
    std::vector<std::string> all{""};
    const Fact fact = read(ResourceKind::IisPaths, "paths", {});
    const auto* set = fact.value.get<value::SetValue>();
    REQUIRE(set != nullptr);
    CHECK(set->exact());
    for (const value::Value& path : set->low) all.push_back(*path.get<std::string>());
    return all;
  }

 private:
  static value::Value place(const std::string& at) { return at.empty() ? value::Value() : value::text(at); }
  Fact read(ResourceKind kind, std::string_view attribute, std::vector<value::Value> arguments) const {
    const auto id = value::find_attribute(value::resource_info(kind), attribute);
    REQUIRE(id);
    return table_.read({kind, *id, std::move(arguments)});
  }

  ir::Program program_;
  derive::HostFacts table_;
};

/// Keys of the items of a list, in the schema's order.
std::vector<std::string> keys_of(const value::ListValue& list, const value::IisCollection& collection) {
  std::vector<std::string> keys;
  for (const value::Value& item : list.items) {
    const auto& record = **item.get<value::Record>();
    std::string key;
    for (const value::IisAttribute& attribute : collection.attributes) {
      if (!attribute.key) continue;
      const Fact* part = record.find(attribute.name);
      const bool there = part != nullptr && part->status == FactStatus::Present;
      const std::string* text = there ? part->value.get<std::string>() : nullptr;
      key += (key.empty() ? "" : ",") + value::folded(text != nullptr ? *text
                                                      : there         ? value::to_text(part->value)
                                                                      : "");
    }
    keys.push_back(key);
  }
  return keys;
}

/// Compares everything that the schema knows at every path of a server.
struct Comparison {
  int present = 0, absent = 0, unknown = 0, lists = 0;
  std::map<std::string, int> reasons;

  void note_unknown(const Fact& fact) {
    ++unknown;
    ++reasons[fact.unknowns.empty() ? "" : fact.unknowns.front().detail];
  }

  void compare(const value::IisElement& element, const std::string& at, const Facts& facts,
               const test::IisOracle& oracle) {
    for (const value::IisAttribute& attribute : element.attributes) {
      // Newer than the schema files; and a sentence for visitors, which polc does not repeat.
      if (attribute.since_build != 0 || attribute.name == "scriptErrorMessage") continue;
      CAPTURE(element.path, attribute.name, at);
      const Fact fact = facts.attribute(element.path, attribute.name, at);
      const auto expected = oracle.attribute(element.path, std::string(attribute.name), at);
      if (fact.status == FactStatus::Unknown) {
        note_unknown(fact);
      } else if (fact.status == FactStatus::Absent) {
        ++absent;
        CHECK_FALSE(expected);
      } else {
        ++present;
        REQUIRE(expected);
        CHECK(fact.value == value::iis_value(attribute, *expected));
      }
    }
    if (!element.collection) return;
    CAPTURE(element.path, at);
    const Fact fact = facts.items(element.path, at);
    if (fact.status == FactStatus::Unknown) return note_unknown(fact);
    ++lists;
    const auto* list = fact.value.get<value::ListValue>();
    REQUIRE(list != nullptr);
    CHECK(keys_of(*list, *element.collection) == oracle.items(element.path, at));
  }
};

}  // namespace

TEST_CASE("every real configuration file is read as what it is, or refused with its place") {
  const auto root = fixtures();
  if (!root) return;
  std::map<std::string, std::pair<int, int>> counts;
  for (const fs::path& path : configurations(*root)) {
    const std::string name = path.filename().string();
    CAPTURE(name);
    const std::string text = bytes_of(path);
    MemoryTarget t;
    std::string file = "/site/web.config";
    std::vector<value::Evidence> pieces;
    if (is_server(text)) {
      file = "/t/" + name;
      t.disk.files[file] = text;
      pieces = t.collect(file);
      CHECK(t.backend == "iis");
    }
    const bool read = is_server(text) ? !pieces.empty() : formats::parse_xml(text).has_value();
    auto& [good, refused] = counts[is_server(text) ? "applicationHost.config" : "other .config"];
    ++(read ? good : refused);
    CHECK(read != kDamaged.contains(name));
    if (!read) CHECK(t.problems().starts_with(file + ":1133:"));
  }
  std::cout << "fixtures of IIS: kind, read, refused\n";
  for (const auto& [kind, count] : counts)
    std::cout << "  " << kind << ' ' << count.first << ' ' << count.second << '\n';
  CHECK(counts["applicationHost.config"] == std::pair(4, 1));
  CHECK(counts["other .config"] == std::pair(9, 0));
}

TEST_CASE("effective values of real servers are what the schema files and a plain reading say") {
  const auto root = fixtures();
  if (!root) return;
  std::vector<std::string> web_configs{""};
  for (const char* name : {"original.config", "expected.config", "expected1.config", "expected3.config"})
    web_configs.push_back(bytes_of(*root / "Tests" / "Website1" / name));
  Comparison seen;
  std::size_t paths = 0;
  for (const fs::path& path : configurations(*root)) {
    const std::string text = bytes_of(path);
    if (!is_server(text) || kDamaged.contains(path.filename().string())) continue;
    for (std::size_t i = 0; i < web_configs.size(); ++i) {
      INFO(path.filename().string() << " with web.config " << i);
      Drive drive(text, web_configs[i]);
      const value::Evidence evidence = drive.collect();
      CHECK(evidence.iis.files.complete);
      test::IisOracle oracle;
      CHECK(oracle.add_file("", drive.server));
      if (i > 0) CHECK(oracle.add_file(kSite, web_configs[i]));
      for (const char* schema : {"IIS_schema.xml", "ASPNET_schema.xml", "FX_schema.xml", "WebDAV_schema.xml"})
        CHECK(oracle.add_schema((*root / "Tests" / "schema" / schema).string()));
      const Facts facts(evidence);
      for (const std::string& at : facts.paths()) {
        if (i > 0 && !at.starts_with(kSite)) continue;  // nothing has changed there
        ++paths;
        for (const value::IisElement& element : value::iis_schema()) seen.compare(element, at, facts, oracle);
      }
    }
  }
  std::cout << "fixtures of IIS: " << paths << " paths, " << seen.present << " values, " << seen.lists
            << " lists, " << seen.absent << " absent, " << seen.unknown << " unknown\n";
  for (const auto& [reason, count] : seen.reasons)
    std::cout << "  " << count << " unknown: " << reason << '\n';
  CHECK(paths > 50);
}

}  // namespace polc::backends
