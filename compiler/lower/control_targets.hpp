// Which controls a waiver or a profile names: `"CWA-PORT-31"`, `"CWA-IIS-*"`, `tag "tls"`, `group "Ports"`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/resolve/package.hpp"
#include "compiler/types/checker.hpp"

namespace polc::compiler {

class ControlTargets {
 public:
  ControlTargets(const Package& package, Checker& checker, base::DiagnosticSink& sink);

  /// The controls that the targets below `parent` name, as indices into Package::controls, ascending. A target that
  /// names none is reported, unless the control may be among what could not be read.
  const std::vector<std::uint32_t>& of(ModuleId module, grammar::NodeId parent);

  /// As reports show them: `CWA-PORT-31`, `group "Ports", tag "tls"`.
  std::string text(ModuleId module, grammar::NodeId parent) const { return text(module, parent, false); }

  /// In policy syntax: `"CWA-PORT-31"`, `group "Ports", tag "tls"`.
  std::string written(ModuleId module, grammar::NodeId parent) const { return text(module, parent, true); }

 private:
  using Controls = std::vector<std::uint32_t>;
  using Table = std::map<std::string, Controls, std::less<>>;

  std::string text(ModuleId module, grammar::NodeId parent, bool quote_ids) const;
  Controls of_target(ModuleId module, grammar::NodeId target);
  Controls of_id(const std::string& written, base::Span span);
  Controls of_pattern(const std::string& pattern, base::Span span);
  Controls of_word(const Table& table, const std::string& word, base::Span span, bool is_tag);
  Table collect_tags();
  Table collect_groups() const;
  bool is_affordable(std::size_t tests, base::Span span);
  bool may_be_unread(std::string_view id) const;

  const Package& package_;
  Checker& checker_;
  base::DiagnosticSink& sink_;
  std::map<std::pair<ModuleId, grammar::NodeId>, Controls> known_;  // by parent
  std::optional<Table> tags_;                                       // made when first asked for
  std::optional<Table> groups_;
  std::size_t tests_ = 0;
  bool exhausted_ = false;
};

}  // namespace polc::compiler
