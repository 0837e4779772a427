#include "runtime/value/principals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"
#include "runtime/base/hash.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::value {
namespace {

/// The name in front of the backslash, and the SIDs it stands for.
struct Authority {
  std::string_view name;
  std::string_view sid_prefix;
};

constexpr std::array kAuthorities{
    Authority{"BUILTIN", "S-1-5-32-"},
    Authority{"NT AUTHORITY", "S-1-5-"},
    Authority{"APPLICATION PACKAGE AUTHORITY", "S-1-15-"},
    Authority{"NT SERVICE", "S-1-5-80-"},
    Authority{"NT VIRTUAL MACHINE", "S-1-5-83-"},
    Authority{"Window Manager", "S-1-5-90-"},
    Authority{"Font Driver Host", "S-1-5-96-"},
    Authority{"Mandatory Label", "S-1-16-"},
};

constexpr std::string_view kAppPool = "IIS AppPool";
constexpr std::string_view kService = "NT SERVICE";

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

/// The most specific authority of a SID: "NT AUTHORITY" does not own what BUILTIN owns.
const Authority* authority_of(std::string_view sid) {
  const Authority* best = nullptr;
  for (const Authority& authority : kAuthorities) {
    const bool longer = best == nullptr || authority.sid_prefix.size() > best->sid_prefix.size();
    if (begins_with(sid, authority.sid_prefix) && longer) best = &authority;
  }
  return best;
}

const WellKnownPrincipal* well_known_by_alias(std::string_view alias) {
  const auto& all = well_known_principals();
  const auto found = std::find_if(all.begin(), all.end(), [&](const WellKnownPrincipal& p) {
    return base::equal_folded(p.alias, alias);
  });
  return found == all.end() ? nullptr : &*found;
}

Principal from_well_known(const WellKnownPrincipal& known) {
  Principal principal;
  principal.sid = known.sid;
  principal.name = known.alias;
  if (known.sid.empty()) {
    principal.form =
        known.domain_relative ? Principal::Form::DomainRelative : Principal::Form::MachineRelative;
    principal.rid = known.relative_rid;
  }
  return principal;
}

Principal from_sid(std::string sid) {
  Principal principal;
  if (const WellKnownPrincipal* known = well_known_by_sid(sid)) principal.name = known->alias;
  principal.sid = std::move(sid);
  return principal;
}

Principal computed(std::string sid, std::string_view written) {
  Principal principal;
  principal.sid = std::move(sid);
  principal.name = written;
  return principal;
}

Principal named(std::string_view name) {
  Principal principal;
  principal.form = Principal::Form::Name;
  principal.name = name;
  return principal;
}

/// SIDs of sessions: 'Window Manager\DWM-3' is S-1-5-90-0-3.
std::optional<std::string> session_sid(std::string_view authority, std::string_view name) {
  const bool window_manager =
      base::equal_folded(authority, "Window Manager") && begins_with(base::fold_case(name), "DWM-");
  const bool font_driver =
      base::equal_folded(authority, "Font Driver Host") && begins_with(base::fold_case(name), "UMFD-");
  if (!window_manager && !font_driver) return std::nullopt;
  const std::string_view number = name.substr(name.find('-') + 1);
  return canonical_sid(fmt::format("S-1-5-{}-0-{}", window_manager ? 90 : 96, number));
}

std::optional<Principal> from_qualified(std::string_view authority, std::string_view name,
                                        std::string_view written) {
  if (base::equal_folded(authority, kAppPool)) return computed(application_pool_sid(name), written);
  const WellKnownPrincipal* known = well_known_by_alias(name);
  if (known != nullptr && !known->sid.empty()) {
    const Authority* owner = authority_of(known->sid);
    if (owner != nullptr && base::equal_folded(owner->name, authority)) return from_well_known(*known);
  }
  if (base::equal_folded(authority, kService)) return computed(service_sid(name), written);
  if (const auto sid = session_sid(authority, name)) return computed(*sid, written);
  const bool reserved = std::any_of(kAuthorities.begin(), kAuthorities.end(), [&](const Authority& a) {
    return base::equal_folded(a.name, authority);
  });
  if (reserved) return std::nullopt;
  return named(written);
}

// --- computed SIDs

/// UTF-16LE bytes of the name with each unit mapped by `change_case`; bytes that are not UTF-8 become U+FFFD.
template <class ChangeCase>
std::string utf16le(std::string_view text, ChangeCase change_case) {
  std::string bytes;
  const auto put = [&](char16_t unit) {
    const char16_t mapped = change_case(unit);
    bytes.push_back(static_cast<char>(mapped & 0xFFU));
    bytes.push_back(static_cast<char>(mapped >> 8U));
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = base::decode_utf8(text, i);
    const char32_t c = decoded ? decoded->value : char32_t{0xFFFD};
    i += decoded ? decoded->length : 1;
    if (c > 0xFFFF) {
      put(static_cast<char16_t>(0xD800U + ((c - 0x10000U) >> 10U)));
      put(static_cast<char16_t>(0xDC00U + ((c - 0x10000U) & 0x3FFU)));
    } else {
      put(static_cast<char16_t>(c));
    }
  }
  return bytes;
}

std::string sid_of_digest(std::string_view prefix, const base::Sha1& digest) {
  std::string sid(prefix);
  for (std::size_t i = 0; i < digest.size(); i += 4) {
    const std::uint32_t word = digest[i] | static_cast<std::uint32_t>(digest[i + 1]) << 8U |
                               static_cast<std::uint32_t>(digest[i + 2]) << 16U |
                               static_cast<std::uint32_t>(digest[i + 3]) << 24U;
    sid += fmt::format("-{}", word);
  }
  return sid;
}

/// A name that reads back as this very principal, or as one that only the host can tell.
bool is_safe_name(const Principal& principal) {
  if (principal.name.empty() || !canonical_account_name(principal.name)) return false;
  const auto read_back = principal_from_text(principal.name);
  if (!read_back) return false;
  if (read_back->form == Principal::Form::Name) return true;
  return read_back->resolved() ? read_back->sid == principal.sid
                               : !principal.resolved() || principal.sid == kNobody;
}

}  // namespace

std::optional<Principal> principal_from_text(std::string_view text) {
  if (auto sid = canonical_sid(text)) return from_sid(std::move(*sid));
  const auto name = canonical_account_name(text);
  if (!name) return std::nullopt;
  const std::size_t backslash = name->find('\\');
  if (backslash != std::string::npos) {
    return from_qualified(std::string_view(*name).substr(0, backslash),
                          std::string_view(*name).substr(backslash + 1), *name);
  }
  if (const WellKnownPrincipal* known = well_known_by_alias(*name)) return from_well_known(*known);
  const std::size_t at = name->find('@');
  if (at != std::string::npos && at > 0 && at + 1 < name->size()) return named(*name);
  return std::nullopt;
}

std::string_view nearest_alias(std::string_view text) {
  const std::size_t backslash = text.find('\\');
  const std::string_view name = backslash == std::string_view::npos ? text : text.substr(backslash + 1);
  std::vector<std::string_view> aliases;
  for (const WellKnownPrincipal& known : well_known_principals()) aliases.push_back(known.alias);
  return base::nearest(name, aliases);
}

std::string application_pool_sid(std::string_view name) {
  return sid_of_digest("S-1-5-82", base::sha1(utf16le(name, base::downcase)));
}

std::string service_sid(std::string_view name) {
  return sid_of_digest("S-1-5-80", base::sha1(utf16le(name, base::upcase)));
}

const WellKnownPrincipal* well_known_by_sid(std::string_view sid) {
  if (sid.empty()) return nullptr;
  const auto& all = well_known_principals();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const WellKnownPrincipal& p) { return p.sid == sid; });
  return found == all.end() ? nullptr : &*found;
}

std::string to_text(const Principal& principal) {
  std::string_view text = principal.sid;
  if (const WellKnownPrincipal* known = well_known_by_sid(principal.sid)) {
    text = known->alias;
  } else if (!principal.resolved() || principal.sid == kNobody || is_safe_name(principal)) {
    text = principal.name;
  }
  return is_bare_word(text) ? std::string(text) : quoted_raw(text);
}

}  // namespace polc::value
