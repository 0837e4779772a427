// Every diagnostic of policy files and exports, shown once in full: message and hint.
#include <set>

#include "runtime/base/diagnostics/evidence.hpp"
#include "tests/unit/catch.hpp"

namespace polc {
namespace {

struct Shown {
  base::Diagnostic diagnostic;
  const char* text;  ///< message, or message [hint]
};

}  // namespace

TEST_CASE("diagnostics of policy files and exports, in full") {
  const Shown all[] = {
      {diag::RefusedTarget{.name = "a.reg", .problem = "neither a key nor a value"}.at(),
       "'a.reg' cannot be read: neither a key nor a value"},
      {diag::FolderNotRead{.folder = "gpos", .why = "too many folders"}.at(),
       "'gpos' cannot be searched for Group Policy objects: too many folders [name the folder of one object, "
       "such as "
       "backup/{GUID}]"},
      {diag::DamagedPart{.part = "Registry.pol", .problem = "byte 0x8: entry 1"}.at(),
       "'Registry.pol' is not used: byte 0x8: entry 1"},
      {diag::StoredPassword{.part = "Groups.xml"}.at(),
       "'Groups.xml' holds a password (cpassword) [remove it and change the password; see Microsoft security "
       "bulletin "
       "MS14-025]"},
      {diag::SkippedSection{.section = "Kerberos Policy"}.at(), "section [Kerberos Policy] is not read"},
      {diag::NotARegistryPath{.path = "X"}.at(), "'X' names no registry key or value"},
      {diag::KeyOfNobody{.path = "HKCU\\A"}.at(),
       "'HKCU\\A' does not say whose, and is left out [export HKEY_USERS\\<SID>, or judge the file as a "
       "policy with "
       "--layer policy]"},
      {diag::TemplateNotWhole{.name = "a.inf", .problem = "line 2: not name = value"}.at(),
       "what 'a.inf' does not list is unknown: line 2: not name = value [copy or export it again]"},
      {diag::UnknownTemplateName{.section = "Privilege Rights", .name = "SeX"}.at(),
       "[Privilege Rights] has no 'SeX' [what the section does not list is unknown]"},
      {diag::DisabledHalf{.part = "Registry.pol", .half = "user"}.at(),
       "'Registry.pol' is not applied: the object's user settings are disabled [they count as not "
       "configured; "
       "enable them in the object's GPO status]"},
      {diag::FilteredObject{.object = "t/{A}"}.at(),
       "'t/{A}' has a WMI filter, which decides on each machine whether it is applied"},
  };
  std::set<std::uint16_t> covered;
  for (const Shown& s : all) {
    const std::string hint = base::hint_of(s.diagnostic);
    CHECK(base::message_of(s.diagnostic) + (hint.empty() ? "" : " [" + hint + "]") == s.text);
    covered.insert(s.diagnostic.code);
  }
  for (const base::DiagnosticInfo& info : base::diagnostic_registry()) {
    if (info.code < 3560 || info.code > 3579) continue;
    CAPTURE(info.code, info.name);
    CHECK(covered.contains(info.code));
  }
}

}  // namespace polc
