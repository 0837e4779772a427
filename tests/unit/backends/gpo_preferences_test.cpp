// Services of Group Policy preferences, and the access lists that Registry.pol orders.
#include <algorithm>

#include "runtime/backends/gpo/gpo.hpp"
#include "runtime/base/casefold.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using value::EvidenceSection;
using value::FactStatus;
using value::UnknownReason;

const std::string kVersion = "[Unicode]\r\nUnicode=yes\r\n[Version]\r\nsignature=\"$CHICAGO$\"\r\n";
const std::string kServices = "Machine/Preferences/Services/Services.xml";
const std::string kTemplate = "Machine/Microsoft/Windows NT/SecEdit/GptTmpl.inf";

struct Object : test::FileTarget {
  Object() { add("gpt.ini", ""); }

  value::Evidence read(const PlanSlice* slice = nullptr) {
    auto all = gpo_backend().collect(folder(), {.slice = slice}, sink);
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    return std::move(all->front());
  }
};

std::string item(const std::string& properties, const std::string& inside = "") {
  return "<NTService name=\"x\"><Properties " + properties + "/>" + inside + "</NTService>";
}

value::Evidence with_services(const std::string& items, const std::string& inf = "") {
  Object object;
  object.add(kServices,
             "<?xml version=\"1.0\"?>\r\n<NTServices clsid=\"{A}\">\r\n" + items + "</NTServices>");
  if (!inf.empty()) object.add(kTemplate, test::utf16_file(inf));
  return object.read();
}

value::Reading<std::string> start(const value::Evidence& evidence, std::string_view name) {
  const auto& rows = evidence.services.rows;
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == name; });
  REQUIRE(row != rows.end());
  return row->start;
}

const std::string kSecurity = kVersion + "[Registry Keys]\r\n";

}  // namespace

TEST_CASE("gpo: services of preferences, by what they do to the start type") {
  struct Case {
    std::string item;
    FactStatus status;
    const char* start;
  };
  const std::string name = "serviceName=\"Spooler\" ";
  const Case cases[] = {
      {item(name + "startupType=\"DISABLED\""), FactStatus::Present, "disabled"},
      {item(name + "startupType=\"Automatic\""), FactStatus::Present, "automatic"},
      {item(name + "startupType=\"NOCHANGE\" serviceAction=\"STOP\""), FactStatus::Absent, ""},
      {item(name), FactStatus::Absent, ""},
      {item(name + "startupType=\"LATER\""), FactStatus::Unknown, ""},
      {item(name + "startupTypf=\"DISABLED\""), FactStatus::Unknown, ""},
      {"<NTService disajled=\"1\"><Properties " + name + "startupType=\"DISABLED\"/></NTService>",
       FactStatus::Unknown, ""},
      {item(name + "startupType=\"DISABLED\"", "<Filters><FilterOs/></Filters>"), FactStatus::Unknown, ""},
      {item(name + "startupType=\"DISABLED\"") + item(name + "startupType=\"MANUAL\""), FactStatus::Unknown,
       ""},
      {"<Collection>" + item(name + "startupType=\"DISABLED\"") + "</Collection>", FactStatus::Present,
       "disabled"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.item);
    const value::Evidence evidence = with_services(c.item);
    const auto reading = start(evidence, "Spooler");
    CHECK(reading.status == c.status);
    CHECK(reading.value == c.start);
    CHECK(evidence.services.complete);
  }
  const auto disabled = with_services("<NTService name=\"x\" disabled=\"1\"><Properties " + name +
                                      "startupType=\"DISABLED\"/></NTService>");
  CHECK(disabled.services.rows.empty());
}

TEST_CASE("gpo: a template and preferences that differ about a service are a conflict") {
  const std::string inf = kVersion + "[Service General Setting]\r\n\"spooler\",4,\"\"\r\n";
  const auto differ = with_services(item("serviceName=\"Spooler\" startupType=\"MANUAL\""), inf);
  CHECK(start(differ, "spooler").unknown.reason == UnknownReason::Conflict);
  CHECK(start(differ, "spooler").unknown.detail.find("Services.xml:3") != std::string::npos);
  const auto agree = with_services(item("serviceName=\"Spooler\" startupType=\"DISABLED\""), inf);
  CHECK(start(agree, "spooler").value == "disabled");
}

TEST_CASE("gpo: services that cannot be told leave the table open") {
  for (const std::string& items : {item("startupType=\"DISABLED\""), std::string("<NTService/>"),
                                   item("serviceName=\"%X%\" startupType=\"DISABLED\""), std::string("<"),
                                   std::string("<NTServide/>"), std::string("text")}) {
    CAPTURE(items);
    const auto evidence = with_services(items);
    CHECK_FALSE(evidence.services.complete);
    CHECK(evidence.services.unreadable);
  }
}

TEST_CASE("gpo: where one part about services is damaged, what another says is not certain") {
  const std::string inf = kVersion + "[Service General Setting]\r\n\"Spooler\",4,\"\"\r\n";
  CHECK(start(with_services("<", inf), "Spooler").unknown.reason == UnknownReason::Corrupt);
  const auto good = item("serviceName=\"Spooler\" startupType=\"DISABLED\"");
  CHECK(start(with_services(good, "[Unicode"), "Spooler").status == FactStatus::Unknown);
}

TEST_CASE("gpo: a key that is ordered to be secured has an access list that nobody knows") {
  Object object;
  object.add("Machine/Registry.pol", test::pol_file(test::pol_entry("Software\\A", "**SecureKey", 1) +
                                                    test::pol_entry("Software\\B", "**SecureKey", 1)));
  object.add(kTemplate, test::utf16_file(kSecurity + "\"MACHINE\\Software\\B\",0,\"D:(A;;KA;;;BA)\"\r\n"));
  PlanSlice slice;
  slice.add(EvidenceSection::KeySecurity);
  for (const PlanSlice* asked :
       {static_cast<const PlanSlice*>(nullptr), static_cast<const PlanSlice*>(&slice)}) {
    const auto evidence = object.read(asked);
    CHECK(evidence.key_security.complete);
    REQUIRE(evidence.key_security.rows.size() == 2);
    for (const auto& row : evidence.key_security.rows) {
      CHECK(row.sddl.status == FactStatus::Unknown);
      CHECK(row.sddl.unknown.detail == "**SecureKey sets an access list");
    }
  }
}

TEST_CASE("gpo: a damaged Registry.pol leaves the access lists of keys open") {
  Object object;
  object.add("Machine/Registry.pol", "PReg");
  CHECK_FALSE(object.read().key_security.complete);
}

TEST_CASE("gpo: many services and secured keys are a row each, however often they stand") {
  std::string items;
  std::string entries;
  for (int i = 0; i < 20'000; ++i) {
    items += item("serviceName=\"s" + std::to_string(i) + "\" startupType=\"DISABLED\"");
    entries += test::pol_entry("Software\\k" + std::to_string(i), "**SecureKey", 1);
  }
  Object object;
  object.add(kServices, "<NTServices>" + items + items + "</NTServices>");
  object.add("Machine/Registry.pol", test::pol_file(entries + entries));
  // It ends: a comparison of each with each would outlast the time limit of the suite in the slowest build.
  const auto evidence = object.read();
  CHECK(evidence.services.rows.size() == 20'000);
  CHECK(evidence.key_security.rows.size() == 20'000);
}

}  // namespace polc::backends
