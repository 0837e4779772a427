// From the facts of a program to the evidence that answers them.
#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "runtime/evaluate/http_requests.hpp"
#include "runtime/evaluate/plan.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::evaluate {
namespace {

using value::EvidenceSection;
using value::ResourceKind;
using value::Value;

constexpr std::string_view kSchannel =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

/// Arguments of an address, known or not: nullptr where one is computed.
using Arguments = std::vector<const Value*>;

class Slicer {
 public:
  explicit Slicer(const ir::Program& program) : program_(program) {}

  backends::PlanSlice of_program() {
    add(EvidenceSection::Host);
    for (const value::Address& address : program_.addresses) add_fact(address);
    for (const ir::Node& node : program_.nodes) {
      if (node.op == ir::Op::Read) add_read(node);
    }
    for (const ir::Control& control : program_.controls) {
      if (control.manual) add(EvidenceSection::Attestations);
    }
    for (const Value& constant : program_.constants) add_names(constant);
    for (const value::HttpRequest& request : http_requests(program_))
      slice_.add_http_request(request, program_.policy.allow_network);
    return std::move(slice_);
  }

  backends::PlanSlice of_control(const ir::Control& control) {
    of_program_ = false;
    visited_.resize(program_.nodes.size());
    if (control.guard != ir::kNone) visit(control.guard);
    for (const ir::Require& require : control.requires_) visit(require.root);
    if (control.manual) add(EvidenceSection::Attestations);
    return std::move(slice_);
  }

 private:
  /// Depth is bounded by limits::kExpressionDepth.
  void visit(ir::NodeId id) {
    if (visited_[id]) return;
    visited_[id] = true;
    const ir::Node& node = program_.nodes[id];
    if (node.op == ir::Op::Fact) add_fact(program_.addresses[node.data]);
    if (node.op == ir::Op::Read) add_read(node);
    for (std::uint32_t i = 0; i < node.operand_count; ++i) visit(program_.operands_of(node)[i]);
  }

  void add(EvidenceSection section) {
    if (of_program_ || section != EvidenceSection::Names) slice_.add(section);
  }

  void add_fact(const value::Address& address) {
    Arguments arguments;
    for (const Value& argument : address.arguments) arguments.push_back(&argument);
    add(address.resource, address.attribute, arguments);
  }

  void add_read(const ir::Node& node) {
    const ir::ReadPattern& pattern = program_.reads[node.data];
    add(pattern.resource, pattern.attribute, constant_arguments(node));
  }

  Arguments constant_arguments(const ir::Node& node) const {
    Arguments arguments;
    for (std::uint32_t i = 0; i < node.operand_count; ++i) {
      const ir::Node& argument = program_.nodes[program_.operands_of(node)[i]];
      arguments.push_back(argument.op == ir::Op::Constant ? &program_.constants[argument.data] : nullptr);
    }
    return arguments;
  }

  void add(ResourceKind kind, value::AttributeId attribute, const Arguments& arguments) {
    switch (kind) {
      case ResourceKind::Port:
        return add_port(attribute);
      case ResourceKind::Registry:
        return add_registry(arguments[0], arguments[2]);
      case ResourceKind::RegistryKey:
        return add_registry(arguments[0], arguments[1]);
      case ResourceKind::Gpo:
        return add_setting(arguments[0]);
      case ResourceKind::Tls:
        return slice_.add_registry_tree(value::folded(kSchannel));
      default:
        for (const EvidenceSection section : value::resource_info(kind).evidence) add(section);
        if (const auto section = section_of_objects(kind)) add_object(*section, arguments[0]);
    }
  }

  /// Sockets, and for what may come in the firewall, too; which of its rules count hangs on who owns a socket.
  void add_port(value::AttributeId attribute) {
    const std::string_view name = value::resource_info(ResourceKind::Port).attributes[attribute].name;
    const bool of_firewall = name == "allowed_from" || name == "blocked_from" || name == "reachable_from";
    if (of_firewall) add(EvidenceSection::Firewall);
    // Rules with conditions on the owner hang on who listens; most ports are decided without.
    if (!of_firewall || name == "reachable_from" || of_program_) add(EvidenceSection::Listeners);
  }

  /// Evidence that is read object by object, by the resource's first argument.
  static std::optional<EvidenceSection> section_of_objects(ResourceKind kind) {
    switch (kind) {
      case ResourceKind::Acl:
        return EvidenceSection::FileSecurity;
      case ResourceKind::RegistryAcl:
        return EvidenceSection::KeySecurity;
      case ResourceKind::ShareAcl:
        return EvidenceSection::Shares;
      case ResourceKind::Certificates:
        return EvidenceSection::Certificates;
      default:
        return std::nullopt;
    }
  }

  void add_object(EvidenceSection section, const Value* name) {
    if (const auto* text = name != nullptr ? name->get<std::string>() : nullptr) {
      slice_.add_object(section, *text);
    } else {
      slice_.add_all_objects(section);
    }
  }

  void add_registry(const Value* key, const Value* view) {
    const auto* text = key != nullptr ? key->get<std::string>() : nullptr;
    if (text == nullptr) return add_whole_registry();
    const auto* bits = view != nullptr ? view->get<value::Number>() : nullptr;
    const bool view32 = bits != nullptr && bits->low == value::Integer::of(32);
    add_key(view32 ? value::registry_key_in_view32(*text) : *text);
  }

  void add_key(std::string_view key) {
    // Controls that follow each other mostly ask for values of one key.
    if (key == last_key_) return;
    last_key_ = key;
    slice_.add_registry_key(value::folded(key));
    if (value::is_per_user_key(key)) add(EvidenceSection::Users);
  }

  /// A key that is computed on the host can be anywhere.
  void add_whole_registry() {
    for (const std::string_view hive : {"HKLM", "HKU"}) slice_.add_registry_tree(hive);
    add_key("HKCU");
  }

  void add_setting(const Value* path) {
    const auto* text = path != nullptr ? path->get<std::string>() : nullptr;
    if (text == nullptr) {
      for (const ir::Setting& setting : program_.settings) add_setting(setting);
      return;
    }
    const auto [first, last] = settings().equal_range(value::folded(*text));
    for (auto entry = first; entry != last; ++entry) add_setting(*entry->second);
  }

  const std::multimap<std::string, const ir::Setting*>& settings() {
    if (settings_.empty()) {
      for (const ir::Setting& setting : program_.settings) {
        settings_.emplace(value::folded(program_.text(setting.path)), &setting);
      }
    }
    return settings_;
  }

  void add_setting(const ir::Setting& setting) {
    if (setting.right != 0) {
      add(EvidenceSection::UserRights);
      add(EvidenceSection::Names);
    }
    if (setting.audit_guid != 0) add(EvidenceSection::AuditPolicy);
    if (setting.inf_key != 0 && setting.key == 0) add(EvidenceSection::AccountPolicy);
    add_setting_key(setting, setting.key);
    for (const ir::SettingElement& element : setting.elements) add_setting_key(setting, element.key);
  }

  void add_setting_key(const ir::Setting& setting, ir::TextId key) {
    if (key == 0) return;
    const std::string path(program_.text(key));
    if (setting.scope != ir::Scope::User) add_key("HKLM\\" + path);
    if (setting.scope != ir::Scope::Machine) add_key("HKCU\\" + path);
  }

  /// Principals that have no SID before the host is known: those it has to look up are named.
  void add_names(const Value& v) {
    if (const auto* principal = v.get<value::Principal>()) {
      if (principal->resolved()) return;
      add(EvidenceSection::Names);
      if (principal->form == value::Principal::Form::Name)
        slice_.add_object(EvidenceSection::Names, principal->name);
    } else if (const auto* set = v.get<value::SetValue>()) {
      for (const Value& element : set->low) add_names(element);
    } else if (const auto* list = v.get<value::ListValue>()) {
      for (const Value& item : list->items) add_names(item);
    } else if (const auto* map = v.get<value::MapValue>()) {
      for (const value::MapEntry& entry : map->entries) add_names(entry.key);
    }
  }

  const ir::Program& program_;
  backends::PlanSlice slice_;
  std::string last_key_;
  bool of_program_ = true;  ///< with what only sharpens an answer: names of principals, owners of sockets
  std::vector<bool> visited_;
  std::multimap<std::string, const ir::Setting*> settings_;  ///< by folded path
};

}  // namespace

backends::PlanSlice plan_slice(const ir::Program& program) {
  return Slicer(program).of_program();
}

backends::PlanSlice plan_slice(const ir::Program& program, const ir::Control& control) {
  return Slicer(program).of_control(control);
}

}  // namespace polc::evaluate
