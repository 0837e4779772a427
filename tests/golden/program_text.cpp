#include <fmt/format.h>

#include "runtime/base/escape.hpp"
#include "runtime/ir/op_info.hpp"
#include "tests/golden/case.hpp"

namespace polc::golden {
namespace {

using ir::Op;

class Writer {
 public:
  explicit Writer(const ir::Program& program) : program_(program) {}

  std::string run() {
    profile();
    for (const ir::Parameter& parameter : program_.parameters) this->parameter(parameter);
    for (const ir::Control& control : program_.controls) this->control(control);
    for (const ir::Waiver& waiver : program_.waivers) {
      std::string controls;
      for (const std::uint32_t control : waiver.controls)
        controls += fmt::format(" {}", program_.text(program_.controls[control].id));
      line(fmt::format("waive {} on {} until {}:{}", program_.text(waiver.target), program_.text(waiver.host),
                       waiver.until.text(), controls));
    }
    return text_;
  }

 private:
  void line(const std::string& content) { text_ += base::visible(content) + "\n"; }

  void profile() {
    const ir::Profile& profile = program_.profile;
    if (profile.name == 0) return;
    line(fmt::format("profile {} \"{}\" chosen by {}{}", program_.text(profile.name),
                     program_.text(profile.title), program_.text(profile.origin),
                     words(" extends", profile.extends)));
    if (!profile.excluded.empty()) line(words("  without", profile.excluded));
    for (const ir::Regrading& regrading : profile.regraded) {
      const ir::Control& control = program_.controls[regrading.control];
      line(fmt::format("  severity {} {} instead of {}", program_.text(control.id),
                       ir::severity_name(control.severity), ir::severity_name(regrading.from)));
    }
    for (const ir::Loosening& loosening : profile.loosened) {
      line(fmt::format("  {} loosens {}: {}", program_.text(loosening.profile),
                       program_.text(loosening.target), program_.text(loosening.because)));
    }
  }

  std::string words(std::string text, const std::vector<ir::TextId>& ids) const {
    if (ids.empty()) return {};
    for (const ir::TextId id : ids) text += fmt::format(" {}", program_.text(id));
    return text;
  }

  void parameter(const ir::Parameter& parameter) {
    std::string chain;
    for (const ir::ParameterSource& source : parameter.sources) {
      chain += fmt::format("{}{} ({})", chain.empty() ? "" : " <- ",
                           value::to_text(program_.constants[source.value]), program_.text(source.origin));
    }
    line(fmt::format("param {} = {}", program_.text(parameter.name), chain));
  }

  void control(const ir::Control& control) {
    line(fmt::format("control {} {}", program_.text(control.id), ir::severity_name(control.severity)));
    if (control.guard != ir::kNone) line("  when " + node(control.guard));
    for (const ir::Require& require : control.requires_) {
      const std::string_view label = program_.text(require.label);
      line(fmt::format("  require{}{} {}", label.empty() ? "" : " ", label, node(require.root)));
    }
    if (control.manual) line(fmt::format("  manual {}", program_.text(control.manual->key)));
  }

  std::string node(ir::NodeId id) const {
    const ir::Node& n = program_.nodes[id];
    const ir::NodeId* operands = program_.operands_of(n);
    switch (n.op) {
      case Op::Constant:
        return constant(n);
      case Op::Fact:
        return value::to_text(program_.addresses[n.data]);
      case Op::Variable:
        return fmt::format("${}", n.data);
      default:
        break;
    }
    std::string text = "(" + head(n);
    for (std::uint32_t i = 0; i < n.operand_count; ++i) text += " " + node(operands[i]);
    return text + ")" + marks(n);
  }

  std::string constant(const ir::Node& n) const {
    const value::Value& v = program_.constants[n.data];
    return v.empty() ? "_" : value::to_text(v);
  }

  std::string head(const ir::Node& n) const {
    switch (n.op) {
      case Op::Compare:
        return std::string(ir::comparison_text(n.comparison));
      case Op::Field:
        return fmt::format("field {}", program_.text(n.data));
      case Op::All:
      case Op::Any:
        return fmt::format("{} ${}", ir::op_name(n.op), n.data);
      case Op::MakePort:
        return n.data == 0 ? "tcp" : "udp";
      case Op::IsPresent:
        return n.negated ? "is absent" : "is present";
      case Op::IsResolved:
        return n.negated ? "is not resolved" : "is resolved";
      case Op::Holds:
        return n.negated ? "does not hold" : "holds";
      case Op::Read: {
        const ir::ReadPattern& pattern = program_.reads[n.data];
        const value::ResourceInfo& info = value::resource_info(pattern.resource);
        return fmt::format("{}.{}", info.name, info.attributes[pattern.attribute].name);
      }
      default:
        return std::string(ir::op_name(n.op));
    }
  }

  /// How the node settles absence, where it is not the adverse way.
  std::string marks(const ir::Node& n) const {
    const bool settles = ir::is_atom(n.op) || n.op == Op::All || n.op == Op::Any || n.op == Op::Select;
    if (!settles || n.op == Op::IsPresent) return {};
    std::string marks;
    switch (n.absence) {
      case ir::AbsenceRule::Fails:
        break;
      case ir::AbsenceRule::Passes:
        marks += "?passes";
        break;
      case ir::AbsenceRule::Default:
        marks += "?default";
        break;
      case ir::AbsenceRule::Settled:
        marks += "?settled";
        break;
    }
    return n.guard ? marks + "?guard" : marks;
  }

  const ir::Program& program_;
  std::string text_;
};

}  // namespace

std::string program_text(const ir::Program& program) {
  return Writer(program).run();
}

}  // namespace polc::golden
