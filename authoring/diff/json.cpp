#include <nlohmann/json.hpp>

#include "authoring/diff/report.hpp"

namespace polc::diff {
namespace {

using Json = nlohmann::ordered_json;

Json place(const ir::Program& program, ir::RangeId id) {
  const ir::SourceRange& range = program.ranges[id];
  if (id == 0 || range.line == 0) return nullptr;
  return Json{{"file", program.text(program.files[range.file].path)},
              {"line", range.line},
              {"column", range.column},
              {"endLine", range.end_line},
              {"endColumn", range.end_column}};
}

Json verdict(const std::optional<evaluate::Verdict>& verdict) {
  return verdict ? Json(evaluate::verdict_name(*verdict)) : Json(nullptr);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

class JsonWriter {
 public:
  explicit JsonWriter(const Difference& difference) : difference_(difference) {}

  Json write(const Names& names) const {
    Json parameters = Json::array();
    for (const ParameterChange& change : difference_.parameters)
      parameters.push_back(Json{{"name", change.name},
                                {"before", text_or_null(change.before)},
                                {"after", text_or_null(change.after)},
                                {"place", place(*difference_.newer, change.place)}});
    Json controls = Json::array();
    for (const ControlDifference& changed : difference_.controls) controls.push_back(control(changed));
    Json unchanged = Json::array();
    for (const std::uint32_t index : difference_.unchanged)
      unchanged.push_back(difference_.newer->text(difference_.newer->controls[index].id));
    return Json{{"format", kDiffFormat},
                {"older", version(*difference_.older, names.older)},
                {"newer", version(*difference_.newer, names.newer)},
                {"exitCode", exit_code(difference_)},
                {"summary", summary()},
                {"policy", claims(difference_.policy)},
                {"parameters", std::move(parameters)},
                {"controls", std::move(controls)},
                {"unchanged", std::move(unchanged)}};
  }

 private:
  static Json version(const ir::Program& program, const std::string& name) {
    return Json{{"name", name},
                {"id", program.text(program.policy.id)},
                {"version", program.text(program.policy.version)},
                {"profile", text_or_null(std::string(program.text(program.profile.name)))}};
  }

  Json summary() const {
    Json out = Json::object();
    const std::vector<std::size_t> counts = diff::counts(difference_);
    for (std::size_t i = kEffects; i-- > 0;)
      out[std::string(effect_name(static_cast<Effect>(i)))] = counts[i];
    out["unchanged"] = difference_.unchanged.size();
    return out;
  }

  Json control(const ControlDifference& changed) const {
    Json causes = Json::array();
    for (const Cause& cause : changed.causes)
      causes.push_back(Json{{"text", cause.text}, {"place", place(*difference_.newer, cause.place)}});
    return Json{{"id", id_of(difference_, changed)},
                {"title", title_of(difference_, changed)},
                {"change", change(changed)},
                {"effect", effect_name(changed.effect)},
                {"severity", ir::severity_name(control_of(difference_, changed).severity)},
                {"place", header(difference_.newer, changed.newer)},
                {"oldPlace", header(difference_.older, changed.older)},
                {"claims", claims(changed.claims)},
                {"causes", std::move(causes)}};
  }

  std::string_view change(const ControlDifference& changed) const {
    if (!changed.older) return "added";
    if (!changed.newer) return "removed";
    const std::string_view before = difference_.older->text(difference_.older->controls[*changed.older].id);
    return before == id_of(difference_, changed) ? "changed" : "renamed";
  }

  static Json header(const ir::Program* program, const std::optional<std::uint32_t>& control) {
    return control ? place(*program, program->controls[*control].header) : Json(nullptr);
  }

  Json claims(const std::vector<Claim>& claims) const {
    Json out = Json::array();
    for (const Claim& claim : claims) {
      const base::DiagnosticInfo* info = base::find_diagnostic(claim.what.code);
      Json witness = nullptr;
      if (claim.witness) {
        witness = Json{{"facts", claim.witness->facts},
                       {"before", verdict(claim.witness->before)},
                       {"after", verdict(claim.witness->after)}};
      }
      out.push_back(Json{{"code", base::code_text(claim.what.code)},
                         {"name", info->name},
                         {"effect", effect_name(claim.effect)},
                         {"message", claim_text(claim)},
                         {"witness", std::move(witness)},
                         {"place", place(*difference_.newer, claim.place)},
                         {"oldPlace", place(*difference_.older, claim.old_place)}});
    }
    return out;
  }

  const Difference& difference_;
};

}  // namespace

std::string write_json(const Difference& difference, const Names& names) {
  return JsonWriter(difference)
             .write(names)
             .dump(2, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace) +
         '\n';
}

}  // namespace polc::diff
