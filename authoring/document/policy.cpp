#include <fmt/format.h>

#include "authoring/document/document.hpp"
#include "runtime/report/description.hpp"

namespace polc::document {
namespace {

using Kind = Block::Kind;

class PolicyPage {
 public:
  explicit PolicyPage(const ir::Program& program) : program_(program) {}

  Document build() const {
    Document document{
        text(program_.policy.title), introduction(), {"Group", "Severity", "Reference", "Tag"}, {}};
    std::uint32_t group = ir::kNone;
    for (const ir::Control& control : program_.controls) {
      if (document.sections.empty() || control.group != group)
        document.sections.push_back({group_title(control), {}, {}});
      group = control.group;
      document.sections.back().entries.push_back(entry(control));
    }
    return document;
  }

 private:
  std::string text(ir::TextId id) const { return std::string(program_.text(id)); }

  std::string group_title(const ir::Control& control) const {
    return control.group == ir::kNone ? "Other controls" : text(program_.groups[control.group].title);
  }

  std::vector<Block> introduction() const {
    const ir::PolicyInfo& policy = program_.policy;
    std::vector<Block> blocks;
    Block facts{Kind::Table, {}, {}, {{"Policy", text(policy.id)}}};
    const auto fact = [&](std::string name, std::string value) {
      if (!value.empty()) facts.rows.push_back({std::move(name), std::move(value)});
    };
    fact("Version", text(policy.version));
    fact("Controls", std::to_string(program_.controls.size()));
    fact("Source", text(policy.source));
    blocks.push_back(std::move(facts));
    if (policy.description != 0) blocks.push_back({Kind::Markdown, {}, text(policy.description), {}});
    if (!program_.parameters.empty()) blocks.push_back(parameters());
    if (!program_.waivers.empty()) blocks.push_back(waivers());
    return blocks;
  }

  Block parameters() const {
    Block block{
        Kind::Table, "Parameters", {}, {{"Parameter", "Type", "Values", "Value", "Set by", "Meaning"}}};
    for (const ir::Parameter& parameter : program_.parameters)
      block.rows.push_back({text(parameter.name), value::type_name(parameter.type), text(parameter.domain),
                            value::to_text(program_.constants[parameter.value]), text(parameter.origin),
                            text(parameter.doc)});
    return block;
  }

  Block waivers() const {
    Block block{
        Kind::Table, "Waivers", {}, {{"Covers", "Hosts", "From", "Until", "Owner", "Reason", "Ticket"}}};
    for (const ir::Waiver& waiver : program_.waivers)
      block.rows.push_back({text(waiver.target), text(waiver.host), waiver.from ? waiver.from->text() : "",
                            waiver.until.text(), text(waiver.owner), text(waiver.reason),
                            text(waiver.ticket)});
    return block;
  }

  Entry entry(const ir::Control& control) const {
    Entry entry{text(control.id), text(control.title), facets(control), {}};
    const auto add = [&](Kind kind, std::string heading, std::string words) {
      if (!words.empty()) entry.blocks.push_back({kind, std::move(heading), std::move(words), {}});
    };
    add(Kind::Markdown, {}, text(control.description));
    add(Kind::Code, "Check", check(control));
    if (control.manual) add(Kind::Markdown, "Manual check", text(control.manual->instruction));
    add(Kind::Markdown, "Rationale", text(control.because));
    add(Kind::Markdown, "Fix", text(control.fix));
    if (!control.references.empty()) entry.blocks.push_back(references(control));
    std::string place = report::place_text(program_, control.header);
    for (const ir::TextId former : control.formerly) place += ", formerly " + text(former);
    if (!place.empty()) add(Kind::Text, {}, "Written in " + place);
    return entry;
  }

  std::vector<std::pair<std::string, std::string>> facets(const ir::Control& control) const {
    std::vector<std::pair<std::string, std::string>> all{
        {"Group", group_title(control)}, {"Severity", std::string(ir::severity_name(control.severity))}};
    for (const ir::Reference& reference : control.references)
      all.emplace_back("Reference", ir::reference_name(reference.kind));
    for (const ir::TextId tag : control.tags) all.emplace_back("Tag", text(tag));
    return all;
  }

  std::string check(const ir::Control& control) const {
    std::string out;
    if (control.guard != ir::kNone) out += fmt::format("when {}\n", text(control.guard_excerpt));
    for (const ir::Require& require : control.requires_) {
      const std::string label = text(require.label);
      out += fmt::format("require {}{}{}\n", label, label.empty() ? "" : ": ", text(require.excerpt));
    }
    return out;
  }

  Block references(const ir::Control& control) const {
    Block block{Kind::List, "References", {}, {}};
    for (const ir::Reference& reference : control.references) {
      const std::string words = text(reference.text);
      const bool url = reference.kind == ir::ReferenceKind::Url;
      block.rows.push_back({url ? words : fmt::format("{} {}", ir::reference_name(reference.kind), words)});
    }
    return block;
  }

  const ir::Program& program_;
};

}  // namespace

Document policy_document(const ir::Program& program) {
  return PolicyPage(program).build();
}

}  // namespace polc::document
