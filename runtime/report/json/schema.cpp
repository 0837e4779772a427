#include <nlohmann/json.hpp>

#include "runtime/report/json/json.hpp"
#include "runtime/report/json/schema_parts.hpp"

namespace polc::report {
namespace {

using namespace schema;

Json severity(std::string_view description) {
  return one_of({"critical", "high", "medium", "low", "info"}, description);
}
Json verdict(std::string_view description) {
  return one_of({"fail", "unknown", "review", "waived", "pass", "notApplicable"}, description);
}
Json truth(std::string_view description) {
  return one_of({"true", "false", "unknown"}, description);
}
Json layer(std::string_view description) {
  return one_of({"effective", "policy"}, description);
}

Json policy() {
  return object(
      {{"id", text("Identity of the policy.")},
       {"title", text("Its title.")},
       {"version", text("Its version, as written.")},
       {"description", text("Its description.")},
       {"source", text("What it is derived from.")},
       {"language", number("Version of the policy language.")},
       {"files", list_of(object({{"path", text("Relative to the root; the module name if embedded.")},
                                 {"embedded", flag("Part of polc itself.")},
                                 {"sha256", text("SHA-256 of the file, hexadecimal.")}}),
                         "Every file that was compiled, the one on the command line first.")}});
}

Json target() {
  return object({{"name", text("The target as named on the command line, never absolute.")},
                 {"backend", text("What read it: \"snapshot\".")},
                 {"layer", layer("What it is evidence of.")},
                 {"collectedAt", or_null("string", "UTC instant; null if unknown.")},
                 {"sha256", or_null("string", "SHA-256 of the file; null if it is no file.")}});
}

Json parameter() {
  return object(
      {{"name", text("Name of the parameter.")},
       {"type", text("Its type.")},
       {"domain", text("The values it may have, as written.")},
       {"value", text("The value that was used, in policy syntax.")},
       {"origin", text("Where the value came from: \"default\", \"--set\", \"polc.yaml:7\".")},
       {"provenance", list_of(object({{"value", text("A value that it was given, in policy syntax.")},
                                      {"origin", text("By what: \"profile kiosk\".")},
                                      {"place", reference_or_null("place", "Where in the policy.")}}),
                              "Every value that it was given, the one that counts last.")},
       {"description", text("What it is for.")},
       {"place", reference_or_null("place", "Its declaration.")}});
}

Json profile() {
  return object(
      {{"name", text("Its name.")},
       {"title", text("Its title, may be empty.")},
       {"origin", text("Who chose it: \"--profile\", \"polc.yaml:3\".")},
       {"extends", texts("Everything that it extends, directly or not; what is extended comes first.")},
       {"excluded", texts("Ids of the controls that it leaves out.")},
       {"severities", list_of(object({{"id", text("Control id.")},
                                      {"from", severity("The control's own severity.")},
                                      {"to", severity("The severity that it has here.")},
                                      {"place", reference_or_null("place", "The clause.")}}),
                              "Severities that it changes.")},
       {"loosened", list_of(object({{"profile", text("The profile that says so.")},
                                    {"target", text("Which controls, as written.")},
                                    {"because", text("Why.")},
                                    {"place", reference_or_null("place", "The clause.")}}),
                            "What it lets be looser than the policy.")},
       {"place", reference_or_null("place", "Its declaration.")}});
}

Json gate() {
  return object({{"failOn", severity("The least severity that makes the exit code 1.")},
                 {"unknown", one_of({"fail", "warn"}, "Whether unknowns and reviews alone make it 2.")},
                 {"newOnly", flag("Whether problems that the baseline had do not count.")}});
}

Json baseline() {
  return object({{"name", text("The file.")},
                 {"absent", list_of(object({{"fingerprint", text("Fingerprint of the old result.")},
                                            {"id", text("Control id at that time.")},
                                            {"verdict", verdict("Its verdict at that time.")}}),
                                    "Results of the baseline whose control is no longer in the policy.")}});
}

Json summary() {
  const auto count = [](std::string_view what) { return number(what); };
  return object({{"total", count("Controls that were judged.")},
                 {"fail", count("Controls that fail.")},
                 {"unknown", count("Controls that could not be evaluated.")},
                 {"review", count("Controls that await an attestation.")},
                 {"waived", count("Failing controls with an active waiver.")},
                 {"pass", count("Controls that pass.")},
                 {"notApplicable", count("Controls whose guard is false.")},
                 {"failures", described(object({{"critical", count("Failures of this severity.")},
                                                {"high", count("Failures of this severity.")},
                                                {"medium", count("Failures of this severity.")},
                                                {"low", count("Failures of this severity.")},
                                                {"info", count("Failures of this severity.")}}),
                                        "Failures by severity.")}});
}

Json control() {
  return object(
      {{"id", text("Stable id.")},
       {"title", text("Title.")},
       {"group", or_null("string", "Title of its group.")},
       {"severity", severity("Severity.")},
       {"verdict", verdict("The verdict, after waivers.")},
       {"rawVerdict", verdict("The verdict before waivers.")},
       {"message", text("What is the matter, in sentences.")},
       {"fingerprint", text("Identity across edits and renames.")},
       {"baselineState", Json{{"enum", Json::array({"new", "unchanged", "updated", nullptr})},
                              {"description", "How it compares with the baseline; null without one."}}},
       {"vacuous", flag("Passes only because there was nothing to check.")},
       {"passesByDefault", flag("Fails on absence, and the Windows default would satisfy it.")},
       {"description", text("Documentation comment.")},
       {"rationale", text("Why it is required, Markdown.")},
       {"fix", text("How to remedy it, Markdown.")},
       {"tags", texts("Tags.")},
       {"references",
        list_of(object({{"kind", one_of({"stig", "cis", "cce", "nist", "cwe", "url"}, "The standard.")},
                        {"id", text("Identifier in it.")}}),
                "Entries of standards that ask for the same.")},
       {"formerly", texts("Older ids.")},
       {"place", reference_or_null("place", "Its declaration.")},
       {"guard", reference_or_null("requirement", "Its applicability guard.")},
       {"requirements", list_of(reference("requirement"), "What it requires, in source order.")},
       {"manual", described(Json{{"anyOf", Json::array({reference("manual"), Json{{"type", "null"}}})}},
                            "What a person must check.")},
       {"unknowns", list_of(object({{"reason", text("Why it is unknown: \"access denied\".")},
                                    {"address", text("Address of the fact.")},
                                    {"detail", text("The words of the host or the snapshot.")}}),
                            "Why the verdict is unknown.")},
       {"waiver", or_null("integer", "Index of the waiver that counts.")}});
}

Json requirement() {
  return object(
      {{"label", text("Label, may be empty.")},
       {"expression", text("The expression as written.")},
       {"place", reference_or_null("place", "Where it stands.")},
       {"truth", truth("Whether it holds.")},
       {"values", list_of(reference("value"), "Sub-expressions with their values, by place.")},
       {"witnesses", list_of(object({{"binding", text("The element: \"p = 40101/tcp\".")},
                                     {"values", list_of(reference("value"), "Values for this element.")}}),
                             "Elements that decided a quantifier, the first few.")},
       {"moreWitnesses", number("How many more there are.")},
       {"passesWhen", texts("What would make it hold.")},
       {"notes", texts("Remarks.")}});
}

Json value() {
  return object({{"offset", number("Byte of the expression that the value hangs under.")},
                 {"value", text("The value in policy syntax; of sensitive facts \"met\" or \"unmet\".")},
                 {"address", text("Canonical address of a fact, else empty.")},
                 {"evidence", list_of(object({{"backend", text("What read it.")},
                                              {"file", text("File, may be empty.")},
                                              {"line", number("Line, 0 if unknown.")},
                                              {"column", number("Column, 0 if unknown.")},
                                              {"note", text("The object in the host's own words.")}}),
                                      "Where it was read.")}});
}

Json waiver_state(std::string_view what) {
  return one_of({"active", "not yet", "expiring", "expired", "unused", "idle", "other host"}, what);
}

Json waiver() {
  return object({{"index", number("Index that controls refer to.")},
                 {"target", text("What it covers, as written: a control id, a pattern, tags, groups.")},
                 {"controls", list_of(object({{"id", text("Control id.")},
                                              {"state", waiver_state("Its state for this control.")}}),
                                      "The controls that it covers.")},
                 {"host", text("Host pattern.")},
                 {"from", or_null("string", "First day, UTC.")},
                 {"until", text("Last day, UTC.")},
                 {"reason", text("Why it was granted.")},
                 {"owner", text("Who answers for it.")},
                 {"ticket", text("Ticket, may be empty.")},
                 {"state", waiver_state("Its state as a whole.")},
                 {"place", reference_or_null("place", "Its declaration.")}});
}

Json notice() {
  return object({{"code", text("Diagnostic code: \"POL4501\".")},
                 {"level", one_of({"error", "warning", "note"}, "Level.")},
                 {"message", text("What was seen.")},
                 {"hint", text("What to do, may be empty.")},
                 {"controls", texts("Ids of the controls it concerns.")},
                 {"place", reference_or_null("place", "Where in the policy.")}});
}

Json run() {
  return object(
      {{"policy", policy()},
       {"host", object({{"name", or_null("string", "Name of the host; null if the evidence does not say.")},
                        {"os", text("Product name, may be empty.")},
                        {"build", or_null("integer", "Build number.")}})},
       {"layer", layer("Which question was judged.")},
       {"asOf", text("The clock of the evaluation, UTC.")},
       {"started", or_null("string", "When polc started; null with --deterministic.")},
       {"finished", or_null("string", "When it finished; null with --deterministic.")},
       {"targets", list_of(target(), "Where the evidence came from, in order.")},
       {"profile", Json{{"anyOf", Json::array({profile(), Json{{"type", "null"}}})},
                        {"description", "The profile that the policy was compiled with."}}},
       {"parameters", list_of(parameter(), "Every parameter, in source order.")},
       {"gate", gate()},
       {"baseline", Json{{"anyOf", Json::array({baseline(), Json{{"type", "null"}}})},
                         {"description", "The report it was compared with."}}},
       {"summary", summary()},
       {"exitCode", number("Exit code of this run.")},
       {"controls", list_of(reference("control"), "Every control that was judged, in source order.")},
       {"waivers", list_of(waiver(), "Every waiver, in source order.")},
       {"notices",
        list_of(notice(),
                "What could not be read, waivers to look at, the profile, parameters that were set.")}});
}

Json place() {
  return object({{"file", text("Relative to the root.")},
                 {"line", number("1-based.")},
                 {"column", number("1-based, in code points.")},
                 {"endLine", number("1-based.")},
                 {"endColumn", number("Exclusive.")}});
}

Json manual() {
  return object({{"instruction", text("What to check.")},
                 {"key", text("Key of the attestation.")},
                 {"withinSeconds", or_null("integer", "Greatest age of the attestation.")},
                 {"state", one_of({"none", "yes", "no", "not attested", "expired", "conflicting"},
                                  "The attestation.")}});
}

}  // namespace

std::string report_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "polc report"},
              {"description", "Output of polc check --report json (docs/report-json.md)."}};
  schema.update(
      object({{"format", Json{{"const", kReportFormat}}},
              {"tool", object({{"name", Json{{"const", "polc"}}}, {"version", text("Version of polc.")}})},
              {"exitCode", number("Exit code of the process: the worst of all runs.")},
              {"runs", list_of(reference("run"), "One for each policy and host.")}}));
  schema["$defs"] = Json{{"run", run()},     {"control", control()}, {"requirement", requirement()},
                         {"value", value()}, {"manual", manual()},   {"place", place()}};
  return schema.dump(2) + '\n';
}

}  // namespace polc::report
