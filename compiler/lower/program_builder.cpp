#include "compiler/lower/program_builder.hpp"

#include "runtime/base/hash.hpp"
#include "runtime/value/address_key.hpp"
#include "runtime/value/defaults.hpp"

namespace polc::compiler {
namespace {

bool before(const value::Value& a, const value::Value& b) {
  return value::structural_order(a, b) < 0;
}

}  // namespace

// Neighbours in the source are neighbours in the table: lowering walks through both.
std::size_t ProgramBuilder::SpanHash::operator()(base::Span span) const {
  return (std::size_t{span.file} << 32U) + span.begin;
}

ProgramBuilder::ProgramBuilder(const Package& package, const base::SourceManager& sources)
    : sources_(sources), constants_(before) {
  texts_.emplace(std::hash<std::string_view>{}({}), 0);
  for (const Module& module : package.modules) {
    const base::FileId file = module.tree.file();
    files_.emplace(file, static_cast<std::uint32_t>(program_.files.size()));
    ir::SourceFile source;
    source.path = text(module.name);
    source.embedded = module.embedded;
    source.sha256 = base::sha256(sources.find(file)->text());
    program_.files.push_back(source);
  }
}

ir::TextId ProgramBuilder::text(std::string_view text) {
  for (std::size_t key = std::hash<std::string_view>{}(text);; ++key) {
    const auto [known, is_new] = texts_.try_emplace(key, static_cast<ir::TextId>(program_.texts.size()));
    if (is_new) program_.texts.push_back(text);
    if (program_.texts[known->second] == text) return known->second;
  }
}

ir::ConstantId ProgramBuilder::constant(const value::Value& value) {
  const auto [known, is_new] =
      constants_.try_emplace(value, static_cast<ir::ConstantId>(program_.constants.size()));
  if (is_new) program_.constants.push_back(value);
  return known->second;
}

ir::RangeId ProgramBuilder::range(base::Span span) {
  const auto file = files_.find(span.file);
  const base::SourceBuffer* buffer = sources_.find(span.file);
  if (file == files_.end() || buffer == nullptr) return 0;
  const auto [known, is_new] = ranges_.try_emplace(span, static_cast<ir::RangeId>(program_.ranges.size()));
  if (!is_new) return known->second;
  const base::LineColumn begin = buffer->position(span.begin);
  const base::LineColumn end = buffer->position(span.end);
  program_.ranges.push_back(
      {file->second, span.begin, span.end, begin.line, begin.column, end.line, end.column});
  return known->second;
}

ir::TextId ProgramBuilder::excerpt(base::Span span) {
  const auto [known, is_new] = excerpts_.try_emplace(range(span), 0);
  if (is_new) known->second = text(sources_.text(span));
  return known->second;
}

value::AddressId ProgramBuilder::address(value::Address address) {
  const auto [known, is_new] = addresses_.try_emplace(
      value::address_key(address), static_cast<value::AddressId>(program_.addresses.size()));
  if (is_new) program_.addresses.push_back(std::move(address));
  return known->second;
}

std::uint32_t ProgramBuilder::read(ir::ReadPattern pattern) {
  for (std::size_t i = 0; i < program_.reads.size(); ++i) {
    if (program_.reads[i] == pattern) return static_cast<std::uint32_t>(i);
  }
  program_.reads.push_back(pattern);
  return static_cast<std::uint32_t>(program_.reads.size() - 1);
}

ir::NodeId ProgramBuilder::node(ir::Node node, const std::vector<ir::NodeId>& operands) {
  node.first_operand = static_cast<std::uint32_t>(program_.operands.size());
  node.operand_count = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
  program_.nodes.push_back(node);
  return static_cast<ir::NodeId>(program_.nodes.size() - 1);
}

ir::DefaultsId ProgramBuilder::defaults_of(const Setting& setting) {
  return program_.settings[add_setting(setting)].defaults;
}

std::uint32_t ProgramBuilder::add_setting(const Setting& setting) {
  const auto [known, is_new] =
      settings_.try_emplace(&setting, static_cast<std::uint32_t>(program_.settings.size()));
  if (!is_new) return known->second;
  ir::Setting lowered_setting;
  lowered_setting.path = text(setting.path);
  lowered_setting.scope = setting.scope;
  lowered_setting.type = setting.type;
  lowered_setting.key = text(setting.key);
  lowered_setting.value_name = text(setting.value_name);
  lowered_setting.registry_type = setting.registry_type;
  if (setting.enabled) lowered_setting.enabled = constant(*setting.enabled);
  if (setting.disabled) lowered_setting.disabled = constant(*setting.disabled);
  lowered_setting.disabled_deletes = setting.disabled_deletes;
  for (const SettingElement& element : setting.elements) lowered_setting.elements.push_back(lowered(element));
  lowered_setting.min = setting.min;
  lowered_setting.max = setting.max;
  lowered_setting.inf_section = text(setting.inf_section);
  lowered_setting.inf_key = text(setting.inf_key);
  lowered_setting.right = text(setting.right);
  lowered_setting.audit_guid = text(setting.audit_guid);
  std::vector<ir::DefaultRow> rows;
  for (const SettingDefault& row : setting.defaults)
    rows.push_back({0, UINT32_MAX, row.roles, constant(row.value)});
  lowered_setting.defaults = add_defaults(std::move(rows));
  lowered_setting.range = range(setting.span);
  program_.settings.push_back(std::move(lowered_setting));
  return known->second;
}

ir::SettingElement ProgramBuilder::lowered(const SettingElement& element) {
  ir::SettingElement result;
  result.label = text(element.label);
  result.key = text(element.key);
  result.value = text(element.value_name);
  result.type = element.type;
  for (const SettingOption& option : element.options)
    result.options.push_back({text(option.label), constant(option.data)});
  result.min = element.min;
  result.max = element.max;
  return result;
}

ir::DefaultsId ProgramBuilder::state_defaults_of(const Setting& setting) {
  if (setting.type.kind != value::TypeKind::PolicyState) return 0;
  const auto [known, is_new] = state_defaults_.try_emplace(&setting, 0);
  if (!is_new) return known->second;
  std::vector<ir::DefaultRow> rows;
  for (const SettingDefault& row : setting.defaults) {
    value::Value state;
    if (const auto* policy = row.value.get<value::PolicyState>())
      state = value::Value(
          value::Symbol{policy->state == value::PolicyState::State::Enabled ? "Enabled" : "Disabled"});
    rows.push_back({0, UINT32_MAX, row.roles, constant(state)});
  }
  return known->second = add_defaults(std::move(rows));
}

ir::DefaultsId ProgramBuilder::defaults_of(const value::Address& address) {
  const auto [known, is_new] = known_defaults_.try_emplace(value::address_key(address), 0);
  if (!is_new) return known->second;
  std::vector<ir::DefaultRow> rows;
  for (const value::KnownDefault& row : value::known_defaults(address))
    rows.push_back({row.min_build, row.max_build, row.roles, constant(row.value)});
  return known->second = add_defaults(std::move(rows));
}

ir::DefaultsId ProgramBuilder::add_defaults(std::vector<ir::DefaultRow> rows) {
  if (rows.empty()) return 0;
  program_.defaults.push_back(std::move(rows));
  return static_cast<ir::DefaultsId>(program_.defaults.size() - 1);
}

}  // namespace polc::compiler
