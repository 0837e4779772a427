#include "tests/bench/generate.hpp"

#include <fmt/format.h>

#include <iterator>

namespace polc::bench {
namespace {

constexpr std::size_t kValuesPerKey = 50;

struct Check {
  std::size_t key, index;
  bool at_least;
  unsigned limit, actual;
};

Check check(std::size_t i) {
  const bool at_least = i % 2 == 1;
  const auto limit = static_cast<unsigned>(i % 7 + 1);
  const bool violated = i % 10 == 3;
  return {i / kValuesPerKey, i, at_least, limit, violated ? limit - 1 : limit};
}

std::string key_name(const Check& c) {
  return fmt::format(R"(SOFTWARE\Bench\Area {:04}\Settings)", c.key);
}

constexpr const char* kGenerator =
    "  <generator>\n    <oval:product_name>polc benchmark</oval:product_name>\n"
    "    <oval:schema_version>5.11.1</oval:schema_version>\n"
    "    <oval:timestamp>2026-01-01T00:00:00</oval:timestamp>\n  </generator>\n";

}  // namespace

std::size_t expected_failures(std::size_t controls) {
  return controls / 10 + (controls % 10 > 3 ? 1 : 0);
}

std::string policy_text(std::size_t controls) {
  std::string out = "policy \"bench\" \"Generated benchmark\" { version \"1.0.0\" }\n\n";
  for (std::size_t i = 0; i < controls; ++i) {
    const Check c = check(i);
    fmt::format_to(std::back_inserter(out),
                   "control \"BENCH-{:05}\" \"Value {} of area {} is set\" {{\n"
                   "  severity medium\n"
                   "  refs cce(\"CCE-{:05}-1\")\n"
                   "  because \"\"\"Value {} protects area {}.\"\"\"\n"
                   "  require registry('HKLM\\{}', 'Value{}') {} {}\n}}\n\n",
                   i, i, c.key, i, i, c.key, key_name(c), i, c.at_least ? ">=" : "==", c.limit);
  }
  return out;
}

std::string crowded_policy_text(std::size_t controls) {
  constexpr std::size_t kCrowd = 10;
  std::string out = "policy \"bench\" \"Generated benchmark\" { version \"1.0.0\" }\n\n";
  for (std::size_t i = 0; i < controls; ++i) {
    const Check c = check(i / kCrowd);
    fmt::format_to(std::back_inserter(out),
                   "control \"BENCH-{:05}\" \"Value {} is set on some hosts\" {{\n"
                   "  when host.name like \"site{}-*\"\n"
                   "  require registry('HKLM\\{}', 'Value{}') == {}\n}}\n\n",
                   i, c.index, i % kCrowd, key_name(c), c.index, i % kCrowd);
  }
  return out;
}

std::string host_json(std::size_t controls) {
  std::string out =
      "{\"polc_snapshot\": 1, \"collected\": {\"at\": \"2026-01-01T00:00:00Z\", \"by\": \"benchmark\"},\n"
      " \"host\": {\"name\": \"bench\", \"os\": \"Windows Server 2022\", \"build\": 20348},\n \"registry\": "
      "{";
  for (std::size_t i = 0; i < controls; ++i) {
    const Check c = check(i);
    if (i % kValuesPerKey == 0) {
      std::string key;
      for (const char ch : key_name(c)) key += ch == '\\' ? std::string("\\\\") : std::string(1, ch);
      fmt::format_to(std::back_inserter(out), "{}\n  \"HKLM\\\\{}\": {{\"complete\": true, \"values\": {{",
                     i == 0 ? "" : "}},", key);
    }
    fmt::format_to(std::back_inserter(out), "{}\"Value{}\": {}", i % kValuesPerKey == 0 ? "" : ", ", i,
                   c.actual);
  }
  return out + (controls > 0 ? "}}" : "") + "\n }}\n";
}

std::string oval_definitions(std::size_t controls) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<oval_definitions xmlns=\"http://oval.mitre.org/XMLSchema/oval-definitions-5\""
      " xmlns:oval=\"http://oval.mitre.org/XMLSchema/oval-common-5\""
      " xmlns:win=\"http://oval.mitre.org/XMLSchema/oval-definitions-5#windows\">\n";
  out += kGenerator;
  auto end = std::back_inserter(out);
  const auto section = [&](const char* name, auto&& row) {
    fmt::format_to(end, "  <{}>\n", name);
    for (std::size_t i = 0; i < controls; ++i) row(check(i), i + 1);
    fmt::format_to(end, "  </{}>\n", name);
  };
  section("definitions", [&](const Check& c, std::size_t id) {
    fmt::format_to(
        end,
        "    <definition id=\"oval:bench:def:{0}\" version=\"1\" class=\"compliance\">\n"
        "      <metadata>\n        <title>Value {1} of area {2} is set</title>\n"
        "        <description>Value {1} protects area {2}.</description>\n      </metadata>\n"
        "      <criteria>\n        <criterion test_ref=\"oval:bench:tst:{0}\"/>\n      </criteria>\n"
        "    </definition>\n",
        id, c.index, c.key);
  });
  section("tests", [&](const Check&, std::size_t id) {
    fmt::format_to(
        end,
        "    <win:registry_test id=\"oval:bench:tst:{0}\" version=\"1\" check=\"all\" comment=\"value\">\n"
        "      <win:object object_ref=\"oval:bench:obj:{0}\"/>\n"
        "      <win:state state_ref=\"oval:bench:ste:{0}\"/>\n    </win:registry_test>\n",
        id);
  });
  section("objects", [&](const Check& c, std::size_t id) {
    fmt::format_to(end,
                   "    <win:registry_object id=\"oval:bench:obj:{}\" version=\"1\">\n"
                   "      <win:hive>HKEY_LOCAL_MACHINE</win:hive>\n      <win:key>{}</win:key>\n"
                   "      <win:name>Value{}</win:name>\n    </win:registry_object>\n",
                   id, key_name(c), c.index);
  });
  section("states", [&](const Check& c, std::size_t id) {
    fmt::format_to(
        end,
        "    <win:registry_state id=\"oval:bench:ste:{}\" version=\"1\">\n"
        "      <win:value datatype=\"int\" operation=\"{}\">{}</win:value>\n    </win:registry_state>\n",
        id, c.at_least ? "greater than or equal" : "equals", c.limit);
  });
  return out + "</oval_definitions>\n";
}

std::string oval_characteristics(std::size_t controls) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<oval_system_characteristics xmlns=\"http://oval.mitre.org/XMLSchema/oval-system-characteristics-5\""
      " xmlns:oval=\"http://oval.mitre.org/XMLSchema/oval-common-5\""
      " xmlns:win=\"http://oval.mitre.org/XMLSchema/oval-system-characteristics-5#windows\">\n";
  out += kGenerator;
  out +=
      "  <system_info>\n    <os_name>Windows</os_name>\n    <os_version>10.0.20348</os_version>\n"
      "    <architecture>x64</architecture>\n    <primary_host_name>bench</primary_host_name>\n"
      "    <interfaces>\n    </interfaces>\n  </system_info>\n  <collected_objects>\n";
  auto end = std::back_inserter(out);
  for (std::size_t id = 1; id <= controls; ++id) {
    fmt::format_to(end,
                   "    <object id=\"oval:bench:obj:{0}\" version=\"1\" flag=\"complete\">\n"
                   "      <reference item_ref=\"{0}\"/>\n    </object>\n",
                   id);
  }
  out += "  </collected_objects>\n  <system_data>\n";
  for (std::size_t i = 0; i < controls; ++i) {
    const Check c = check(i);
    fmt::format_to(end,
                   "    <win:registry_item id=\"{}\" status=\"exists\">\n"
                   "      <win:hive>HKEY_LOCAL_MACHINE</win:hive>\n      <win:key>{}</win:key>\n"
                   "      <win:name>Value{}</win:name>\n      <win:type>reg_dword</win:type>\n"
                   "      <win:value datatype=\"int\">{}</win:value>\n    </win:registry_item>\n",
                   i + 1, key_name(c), c.index, c.actual);
  }
  return out + "  </system_data>\n</oval_system_characteristics>\n";
}

}  // namespace polc::bench
