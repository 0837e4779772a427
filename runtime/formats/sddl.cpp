#include "runtime/formats/sddl.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::formats {
namespace {

using value::Principal;

// --- tables of [MS-DTYP] 2.5.1.1

struct NamedMask {
  std::string_view name;
  std::uint32_t mask;
};

constexpr std::array<NamedMask, 28> kRights{{
    {"GA", 0x10000000}, {"GX", 0x20000000}, {"GW", 0x40000000}, {"GR", 0x80000000},  // generic
    {"SD", 0x00010000}, {"RC", 0x00020000}, {"WD", 0x00040000}, {"WO", 0x00080000},  // standard
    {"CC", 0x00000001}, {"DC", 0x00000002}, {"LC", 0x00000004}, {"SW", 0x00000008},  // directory service
    {"RP", 0x00000010}, {"WP", 0x00000020}, {"DT", 0x00000040}, {"LO", 0x00000080}, {"CR", 0x00000100},
    {"FA", 0x001F01FF}, {"FR", 0x00120089}, {"FW", 0x00120116}, {"FX", 0x001200A0},  // file
    {"KA", 0x000F003F}, {"KR", 0x00020019}, {"KW", 0x00020006}, {"KX", 0x00020019},  // registry key
    {"NW", 0x00000001}, {"NR", 0x00000002}, {"NX", 0x00000004},                      // mandatory label
}};

constexpr std::array<NamedMask, 9> kFlags{{
    {"OI", ace_flag::kObjectInherit},
    {"CI", ace_flag::kContainerInherit},
    {"NP", ace_flag::kNoPropagate},
    {"IO", ace_flag::kInheritOnly},
    {"ID", ace_flag::kInherited},
    {"SA", 0},
    {"FA", 0},  // audit flags mean nothing in a discretionary list
    {"TP", 0},
    {"CR", 0},
}};

struct SidAlias {
  std::string_view alias;
  Principal::Form form;
  std::string_view sid;  ///< of Form::Sid
  std::uint32_t rid;     ///< of the relative forms
};

constexpr auto kAbsolute = Principal::Form::Sid;
constexpr auto kDomain = Principal::Form::DomainRelative;
constexpr auto kMachine = Principal::Form::MachineRelative;

constexpr std::array<SidAlias, 66> kAliases{{
    {"AA", kAbsolute, "S-1-5-32-579", 0},
    {"AC", kAbsolute, "S-1-15-2-1", 0},
    {"AN", kAbsolute, "S-1-5-7", 0},
    {"AO", kAbsolute, "S-1-5-32-548", 0},
    {"AP", kDomain, "", 525},
    {"AS", kAbsolute, "S-1-18-1", 0},
    {"AU", kAbsolute, "S-1-5-11", 0},
    {"BA", kAbsolute, "S-1-5-32-544", 0},
    {"BG", kAbsolute, "S-1-5-32-546", 0},
    {"BO", kAbsolute, "S-1-5-32-551", 0},
    {"BU", kAbsolute, "S-1-5-32-545", 0},
    {"CA", kDomain, "", 517},
    {"CD", kAbsolute, "S-1-5-32-574", 0},
    {"CG", kAbsolute, "S-1-3-1", 0},
    {"CN", kDomain, "", 522},
    {"CO", kAbsolute, "S-1-3-0", 0},
    {"CY", kAbsolute, "S-1-5-32-569", 0},
    {"DA", kDomain, "", 512},
    {"DC", kDomain, "", 515},
    {"DD", kDomain, "", 516},
    {"DG", kDomain, "", 514},
    {"DU", kDomain, "", 513},
    {"EA", kDomain, "", 519},
    {"ED", kAbsolute, "S-1-5-9", 0},
    {"EK", kDomain, "", 527},
    {"ER", kAbsolute, "S-1-5-32-573", 0},
    {"ES", kAbsolute, "S-1-5-32-576", 0},
    {"HA", kAbsolute, "S-1-5-32-578", 0},
    {"HI", kAbsolute, "S-1-16-12288", 0},
    {"IS", kAbsolute, "S-1-5-32-568", 0},
    {"IU", kAbsolute, "S-1-5-4", 0},
    {"KA", kDomain, "", 526},
    {"LA", kMachine, "", 500},
    {"LG", kMachine, "", 501},
    {"LS", kAbsolute, "S-1-5-19", 0},
    {"LU", kAbsolute, "S-1-5-32-559", 0},
    {"LW", kAbsolute, "S-1-16-4096", 0},
    {"ME", kAbsolute, "S-1-16-8192", 0},
    {"MP", kAbsolute, "S-1-16-8448", 0},
    {"MS", kAbsolute, "S-1-5-32-577", 0},
    {"MU", kAbsolute, "S-1-5-32-558", 0},
    {"NO", kAbsolute, "S-1-5-32-556", 0},
    {"NS", kAbsolute, "S-1-5-20", 0},
    {"NU", kAbsolute, "S-1-5-2", 0},
    {"OW", kAbsolute, "S-1-3-4", 0},
    {"PA", kDomain, "", 520},
    {"PO", kAbsolute, "S-1-5-32-550", 0},
    {"PS", kAbsolute, "S-1-5-10", 0},
    {"PU", kAbsolute, "S-1-5-32-547", 0},
    {"RA", kAbsolute, "S-1-5-32-575", 0},
    {"RC", kAbsolute, "S-1-5-12", 0},
    {"RD", kAbsolute, "S-1-5-32-555", 0},
    {"RE", kAbsolute, "S-1-5-32-552", 0},
    {"RM", kAbsolute, "S-1-5-32-580", 0},
    {"RO", kDomain, "", 498},
    {"RS", kDomain, "", 553},
    {"RU", kAbsolute, "S-1-5-32-554", 0},
    {"SA", kDomain, "", 518},
    {"SI", kAbsolute, "S-1-16-16384", 0},
    {"SO", kAbsolute, "S-1-5-32-549", 0},
    {"SS", kAbsolute, "S-1-18-2", 0},
    {"SU", kAbsolute, "S-1-5-6", 0},
    {"SY", kAbsolute, "S-1-5-18", 0},
    {"UD", kAbsolute, "S-1-5-84-0-0-0-0-0", 0},
    {"WD", kAbsolute, "S-1-1-0", 0},
    {"WR", kAbsolute, "S-1-5-33", 0},
}};

constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return upper(x) == upper(y); });
}

const SidAlias* find_alias(std::string_view text) {
  const auto found = std::find_if(kAliases.begin(), kAliases.end(),
                                  [&](const SidAlias& alias) { return same(alias.alias, text); });
  return found == kAliases.end() ? nullptr : &*found;
}

std::string quoted(std::string_view text) {
  return "\"" + std::string(text.substr(0, 64)) + "\"";
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Hexadecimal (0x), octal (0...) or decimal, at most 32 bits.
std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t base = 10;
  if (text.size() > 2 && text[0] == '0' && upper(text[1]) == 'X') {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() > 1 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    const char u = upper(c);
    std::uint32_t digit = 99;
    if (u >= '0' && u <= '9') digit = static_cast<std::uint32_t>(u - '0');
    if (u >= 'A' && u <= 'F') digit = static_cast<std::uint32_t>(u - 'A') + 10;
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
    if (value > UINT32_MAX) return std::nullopt;
  }
  return text.empty() ? std::nullopt : std::optional(static_cast<std::uint32_t>(value));
}

class SddlParser {
 public:
  explicit SddlParser(std::string_view text) : text_(text) {}

  Parsed<SecurityDescriptor> parse() {
    if (text_.size() > limits::kSddlBytes) return parse_error(0, "security descriptor is too long");
    skip_spaces();
    while (position_ < text_.size()) {
      if (!component()) return tl::unexpected<ParseError>(error_);
      skip_spaces();
    }
    return std::move(descriptor_);
  }

 private:
  bool fail(std::size_t offset, std::string what) {
    error_ = {offset, std::move(what)};
    return false;
  }

  void skip_spaces() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }

  bool component() {
    const auto start = position_;
    if (position_ + 1 >= text_.size() || text_[position_ + 1] != ':') {
      return fail(start, "expected O:, G:, D: or S: in a security descriptor");
    }
    const char letter = upper(text_[position_]);
    position_ += 2;
    skip_spaces();
    const auto repeated = [&](bool& seen) {
      if (seen) return !fail(start, std::string("part ") + letter + ": is given twice");
      seen = true;
      return false;
    };
    switch (letter) {
      case 'O':
        return !repeated(seen_owner_) && principal_component(descriptor_.owner);
      case 'G':
        return !repeated(seen_group_) && principal_component(descriptor_.group);
      case 'D':
        return !repeated(seen_list_) && access_list();
      case 'S':
        return !repeated(seen_system_list_) && system_list();
      default:
        return fail(start, "expected O:, G:, D: or S: in a security descriptor");
    }
  }

  /// A SID or alias that runs to the next "X:" part or to the end.
  bool principal_component(std::optional<Principal>& target) {
    const auto start = position_;
    auto end = text_.find(':', start);
    end = end == std::string_view::npos ? text_.size() : end - 1;
    if (end < start) return fail(start, "missing security identifier");
    position_ = end;
    Principal parsed;
    if (!principal(trimmed(text_.substr(start, end - start)), start, parsed)) return false;
    target = std::move(parsed);
    return true;
  }

  bool principal(std::string_view text, std::size_t offset, Principal& out) {
    if (text.empty()) return fail(offset, "missing security identifier");
    if (text.size() == 2) {
      const SidAlias* alias = find_alias(text);
      if (alias == nullptr) return fail(offset, "unknown SID alias " + quoted(text));
      out = Principal{alias->form, alias->rid, std::string(alias->sid), {}};
      return true;
    }
    auto sid = value::canonical_sid(text);
    if (!sid) return fail(offset, "not a security identifier: " + quoted(text));
    out = Principal{Principal::Form::Sid, 0, std::move(*sid), {}};
    return true;
  }

  bool access_list() {
    descriptor_.null_list = false;
    static constexpr std::string_view kNoAccessControl = "NO_ACCESS_CONTROL";
    while (position_ < text_.size() && text_[position_] != '(') {
      const auto rest = text_.substr(position_);
      if (rest[0] == ' ') {
        ++position_;
      } else if (same(rest.substr(0, kNoAccessControl.size()), kNoAccessControl)) {
        descriptor_.null_list = true;
        position_ += kNoAccessControl.size();
      } else if (same(rest.substr(0, 2), "AR") || same(rest.substr(0, 2), "AI")) {
        position_ += 2;
      } else if (rest.size() > 1 && rest[1] == ':') {
        return true;  // the next part: an empty list
      } else if (upper(rest[0]) == 'P') {
        descriptor_.protected_list = true;
        ++position_;
      } else {
        return fail(position_, "unknown flag of an access list: " + quoted(rest.substr(0, 2)));
      }
    }
    while (position_ < text_.size() && text_[position_] == '(') {
      if (!entry()) return false;
      skip_spaces();
    }
    return true;
  }

  /// Checks brackets only: nothing in this list grants or denies access.
  bool system_list() {
    while (position_ < text_.size()) {
      if (text_[position_] == '(') {
        std::string_view body;
        if (!bracketed(body)) return false;
      } else if (position_ + 1 < text_.size() && text_[position_ + 1] == ':') {
        return true;
      } else {
        ++position_;
      }
    }
    return true;
  }

  /// The text between the bracket at the position and its partner; conditional expressions nest and hold
  /// quoted text. Leaves the position behind it.
  bool bracketed(std::string_view& body) {
    const auto start = position_;
    std::size_t depth = 0;
    bool in_quotes = false;
    for (; position_ < text_.size(); ++position_) {
      const char c = text_[position_];
      if (c == '"') in_quotes = !in_quotes;
      if (in_quotes) continue;
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) {
        body = text_.substr(start + 1, position_ - start - 1);
        ++position_;
        return true;
      }
    }
    return fail(start, "an entry is not closed by )");
  }

  bool entry() {
    const auto start = position_ + 1;
    std::string_view body;
    if (!bracketed(body)) return false;
    if (descriptor_.entries.size() == limits::kSddlEntries) {
      return fail(start, "an access list has more than " + std::to_string(limits::kSddlEntries) + " entries");
    }
    // type;flags;rights;object guid;inherited guid;sid[;condition or attribute]
    std::array<std::string_view, 6> field;
    for (std::size_t i = 0; i < field.size(); ++i) {
      const auto semicolon = body.find(';');
      if (semicolon == std::string_view::npos && i + 1 < field.size()) {
        return fail(start, "an entry needs six fields: type;flags;rights;guid;guid;sid");
      }
      field[i] = trimmed(body.substr(0, semicolon));
      body = semicolon == std::string_view::npos ? std::string_view{} : body.substr(semicolon + 1);
    }
    const auto offset_of = [&](std::string_view part) {
      return static_cast<std::size_t>(part.data() - text_.data());
    };
    AccessEntry entry;
    if (!entry_type(field[0], offset_of(field[0]), entry)) return false;
    if (!entry_flags(field[1], offset_of(field[1]), entry.flags)) return false;
    if (!rights(field[2], offset_of(field[2]), entry.mask)) return false;
    // With a GUID the entry is about one property or one kind of child.
    if (!field[3].empty() || !field[4].empty()) entry.conditional = true;
    if (!principal(field[5], offset_of(field[5]), entry.trustee)) return false;
    descriptor_.entries.push_back(std::move(entry));
    return true;
  }

  bool entry_type(std::string_view text, std::size_t offset, AccessEntry& entry) {
    if (same(text, "A") || same(text, "OA")) return true;
    if (same(text, "XA") || same(text, "ZA")) {
      entry.conditional = true;
      return true;
    }
    entry.allow = false;
    if (same(text, "D") || same(text, "OD")) return true;
    if (same(text, "XD")) {
      entry.conditional = true;
      return true;
    }
    return fail(offset, "unknown type of access control entry " + quoted(text));
  }

  bool entry_flags(std::string_view text, std::size_t offset, std::uint8_t& flags) {
    std::uint32_t mask = 0;
    if (!pairs(text, offset, kFlags, "inheritance flag", mask)) return false;
    flags = static_cast<std::uint8_t>(mask);
    return true;
  }

  bool rights(std::string_view text, std::size_t offset, std::uint32_t& mask) {
    if (!text.empty() && text[0] >= '0' && text[0] <= '9') {
      const auto number = parse_number(text);
      if (!number) return fail(offset, "not an access mask: " + quoted(text));
      mask = *number;
      return true;
    }
    return pairs(text, offset, kRights, "access right", mask);
  }

  template <std::size_t N>
  bool pairs(std::string_view text, std::size_t offset, const std::array<NamedMask, N>& table,
             std::string_view what, std::uint32_t& mask) {
    for (std::size_t i = 0; i < text.size(); i += 2) {
      const auto pair = text.substr(i, 2);
      const auto found = std::find_if(table.begin(), table.end(),
                                      [&](const NamedMask& row) { return same(row.name, pair); });
      if (found == table.end()) return fail(offset + i, "unknown " + std::string(what) + " " + quoted(pair));
      mask |= found->mask;
    }
    return true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  bool seen_owner_ = false;
  bool seen_group_ = false;
  bool seen_list_ = false;
  bool seen_system_list_ = false;
  SecurityDescriptor descriptor_;
  ParseError error_;
};

}  // namespace

Parsed<SecurityDescriptor> parse_sddl(std::string_view text) {
  return SddlParser(text).parse();
}

}  // namespace polc::formats
