#include "compiler/resolve/builtin_words.hpp"

#include <array>
#include <string>
#include <unordered_map>

#include "runtime/value/resource.hpp"

namespace polc::compiler {
namespace {

using Meanings = std::unordered_map<std::string_view, std::string>;

constexpr std::array kFunctions{"count", "int", "split",  "lower",     "has_bits", "dword",
                                "qword", "sz",  "binary", "expand_sz", "stig",     "multi_sz",
                                "cis",   "cce", "nist",   "cwe",       "url"};
constexpr std::array kAddressWords{"any", "none", "loopback"};
constexpr std::array kLimitWords{"never", "until_unlocked"};

Meanings collect_meanings() {
  Meanings all;
  for (const value::ResourceInfo& resource : value::resource_catalogue())
    all.try_emplace(resource.name, "a resource");
  for (const value::EnumInfo& enumeration : value::enumerations()) {
    for (const std::string_view member : enumeration.members)
      all.try_emplace(member, "a member of " + std::string(enumeration.name));
  }
  for (const auto* word : kFunctions) all.try_emplace(word, "a function");
  for (const auto* word : kAddressWords) all.try_emplace(word, "an address set");
  for (const auto* word : kLimitWords) all.try_emplace(word, "the value without a limit");
  for (const value::WellKnownPrincipal& principal : value::well_known_principals())
    all.try_emplace(principal.alias, "a principal");
  for (const value::PrivilegeInfo& privilege : value::privileges())
    all.try_emplace(privilege.name, "a privilege");
  for (const auto object_class :
       {value::ObjectClass::File, value::ObjectClass::Share, value::ObjectClass::RegistryKey}) {
    for (const value::RightInfo& right : value::named_rights(object_class))
      all.try_emplace(right.name, "an access right");
  }
  return all;
}

}  // namespace

std::string_view builtin_meaning(std::string_view word) {
  static const Meanings meanings = collect_meanings();
  const auto found = meanings.find(word);
  return found == meanings.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace polc::compiler
