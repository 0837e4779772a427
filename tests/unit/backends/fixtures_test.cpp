// Real policy files and exports: each is read or refused with its place, and what was read is what Windows' own report
// of the same object says.
#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "runtime/backends/auditpol/audit_table.hpp"
#include "runtime/backends/auditpol/auditpol.hpp"
#include "runtime/backends/gpo/gpo.hpp"
#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/secedit/secedit.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/derive/registry.hpp"
#include "runtime/formats/csv.hpp"
#include "runtime/formats/inf.hpp"
#include "runtime/formats/reg_file.hpp"
#include "runtime/formats/registry_pol.hpp"
#include "runtime/formats/windows_text.hpp"
#include "runtime/formats/xml.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/shared.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

namespace fs = std::filesystem;
using formats::ParseError;
using formats::XmlElement;
using value::FactStatus;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Why a file was refused; nullopt when it was read.
using Refusal = std::optional<ParseError>;

template <class T>
Refusal refusal_of(const formats::Parsed<T>& parsed) {
  return parsed ? Refusal() : Refusal(parsed.error());
}

template <class Parse>
Refusal read_text(const std::string& bytes, Parse parse) {
  const auto decoded = formats::decode_windows_text(bytes);
  return decoded ? refusal_of(parse(decoded->text)) : Refusal(decoded.error());
}

/// How a file of this name is read; empty for files that are none of ours.
std::function<Refusal(const std::string&)> reader_of(const fs::path& path) {
  const std::string name = base::lower_case(path.filename().string());
  const std::string extension = base::lower_case(path.extension().string());
  if (extension == ".pol")
    return [](const std::string& b) { return refusal_of(formats::parse_registry_pol(b)); };
  if (extension == ".inf" || name == "secedit-export") {
    return [](const std::string& b) { return read_text(b, formats::parse_inf); };
  }
  if (name == "audit.csv" || name == "auditpol") {
    return [](const std::string& b) { return read_text(b, formats::parse_csv); };
  }
  if (extension == ".reg") return [](const std::string& b) { return read_text(b, formats::parse_reg_file); };
  const bool preferences = path.string().find("Preferences") != std::string::npos;
  if (name == "registry.xml" || name == "groups.xml" || (preferences && extension == ".xml")) {
    return [](const std::string& b) { return read_text(b, formats::parse_xml); };
  }
  return {};
}

std::string kind_of(const fs::path& path) {
  const std::string extension = base::lower_case(path.extension().string());
  return extension.empty() ? base::lower_case(path.filename().string()) : extension;
}

/// Files that are known to be damaged: none of those of today.
const std::set<std::string> kDamaged;

std::vector<fs::path> files_below(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<fs::path> fixtures() {
  auto found = test::shared_fixtures(POLC_SOURCE_DIR);
  if (!found) WARN("skipped: ../shared/fixtures is not there (or name its parent in POLC_SHARED)");
  return found;
}

/// A folder of the disk as a target.
struct DiskFolder {
  explicit DiskFolder(const fs::path& path)
      : files(*disk, sources, path.string(), path.filename().string()) {}

  std::vector<value::Evidence> objects() {
    const Target target{.name = "t", .kind = os::FileKind::Folder, .files = &files};
    auto all = gpo_backend().collect(target, {}, sink);
    return all ? std::move(*all) : std::vector<value::Evidence>();
  }

  std::unique_ptr<os::FileSystem> disk = os::real_file_system();
  base::SourceManager sources;
  TargetFiles files;
  base::DiagnosticSink sink;
};

// --- gpreport.xml: names have a prefix of their own in each file

std::string local_name(const std::string& name) {
  return name.substr(name.rfind(':') + 1);
}

void for_each_element(const XmlElement& element, std::string_view name,
                      const std::function<void(const XmlElement&)>& use) {
  if (local_name(element.name) == name) use(element);
  for (const XmlElement& child : element.children) for_each_element(child, name, use);
}

const XmlElement* part(const XmlElement& element, std::string_view name) {
  for (const XmlElement& child : element.children) {
    if (local_name(child.name) == name) return &child;
  }
  return nullptr;
}

std::string part_text(const XmlElement& element, std::string_view name) {
  const XmlElement* found = part(element, name);
  return found == nullptr ? std::string() : found->text;
}

/// How the report writes the data of a registry value.
std::string report_text(const value::RegistryData& data) {
  if (const auto* number = std::get_if<std::uint64_t>(&data.data)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&data.data)) return *text;
  const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&data.data);
  if (bytes != nullptr && bytes->size() == 1) return std::to_string(bytes->front());
  std::string all;
  if (const auto* list = std::get_if<std::vector<std::string>>(&data.data)) {
    for (const std::string& line : *list) all += line + '\n';
  }
  return all;
}

/// The same of a setting in the report: a number, a quoted text, or a list.
std::string reported_data(const XmlElement& setting, std::string_view number, std::string_view text,
                          std::string_view list) {
  if (part(setting, number) != nullptr) return part_text(setting, number);
  if (const XmlElement* lines = part(setting, list)) {
    std::string all;
    for (const XmlElement& line : lines->children) all += line.text + '\n';
    return all;
  }
  std::string quoted = part_text(setting, text);
  if (quoted.size() >= 2 && quoted.front() == '"') quoted = quoted.substr(1, quoted.size() - 2);
  return quoted;
}

class Oracle {
 public:
  Oracle(const value::Evidence& evidence, const XmlElement& report)
      : evidence_(evidence), registry_(evidence) {
    for_each_element(report, "Computer", [&](const XmlElement& half) { settings(half, "HKLM"); });
    for_each_element(report, "User", [&](const XmlElement& half) { settings(half, "HKCU"); });
    for_each_element(report, "SecurityOptions", [&](const XmlElement& e) { security_option(e); });
    for_each_element(report, "Account", [&](const XmlElement& e) { account(e); });
    for_each_element(report, "UserRightsAssignment", [&](const XmlElement& e) { right(e); });
    for_each_element(report, "AuditSetting", [&](const XmlElement& e) { audit(e); });
  }

  std::size_t compared = 0;

 private:
  void value(const std::string& key, const std::string& name, const std::string& expected) {
    INFO(key << " " << name);
    ++compared;
    const auto canonical = value::canonical_registry_key(key);
    REQUIRE(canonical);
    const value::Fact fact = registry_.data(*canonical, name, "Default");
    REQUIRE(fact.status == FactStatus::Present);
    CHECK(report_text(*fact.value.get<value::RegistryData>()) == expected);
  }

  void settings(const XmlElement& half, const std::string& hive) {
    for_each_element(half, "RegistrySetting", [&](const XmlElement& setting) {
      const std::string key = hive + '\\' + part_text(setting, "KeyPath");
      if (const XmlElement* data = part(setting, "Value")) {
        value(key, part_text(*data, "Name"), reported_data(*data, "Number", "String", "Strings"));
      } else {
        ++compared;
        CHECK(evidence_.registry.count(value::folded(*value::canonical_registry_key(key))) == 1);
      }
    });
  }

  void security_option(const XmlElement& option) {
    std::string key = part_text(option, "KeyName");
    const std::string machine = "MACHINE\\";
    if (!key.starts_with(machine)) return;
    key.replace(0, machine.size(), "HKLM\\");
    const auto cut = key.rfind('\\');
    const std::string name = key.substr(cut + 1);
    // The report lists the lines of the notice, the registry holds one text.
    if (name == "LegalNoticeText") return;
    value(key.substr(0, cut), name,
          reported_data(option, "SettingNumber", "SettingString", "SettingStrings"));
  }

  void account(const XmlElement& setting) {
    const std::string name = part_text(setting, "Name");
    const auto& policy = evidence_.account_policy;
    const std::map<std::string, std::pair<value::Reading<value::Integer>, std::int64_t>> numbers{
        {"MinimumPasswordLength", {policy.min_length, 1}},
        {"PasswordHistorySize", {policy.history, 1}},
        {"MaximumPasswordAge", {policy.max_age, 86'400}},
        {"MinimumPasswordAge", {policy.min_age, 86'400}},
        {"LockoutBadCount", {policy.lockout_threshold, 1}},
        {"LockoutDuration", {policy.lockout_duration, 60}},
        {"ResetLockoutCount", {policy.lockout_window, 60}},
    };
    if (const auto found = numbers.find(name); found != numbers.end()) {
      INFO(name);
      ++compared;
      const auto& [reading, unit] = found->second;
      CHECK(reading.value == value::Integer::of(std::stoll(part_text(setting, "SettingNumber")) * unit));
    } else if (name == "PasswordComplexity" || name == "ClearTextPassword") {
      ++compared;
      const auto& flag = name == "PasswordComplexity" ? policy.complexity : policy.reversible_encryption;
      CHECK((flag.present() && flag.value == (part_text(setting, "SettingBoolean") == "true")));
    }
  }

  void right(const XmlElement& assignment) {
    const std::string name = part_text(assignment, "Name");
    INFO(name);
    ++compared;
    std::set<std::string> expected;
    for (const XmlElement& member : assignment.children) {
      if (local_name(member.name) == "Member") expected.insert(part_text(member, "SID"));
    }
    const auto& rows = evidence_.user_rights.rows;
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const auto& r) { return base::equal_folded(r.right, name); });
    REQUIRE(row != rows.end());
    std::set<std::string> holders;
    for (const auto& holder : row->holders.value) holders.insert(holder.sid);
    CHECK(holders == expected);
  }

  void audit(const XmlElement& setting) {
    const auto guid = value::canonical_guid(part_text(setting, "SubcategoryGuid"));
    if (!guid) return;
    INFO(*guid);
    ++compared;
    const auto& rows = evidence_.audit_policy.rows;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.guid == *guid; });
    REQUIRE(row != rows.end());
    int number = 0;
    for (const std::string& outcome : row->outcomes.value) number += outcome == "success" ? 1 : 2;
    CHECK(std::to_string(number) == part_text(setting, "SettingValue"));
  }

  const value::Evidence& evidence_;
  derive::Registry registry_;
};

}  // namespace

TEST_CASE("every real policy file and export is read, or refused with its place") {
  const auto root = fixtures();
  if (!root) return;
  std::map<std::string, std::pair<int, int>> counts;
  for (const fs::path& path : files_below(*root)) {
    const auto reader = reader_of(path);
    if (!reader) continue;
    const std::string bytes = bytes_of(path);
    const Refusal refusal = reader(bytes);
    auto& [read, refused] = counts[kind_of(path)];
    ++(refusal ? refused : read);
    INFO(path.string());
    CHECK(refusal.has_value() == kDamaged.contains(path.filename().string()));
    if (refusal) CHECK((refusal->offset <= bytes.size() && !refusal->what.empty()));
  }
  std::cout << "fixtures: kind, read, refused\n";
  for (const auto& [kind, count] : counts) {
    std::cout << "  " << kind << ' ' << count.first << ' ' << count.second << '\n';
  }
  CHECK(counts[".pol"].first >= 75);
  CHECK(counts[".inf"].first >= 15);
}

TEST_CASE("every real Group Policy backup is read without damage") {
  const auto root = fixtures();
  if (!root) return;
  std::size_t objects = 0;
  std::size_t values = 0;
  for (const char* folder : {"simeononsecurity", "detectionlab", "baselinemanagement/convertgpotodsc"}) {
    DiskFolder disk(*root / "gpo-backups" / folder);
    for (const value::Evidence& evidence : disk.objects()) {
      INFO(evidence.target);
      ++objects;
      for (const auto& [path, key] : evidence.registry) values += key.values.size();
      CHECK(evidence.target.find('"') != std::string::npos);
      CHECK(evidence.registry.at("HKLM").values_complete);
      CHECK(evidence.registry.at("HKU").values_complete);
    }
    for (const base::Diagnostic& d : disk.sink.sorted()) {
      INFO(base::message_of(d));
      CHECK(base::level_of(d) != base::Level::Error);
    }
  }
  std::cout << "fixtures: " << objects << " Group Policy objects with " << values << " registry values\n";
  CHECK(objects >= 60);
}

TEST_CASE("Windows' own report of a backup says what was decoded") {
  const auto root = fixtures();
  if (!root) return;
  std::size_t reports = 0;
  std::size_t compared = 0;
  for (const fs::path& path : files_below(*root / "gpo-backups")) {
    if (base::lower_case(path.filename().string()) != "gpreport.xml") continue;
    INFO(path.string());
    const auto text = formats::decode_windows_text(bytes_of(path));
    REQUIRE(text);
    const auto report = formats::parse_xml(text->text);
    REQUIRE(report);
    DiskFolder disk(path.parent_path());
    const auto objects = disk.objects();
    REQUIRE(objects.size() == 1);
    ++reports;
    compared += Oracle(objects.front(), *report).compared;
  }
  std::cout << "fixtures: " << compared << " settings of " << reports << " reports compared\n";
  CHECK(compared > 300);
}

TEST_CASE("real exports of secedit and auditpol are recognised and read") {
  const auto root = fixtures();
  if (!root) return;
  struct Case {
    const char* path;
    const Backend* backend;
    value::Layer layer;
  };
  // The recording of secedit is an excerpt that lacks the marks of an export.
  const Case cases[] = {
      {"secedit-inf/securitypolicydsc/Tests/TestHelpers/sample.inf", &secedit_backend(),
       value::Layer::Effective},
      {"secedit-inf/inspec/test/fixtures/cmd/secedit-export", &secedit_backend(), value::Layer::Policy},
      {"secedit-inf/inspec/test/fixtures/cmd/auditpol", &auditpol_backend(), value::Layer::Effective},
  };
  for (const Case& c : cases) {
    INFO(c.path);
    const std::string bytes = bytes_of(*root / c.path);
    const Target target{.name = c.path, .bytes = bytes};
    CHECK(recognise(target) == c.backend);
    base::DiagnosticSink sink;
    const auto all = c.backend->collect(target, {}, sink);
    REQUIRE(all);
    CHECK(all->front().layer == c.layer);
    CHECK_FALSE(sink.has_errors());
  }
}

}  // namespace polc::backends
