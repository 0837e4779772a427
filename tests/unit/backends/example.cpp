#include "tests/unit/backends/example.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "runtime/formats/yaml.hpp"
#include "runtime/value/value.hpp"

namespace polc::backends {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(formats::Node node) {
  using formats::NodeKind;
  switch (node.kind()) {
    case NodeKind::Null:
      return nullptr;
    case NodeKind::Boolean:
      return node.is_true();
    case NodeKind::Integer:
      return value::Integer::parse(node.text())->as_unsigned().value();
    case NodeKind::Fraction:
      throw std::runtime_error("fraction in YAML");
    case NodeKind::Text:
      return node.text();
    case NodeKind::Word:
      return node.text() == "absent" ? Json{{"absent", true}} : Json(node.text());
    case NodeKind::Sequence: {
      Json list = Json::array();
      for (const formats::Node item : node.items()) list.push_back(json_of(item));
      return list;
    }
    case NodeKind::Mapping:
      break;
  }
  Json object = Json::object();
  for (const formats::Member member : node.members())
    object[std::string(member.key.text())] = json_of(member.value);
  return object;
}

}  // namespace

std::string file_text(const std::string& path_below_root) {
  std::ifstream file(std::string(POLC_SOURCE_DIR) + "/" + path_below_root, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string example_yaml() {
  const std::string document = file_text("docs/snapshot.md");
  const std::string fence = "```yaml\n";
  const std::size_t begin = document.find(fence);
  if (begin == std::string::npos) throw std::runtime_error("docs/snapshot.md has no YAML block");
  const std::size_t end = document.find("\n```", begin + fence.size());
  return document.substr(begin + fence.size(), end + 1 - begin - fence.size());
}

std::string as_json(const std::string& yaml) {
  base::DiagnosticSink sink;
  const auto document = formats::read_yaml(yaml, 1, sink);
  if (!document || sink.has_errors()) throw std::runtime_error("not YAML");
  return json_of(document->root()).dump(1);
}

}  // namespace polc::backends
