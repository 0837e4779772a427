// What the operators of the language mean on present values (docs/language.md, "Bounds" and "Registry types").
// Facts that are Mistyped, Unknown or Absent are settled before; operators over several of them in the evaluator.
//
// `type` is the static type of the left operand. It decides how text compares:
//
//   Text      ordinal: 'a' != 'A'
//   Name      case-folded as Windows does (base::fold_case)
//   Path      like Name, `/` and `\` alike, trailing separators ignored
//   Version   dotted numbers, part by part; a missing part is 0; anything else is Mistyped
//
// Equality of what may be known in part:
//
//   numbers     [2,5] < 6 true · [2,5] < 4 unknown · [2,5] == 9 false · [2,5] == 3 unknown
//   principals  by SID; without a SID unknown, against anything; nobody ("-") equals nothing
//   sets        `within` both ways
//   lists       item by item; with an incomplete list unknown, unless it is already too long
//   maps        entry by entry, keys as above: an entry without its match is false, unknown while an unresolved
//               key or an incomplete map could hold the match
//   policies    Enabled equals Enabled("x"); on the right, Enabled("x") wants that option
//
// Registry data on one side, on the other:
//
//   integer                 REG_DWORD
//   text                    REG_SZ, or REG_EXPAND_SZ as stored
//   list                    REG_MULTI_SZ, in order: [] and [""] differ
//   set                     REG_MULTI_SZ, in any order, repetitions aside
//   registry data           the same registry type (dword(1), qword(n), sz(), expand_sz(), multi_sz, binary)
//   any other registry type Mistyped
#pragma once

#include <optional>
#include <string_view>

#include "runtime/value/fact.hpp"
#include "runtime/value/type.hpp"
#include "runtime/value/value.hpp"

namespace polc::value {

/// What an operator that compares says.
struct Answer {
  enum class Kind : std::uint8_t { False, True, Unknown, Mistyped };
  Kind kind = Kind::Unknown;
  /// Of Unknown: UnresolvedName, Budget, or NotCollected where bounds are open (the fact says why).
  UnknownReason reason = UnknownReason::NotCollected;

  static constexpr Answer of(bool holds) { return {holds ? Kind::True : Kind::False, {}}; }
  static constexpr Answer unknown(UnknownReason reason = UnknownReason::NotCollected) {
    return {Kind::Unknown, reason};
  }
  static constexpr Answer mistyped() { return {Kind::Mistyped, {}}; }

  bool is_true() const { return kind == Kind::True; }
  bool is_false() const { return kind == Kind::False; }
  friend bool operator==(const Answer& a, const Answer& b) {
    return a.kind == b.kind && (a.kind != Kind::Unknown || a.reason == b.reason);
  }
};

/// True becomes false and false true; unknown and mistyped stay.
Answer opposite(Answer answer);

enum class Relation : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

/// `left == right` and its kin. `<` orders numbers, durations, days, ports, versions and text; of other kinds, and
/// of values of different kinds, the answer is Mistyped. Put the fact on the left.
Answer compare(Relation relation, const Value& left, const Value& right, Type type);

/// `element in first..last`, both ends included: numbers, durations, days, versions, ports of one protocol.
Answer is_between(const Value& element, const Value& first, const Value& last, Type type);

/// `element in collection`: a set, list, REG_MULTI_SZ or address set. Linear in the size of the collection.
Answer is_in(const Value& element, const Value& collection, Type element_type);

/// `part within whole`, with set bounds: true if high(part) is in low(whole), false if low(part) is not in
/// high(whole). Lists and REG_MULTI_SZ count as sets. Rights: every bit of each scope. Maps: every key, with rights
/// within and other values equal. n log n.
Answer is_within(const Value& part, const Value& whole, Type type);

/// `collection contains what`: is_within with the sides exchanged where `what` is a collection (or rights), else
/// is_in.
Answer contains(const Value& collection, const Value& what, Type collection_type);

/// `text like pattern` (runtime/value/glob.hpp); text may be REG_SZ or REG_EXPAND_SZ. Unknown(budget) for a pattern
/// above the limit.
Answer is_like(const Value& text, const Value& pattern);

/// `has_bits(value, mask)`: every bit of the mask. Of non-negative integers and REG_DWORD; qword(n) as the mask for
/// REG_QWORD.
Answer has_bits(const Value& value, const Value& mask);

/// Set algebra, bound by bound: A - B = (low - high', high - low'). Of sets of one type or of address sets; nullopt
/// for anything else. n log n.
std::optional<Value> set_union(const Value& a, const Value& b, Type type);
std::optional<Value> set_intersection(const Value& a, const Value& b, Type type);
std::optional<Value> set_difference(const Value& a, const Value& b, Type type);

/// Number of elements of a set, list, map or REG_MULTI_SZ, as an interval; nullopt for other values.
std::optional<Number> count(const Value& collection, Type type);

/// `map[key]`: Present; Absent(value) if the map is complete and has no such key; else Unknown.
Fact lookup(const MapValue& map, const Value& key, Type map_type);

/// Interval arithmetic; nullopt where a bound leaves the range of Integer (overflow).
std::optional<Number> add(const Number& a, const Number& b);
std::optional<Number> subtract(const Number& a, const Number& b);
std::optional<Number> multiply(const Number& a, const Number& b);

/// `int(text)`; nullopt (Mistyped) for anything but an integer (Integer::parse).
std::optional<Number> to_integer(std::string_view text);

/// `split(text, separator)`: never empty; nullopt for an empty separator. Above limits::kCollection parts the list is
/// incomplete.
std::optional<ListValue> split(std::string_view text, std::string_view separator);

/// Data of a registry value as Int (Dword, Qword), Text (Sz, ExpandSz) or List of Text (MultiSz); nullopt (Mistyped)
/// if its type is another than `wanted`.
std::optional<Value> registry_content(const RegistryData& data, RegistryType wanted);

}  // namespace polc::value
