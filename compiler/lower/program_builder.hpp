// Builds the tables of a Program: everything that is named twice is stored once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/resolve/package.hpp"
#include "compiler/types/expression.hpp"
#include "compiler/types/settings.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::compiler {

class ProgramBuilder {
 public:
  ProgramBuilder(const Package& package, const base::SourceManager& sources);

  ir::TextId text(std::string_view text);
  ir::ConstantId constant(const value::Value& value);
  ir::RangeId range(base::Span span);
  value::AddressId address(value::Address address);
  std::uint32_t read(ir::ReadPattern pattern);
  ir::NodeId node(ir::Node node, const std::vector<ir::NodeId>& operands);

  /// The OS defaults of a setting, 0 when none are known. Adds the setting to the program.
  ir::DefaultsId defaults_of(const Setting& setting);

  /// Likewise of its state alone; 0 for settings without states.
  ir::DefaultsId state_defaults_of(const Setting& setting);

  /// The documented defaults of any other fact.
  ir::DefaultsId defaults_of(const value::Address& address);

  /// The excerpt of a source text.
  ir::TextId excerpt(base::Span span);

  ir::Program& program() { return program_; }
  ir::Program finish() { return std::move(program_); }

 private:
  struct SpanHash {
    std::size_t operator()(base::Span span) const;
  };

  std::uint32_t add_setting(const Setting& setting);
  ir::SettingElement lowered(const SettingElement& element);
  ir::DefaultsId add_defaults(std::vector<ir::DefaultRow> rows);

  const base::SourceManager& sources_;
  ir::Program program_;
  std::unordered_map<std::size_t, ir::TextId> texts_;  // by hash, or the next key that is free
  std::map<value::Value, ir::ConstantId, bool (*)(const value::Value&, const value::Value&)> constants_;
  std::unordered_map<base::Span, ir::RangeId, SpanHash> ranges_;
  std::unordered_map<ir::RangeId, ir::TextId> excerpts_;
  std::unordered_map<std::string, value::AddressId> addresses_;
  std::unordered_map<base::FileId, std::uint32_t> files_;
  std::unordered_map<const Setting*, std::uint32_t> settings_;
  std::unordered_map<const Setting*, ir::DefaultsId> state_defaults_;
  std::unordered_map<std::string, ir::DefaultsId> known_defaults_;  // by address key
};

}  // namespace polc::compiler
