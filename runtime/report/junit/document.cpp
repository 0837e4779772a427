#include "runtime/report/junit/document.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/report/report.hpp"

namespace polc::report::junit {
namespace {

constexpr std::size_t kOutcomes = 4;

struct Tally {
  std::array<std::size_t, kOutcomes> outcomes{};

  void add(const Suite& suite) {
    for (const Case& item : suite.cases) ++outcomes[static_cast<std::size_t>(item.outcome)];
  }
  std::size_t of(Outcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
};

class StringWriter : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }

  std::string text;
};

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name) = base::xml_characters(value).c_str();
}

void set_counts(pugi::xml_node node, const Tally& tally) {
  std::size_t all = 0;
  for (const std::size_t count : tally.outcomes) all += count;
  set(node, "tests", std::to_string(all));
  set(node, "failures", std::to_string(tally.of(Outcome::Failed)));
  set(node, "errors", std::to_string(tally.of(Outcome::Error)));
  set(node, "skipped", std::to_string(tally.of(Outcome::Skipped)));
  set(node, "time", "0");
}

void add_outcome(pugi::xml_node node, const Case& item) {
  constexpr std::array<const char*, kOutcomes> kElements{"", "failure", "error", "skipped"};
  pugi::xml_node outcome = node.append_child(kElements[static_cast<std::size_t>(item.outcome)]);
  set(outcome, "type", item.type);
  set(outcome, "message", item.message);
  if (!item.details.empty()) outcome.text().set(base::xml_characters(item.details).c_str());
}

void add_case(pugi::xml_node suite, const Case& item) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", item.classname);
  set(node, "name", item.name);
  if (!item.file.empty()) set(node, "file", item.file);
  if (item.line != 0) set(node, "line", std::to_string(item.line));
  set(node, "time", "0");
  if (item.outcome != Outcome::Passed) add_outcome(node, item);
}

void add_suite(pugi::xml_node root, const Suite& suite) {
  Tally tally;
  tally.add(suite);
  pugi::xml_node node = root.append_child("testsuite");
  set(node, "name", suite.name);
  if (!suite.hostname.empty()) set(node, "hostname", suite.hostname);
  // The schema of Ant has no place for a zone; UTC is the custom.
  if (suite.timestamp) set(node, "timestamp", instant_text(*suite.timestamp).substr(0, 19));
  set_counts(node, tally);
  if (!suite.properties.empty()) {
    pugi::xml_node properties = node.append_child("properties");
    for (const auto& [name, value] : suite.properties) {
      pugi::xml_node property = properties.append_child("property");
      set(property, "name", name);
      set(property, "value", value);
    }
  }
  for (const Case& item : suite.cases) add_case(node, item);
}

}  // namespace

std::string write_document(std::string_view name, const std::vector<Suite>& suites) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", name);
  Tally tally;
  for (const Suite& suite : suites) tally.add(suite);
  set_counts(root, tally);
  for (const Suite& suite : suites) add_suite(root, suite);
  StringWriter writer;
  document.save(writer, "  ");
  return std::move(writer.text);
}

}  // namespace polc::report::junit
