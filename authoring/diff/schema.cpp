#include <nlohmann/json.hpp>

#include "authoring/diff/report.hpp"
#include "runtime/report/json/schema_parts.hpp"

namespace polc::diff {
namespace {

using namespace report::schema;

Json effect(std::string_view description) {
  return one_of({"equal", "stricter", "undetermined", "looser", "incomparable"}, description);
}

Json version() {
  return object({{"name", text("What it was called on the command line.")},
                 {"id", text("Identity of the policy.")},
                 {"version", text("Its version, as written.")},
                 {"profile", or_null("string", "The profile that tailors it.")}});
}

Json summary() {
  return object({{"incomparable", number("Controls that are looser and stricter.")},
                 {"looser", number("Controls that accept more.")},
                 {"undetermined", number("Controls that may accept more.")},
                 {"stricter", number("Controls that accept less.")},
                 {"equal", number("Controls that changed and accept the same.")},
                 {"unchanged", number("Controls of which nothing is said.")}});
}

Json parameter() {
  return object({{"name", text("Name of the parameter.")},
                 {"before", or_null("string", "Its older value, in policy syntax; null if it is new.")},
                 {"after", or_null("string", "Its newer value; null if it is gone.")},
                 {"place", reference_or_null("place", "Its declaration in the newer version.")}});
}

Json control() {
  return object(
      {{"id", text("Control id, the newer one.")},
       {"title", text("Its title.")},
       {"change", one_of({"changed", "renamed", "added", "removed"}, "What happened to the declaration.")},
       {"effect", effect("What all claims together mean.")},
       {"severity", one_of({"critical", "high", "medium", "low", "info"}, "Its severity, the newer one.")},
       {"place", reference_or_null("place", "Its declaration in the newer version.")},
       {"oldPlace", reference_or_null("place", "Its declaration in the older version.")},
       {"claims", list_of(reference("claim"), "What changed.")},
       {"causes", list_of(object({{"text", text("A parameter, helper or setting that is not the same.")},
                                  {"place", reference_or_null("place", "Where, in the newer version.")}}),
                          "What the change comes from, elsewhere in the policy.")}});
}

Json claim() {
  return object({{"code", text("Code of the claim, docs/diagnostics.md.")},
                 {"name", text("Name of the code.")},
                 {"effect", effect("What the claim means.")},
                 {"message", text("The claim in words.")},
                 {"witness", reference_or_null("witness", "What tells both versions apart.")},
                 {"place", reference_or_null("place", "In the newer version; null: at the control.")},
                 {"oldPlace", reference_or_null("place", "In the older version.")}});
}

Json witness() {
  const Json verdicts =
      Json::array({"pass", "fail", "unknown", "notApplicable", "review", "waived", nullptr});
  return object({{"facts", texts("All that matters of the host, or of the day.")},
                 {"before", Json{{"enum", verdicts}, {"description", "Older verdict; null: not judged."}}},
                 {"after", Json{{"enum", verdicts}, {"description", "Newer verdict; null: not judged."}}}});
}

Json place() {
  return object({{"file", text("Relative to the root of its version.")},
                 {"line", number("1-based.")},
                 {"column", number("1-based, in code points.")},
                 {"endLine", number("1-based.")},
                 {"endColumn", number("Exclusive.")}});
}

}  // namespace

std::string diff_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "polc diff"},
              {"description", "Output of polc diff --report json (docs/diff.md)."}};
  schema.update(
      object({{"format", Json{{"const", kDiffFormat}}},
              {"older", version()},
              {"newer", version()},
              {"exitCode", number("Exit code of the process.")},
              {"summary", summary()},
              {"policy", list_of(reference("claim"), "Claims about the policy as a whole.")},
              {"parameters", list_of(parameter(), "Parameters with another value, by name.")},
              {"controls", list_of(reference("control"),
                                   "Controls that changed, in the newer order; removed ones last.")},
              {"unchanged", texts("Ids of all other controls of the newer version.")}}));
  schema["$defs"] =
      Json{{"control", control()}, {"claim", claim()}, {"witness", witness()}, {"place", place()}};
  return schema.dump(2) + '\n';
}

}  // namespace polc::diff
