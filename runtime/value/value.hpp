// Values: what facts carry and expressions compute. Plain data with value semantics; nothing here evaluates.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace polc::value {

/// Integers of the language: -2^63 .. 2^64-1 and +infinity ("never"). Arithmetic that leaves the range gives
/// nullopt, which the evaluator turns into Unknown(overflow).
class Integer {
 public:
  constexpr Integer() = default;
  static constexpr Integer of(std::int64_t v) {
    Integer r;
    r.negative_ = v < 0;
    r.magnitude_ = v < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(v) : static_cast<std::uint64_t>(v);
    return r;
  }
  static constexpr Integer of_unsigned(std::uint64_t v) {
    Integer r;
    r.magnitude_ = v;
    return r;
  }
  static constexpr Integer infinity() {
    Integer r;
    r.infinite_ = true;
    return r;
  }

  constexpr bool is_infinite() const { return infinite_; }
  constexpr bool is_negative() const { return negative_; }
  constexpr std::uint64_t magnitude() const { return magnitude_; }

  /// nullopt when negative, infinite or above 2^64-1.
  constexpr std::optional<std::uint64_t> as_unsigned() const {
    if (infinite_ || negative_) return std::nullopt;
    return magnitude_;
  }

  friend std::optional<Integer> add(Integer a, Integer b);
  friend std::optional<Integer> subtract(Integer a, Integer b);
  friend std::optional<Integer> multiply(Integer a, Integer b);

  /// Decimal, with optional sign or 0x prefix; nullopt for anything else, also for surrounding spaces.
  static std::optional<Integer> parse(std::string_view text);
  std::string text() const;  ///< decimal, or "never"

  friend constexpr bool operator==(const Integer&, const Integer&) = default;
  friend constexpr std::strong_ordering operator<=>(const Integer& a, const Integer& b) {
    if (a.infinite_ || b.infinite_) return a.infinite_ <=> b.infinite_;
    if (a.negative_ != b.negative_) return b.negative_ <=> a.negative_;
    return a.negative_ ? b.magnitude_ <=> a.magnitude_ : a.magnitude_ <=> b.magnitude_;
  }

 private:
  std::uint64_t magnitude_ = 0;
  bool negative_ = false;
  bool infinite_ = false;
};
std::optional<Integer> add(Integer a, Integer b);
std::optional<Integer> subtract(Integer a, Integer b);
std::optional<Integer> multiply(Integer a, Integer b);

/// A number that is known to lie in [low, high]. Exact when both are equal; `count` of a partial collection
/// and composition facts such as "at least 12 characters" are not. high = infinity also means "no upper bound
/// known".
struct Number {
  Integer low;
  Integer high;
  bool open_ended = false;  ///< high is "unknown, no bound" rather than the value +infinity

  static Number exactly(Integer v) { return {v, v, false}; }
  static Number at_least(Integer v) { return {v, Integer::infinity(), true}; }
  bool exact() const { return low == high && !open_ended; }
  friend bool operator==(const Number&, const Number&) = default;
};

struct Duration {
  Number seconds;
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// Days since 1970-01-01 (proleptic Gregorian, UTC).
struct Date {
  std::int32_t days = 0;
  static std::optional<Date> parse(std::string_view iso);  ///< "2027-01-31"
  std::string text() const;
  friend auto operator<=>(const Date&, const Date&) = default;
};

enum class Protocol : std::uint8_t { Tcp, Udp };

struct Port {
  std::uint16_t number = 0;
  Protocol protocol = Protocol::Tcp;
  friend auto operator<=>(const Port&, const Port&) = default;
};

/// A security principal. Equality is by SID; a principal whose SID is not known (`sid` empty) equals nothing
/// and differs from nothing: the comparison is unknown.
struct Principal {
  enum class Form : std::uint8_t {
    Sid,              ///< sid is final
    DomainRelative,   ///< alias of the domain the host is in: `rid` below the collected domain SID
    MachineRelative,  ///< `rid` below the machine's own SID (-500, -501)
    Name,             ///< needs the host's names-to-SIDs evidence
  };
  Form form = Form::Sid;
  std::uint32_t rid = 0;
  std::string sid;   ///< canonical "S-1-5-32-544"; empty until resolved
  std::string name;  ///< as written or as the host showed it; for people only

  bool resolved() const { return !sid.empty(); }
  friend bool operator==(const Principal&, const Principal&) = default;
};

/// Access masks after generic rights are mapped and SYNCHRONIZE is removed, for the object itself, for
/// subfolders (containers) and for files (leaf objects).
/// https://learn.microsoft.com/windows/win32/secauthz/access-mask
struct Rights {
  std::uint32_t self = 0;
  std::uint32_t subfolders = 0;
  std::uint32_t files = 0;
  friend bool operator==(const Rights&, const Rights&) = default;
};

/// Closed interval of addresses of one family; IPv4 uses the last four bytes, network order.
struct AddressRange {
  bool v6 = false;
  std::array<std::uint8_t, 16> first{};
  std::array<std::uint8_t, 16> last{};
  friend auto operator<=>(const AddressRange&, const AddressRange&) = default;
};

/// Sorted, disjoint, non-adjacent ranges.
struct Addresses {
  std::vector<AddressRange> ranges;
  friend bool operator==(const Addresses&, const Addresses&) = default;
};

/// A set of addresses known from below (surely in) and from above (nothing else can be in).
struct AddressSet {
  Addresses low;
  Addresses high;
  static AddressSet exactly(Addresses a) { return {a, a}; }
  bool exact() const { return low == high; }
  friend bool operator==(const AddressSet&, const AddressSet&) = default;
};

/// A member of an enumeration, by name.
struct Symbol {
  std::string name;
  friend bool operator==(const Symbol&, const Symbol&) = default;
};

enum class RegistryType : std::uint8_t { None, Sz, ExpandSz, Binary, Dword, Qword, MultiSz, Other };

/// Data of one registry value. Integers are unsigned; `type` is part of its identity (REG_SZ "1" is not DWORD
/// 1).
struct RegistryData {
  RegistryType type = RegistryType::None;
  std::uint32_t other_type = 0;  ///< the raw type number when type == Other
  std::variant<std::monostate, std::uint64_t, std::string, std::vector<std::string>,
               std::vector<std::uint8_t>>
      data;
  friend bool operator==(const RegistryData&, const RegistryData&) = default;
};

/// State of a Group Policy setting.
struct PolicyState {
  enum class State : std::uint8_t { NotConfigured, Enabled, Disabled };
  State state = State::NotConfigured;
  std::optional<std::string> option;  ///< of a setting with one element: the chosen label or number
  friend bool operator==(const PolicyState&, const PolicyState&) = default;
};

struct Value;
struct RecordData;
using Record = std::shared_ptr<const RecordData>;  // immutable, shared by copies

/// Set with bounds: every element of `low` is surely in; nothing outside `high` is in; no `high` = anything
/// may be.
struct SetValue {
  std::vector<Value> low;
  std::optional<std::vector<Value>> high;
  static SetValue exactly(std::vector<Value> elements);
  bool exact() const;  ///< both bounds are the same set
  friend bool operator==(const SetValue&, const SetValue&);
};

struct ListValue {
  std::vector<Value> items;
  bool complete = true;  ///< false: more elements may exist that could not be read
  friend bool operator==(const ListValue&, const ListValue&);
};

struct MapEntry;
struct MapValue {
  std::vector<MapEntry> entries;
  bool complete = true;
  friend bool operator==(const MapValue&, const MapValue&);
};

/// Text, Name, Path and Version all live in std::string: how they compare is the static type's business.
struct Value {
  std::variant<std::monostate, bool, Number, std::string, Duration, Date, Port, Principal, Rights, AddressSet,
               Symbol, RegistryData, PolicyState, SetValue, ListValue, MapValue, Record>
      data;

  Value() = default;
  template <class T>
  explicit Value(T v) : data(std::move(v)) {}

  bool empty() const { return data.index() == 0; }
  template <class T>
  const T* get() const {
    return std::get_if<T>(&data);
  }
  friend bool operator==(const Value&, const Value&);
};

/// A total order by structure, for sorting and for output that does not depend on the order of discovery. It is
/// not the `<` of policies.
std::strong_ordering structural_order(const Value& a, const Value& b);
inline bool precedes(const Value& a, const Value& b) {
  return structural_order(a, b) < 0;
}

struct MapEntry {
  Value key;
  Value value;
  friend bool operator==(const MapEntry&, const MapEntry&) = default;
};

inline Value integer(std::int64_t v) {
  return Value(Number::exactly(Integer::of(v)));
}
inline Value text(std::string v) {
  return Value(std::move(v));
}

/// How a value reads in policy syntax ("4", "443/tcp", "{Administrators}", "dword(1)"): the form used in
/// reports.
std::string to_text(const Value& value);

}  // namespace polc::value
