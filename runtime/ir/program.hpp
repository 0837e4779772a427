// The compiled policy: flat arrays and integer ids, no pointer graph. A Program is immutable once built,
// shared between threads, serialised to deterministic bytes (runtime/ir/serialise.hpp) and structurally
// verified (runtime/ir/verify.hpp) before anything evaluates it. It carries all that reports and explanations
// need, so that the policy text is not needed any more.
//
// Booleans are in negation normal form: there is no Not. Every boolean node knows whether the source shows
// its opposite (`negated`), so that explanations can speak in the author's spelling.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ir/text_table.hpp"
#include "runtime/value/fact_table.hpp"
#include "runtime/value/resource.hpp"
#include "runtime/value/type.hpp"
#include "runtime/value/value.hpp"

namespace polc::ir {

using TextId = std::uint32_t;      // Program::texts; 0 is ""
using NodeId = std::uint32_t;      // Program::nodes
using ConstantId = std::uint32_t;  // Program::constants
using RangeId = std::uint32_t;     // Program::ranges; 0 is "nowhere"
using DefaultsId = std::uint32_t;  // Program::defaults; 0 is "none known"
inline constexpr std::uint32_t kNone = UINT32_MAX;

/// Part of a source file. Offsets are bytes; lines and columns are 1-based, columns in code points, end
/// exclusive.
struct SourceRange {
  std::uint32_t file = 0;  ///< index into Program::files
  std::uint32_t begin = 0, end = 0;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

struct SourceFile {
  TextId path = 0;  ///< relative to the repository root, forward slashes; "std.gpo" for embedded modules
  bool embedded = false;
  std::array<std::uint8_t, 32> sha256{};
  friend bool operator==(const SourceFile&, const SourceFile&) = default;
};

/// What a node computes. Operands are other nodes with smaller ids, so there are no cycles.
enum class Op : std::uint8_t {
  // Values: a fact-like result (Present | Mistyped | Absent | Unknown).
  Constant,  // data: ConstantId
  Fact,      // data: AddressId (a constant address)
  Read,      // data: index into reads; operands: one node per parameter (kNone operand slots are not used: an
             // omitted argument is a Constant holding an empty Value)
  Variable,  // data: variable slot, bound by the enclosing All/Any
  Field,     // operand: record; data: TextId of the field
  Lookup,    // operands: map, key; a missing key is Absent(value)
  Add,
  Subtract,
  Multiply,
  Negate,
  Union,  // sets and address sets
  Intersection,
  Difference,
  Range,     // operands: first, last (integers or ports of one protocol); a collection, evaluated lazily
  MakePort,  // operand: integer; data: 0 tcp, 1 udp
  MakeSet,
  MakeList,
  MakeMap,  // operands: key, value, key, value, ...
  Count,
  IntOf,  // text to integer; failure is Mistyped
  Split,  // operands: text, separator
  Lower,
  RegistryAs,  // operand: a Registry value; data: value::RegistryType. Its data as Int, Text or List of Text;
               // another registry type is Mistyped

  // Booleans: Kleene truth values.
  True,
  False,
  And,  // one operand or more
  Or,
  All,  // operands: collection, body; data: variable slot
  Any,
  Compare,     // atom; operands: left, right; see Comparison for their types
  Holds,       // atom: operand is a boolean value
  IsPresent,   // atom; operand: a value. `negated` makes it "is absent"
  IsResolved,  // atom; operand: a principal
  Select,      // operands: subject, then pairs (constant, boolean); exhaustive over the subject's enumeration
};

///
/// Both operands have the same type, except:
/// - In, NotIn: the right operand is a set, list or Range of the left one's type, or an address set for both;
/// - Contains, NotContains: the left operand is a set or list of the right one's type; where both are sets
///   (or address sets) the right one must be within the left;
/// - HasBits, NotHasBits: left value, right mask, both integers;
/// - a Registry value against Int (REG_DWORD), Text (REG_SZ or unexpanded REG_EXPAND_SZ), List of Text
/// (ordered
///   REG_MULTI_SZ), Set of Text (unordered REG_MULTI_SZ), and In against sets of these. Registry against
///   Registry: the registry type must be the same. Anything else found is Mistyped;
/// - PolicyState: a constant without an option tests the state alone.
/// Text, Name and Path differ in how they compare (value::TypeKind); the operands' type says which it is.
enum class Comparison : std::uint8_t {
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,
  NotIn,
  Contains,
  NotContains,
  Within,
  NotWithin,
  Like,
  NotLike,
  HasBits,
  NotHasBits,
};

/// How an atom settles Absent, decided at compile time.
enum class AbsenceRule : std::uint8_t {
  Fails,    ///< adverse: the atom is false
  Passes,   ///< `or absent`: the atom is true
  Default,  ///< `or default`: the value of Program::defaults[node.defaults] takes its place
  Settled,  ///< cannot be reached with an absent fact (guarded by `is present`), or the fact is total
};

/// The body of a `let` or `def` in the place of its name.
struct Expansion {
  std::uint32_t caller = 0;  ///< the expansion that the name stands in, before this one; 0: a clause
  RangeId call = 0;          ///< the name, with its arguments; 0: stands beside the clause
  TextId title = 0;          ///< "is_closed(p: 443/tcp)", "the group's condition"
  RangeId body = 0;
  TextId excerpt = 0;    ///< source text of the body
  bool negated = false;  ///< the name stands under an odd number of `not`
  friend bool operator==(const Expansion&, const Expansion&) = default;
};

struct Node {
  Op op = Op::False;
  Comparison comparison = Comparison::Equal;  ///< of Compare; already the negated one after normalisation
  AbsenceRule absence = AbsenceRule::Fails;   ///< of atoms
  bool negated =
      false;           ///< the source spells the opposite; for Holds and IsPresent also: the atom is inverted
  bool guard = false;  ///< stands where there is no polarity: Mistyped and Absent give unknown, not false
  value::Type type;
  std::uint32_t first_operand = 0;  ///< into Program::operands
  std::uint32_t operand_count = 0;
  std::uint32_t data = 0;
  DefaultsId defaults = 0;
  RangeId range = 0;
  std::uint32_t expansion =
      0;  ///< index into Program::expansions: whose body it is written in; 0: the clause
};

/// Resource and attribute of a computed address.
struct ReadPattern {
  value::ResourceKind resource = value::ResourceKind::Host;
  value::AttributeId attribute = 0;
  friend bool operator==(const ReadPattern&, const ReadPattern&) = default;
};

/// OS defaults of one fact: the first row that matches host build and role decides. No row: default unknown.
struct DefaultRow {
  std::uint32_t min_build = 0;
  std::uint32_t max_build = UINT32_MAX;
  std::uint8_t roles = 7;  ///< bits: 1 dc, 2 member, 4 workgroup
  ConstantId value = 0;    ///< an empty Value means: absent also by default
  friend bool operator==(const DefaultRow&, const DefaultRow&) = default;
};

// --- settings: what a Group Policy setting is on the machine

enum class Scope : std::uint8_t { Machine, User, Both };

struct SettingOption {
  TextId label = 0;
  ConstantId value = 0;  ///< RegistryData
};

struct SettingElement {
  TextId label = 0;
  TextId key = 0;  ///< 0: the setting's key
  TextId value = 0;
  value::RegistryType type = value::RegistryType::Dword;
  std::vector<SettingOption> options;      ///< enumeration elements
  std::optional<value::Integer> min, max;  ///< numeric elements
};

struct Setting {
  TextId path = 0;  ///< full path, starting with "Computer Configuration/" or "User Configuration/"
  Scope scope = Scope::Machine;
  value::Type type;  ///< of gpo(path): PolicyState, Int, Bool, Text, Duration, Set of Principal or of Enum,
                     ///< List of Text
  TextId key = 0, value_name = 0;  ///< registry location; canonical key below HKLM (machine) or HKCU (user)
  value::RegistryType registry_type = value::RegistryType::Dword;
  ConstantId enabled = kNone;   ///< RegistryData written by Enabled
  ConstantId disabled = kNone;  ///< RegistryData written by Disabled; kNone with disabled_deletes
  bool disabled_deletes = false;
  std::vector<SettingElement> elements;
  std::optional<value::Integer> min, max;  ///< of a numeric setting
  TextId inf_section = 0, inf_key = 0;     ///< GptTmpl.inf: "System Access", "MinimumPasswordLength"
  TextId right = 0;                        ///< "SeTcbPrivilege"
  TextId audit_guid = 0;
  DefaultsId defaults = 0;
  RangeId range = 0;
};

// --- controls

enum class Severity : std::uint8_t { Info, Low, Medium, High, Critical };

enum class ReferenceKind : std::uint8_t { Stig, Cis, Cce, Nist, Cwe, Url };
struct Reference {
  ReferenceKind kind = ReferenceKind::Url;
  TextId text = 0;  ///< "V-254467", "2.3.10.3", "CCE-36077-6", "AC-6", "CWE-732", a URL
};

struct Require {
  TextId label = 0;
  NodeId root = 0;     ///< boolean node
  RangeId range = 0;   ///< of the expression
  TextId excerpt = 0;  ///< source text of that range; node ranges inside it are relative to range.begin
};

struct Manual {
  TextId instruction = 0;
  TextId key = 0;                       ///< attestation key; the control id unless written
  std::optional<std::uint64_t> within;  ///< seconds
  RangeId range = 0;
};

struct Group {
  TextId title = 0;
  RangeId range = 0;
};

struct Control {
  TextId id = 0, title = 0;
  TextId description = 0;  ///< from `///` comments
  Severity severity = Severity::Medium;
  std::uint32_t group = kNone;  ///< index into Program::groups
  std::vector<TextId> tags;
  std::vector<Reference> references;
  TextId because = 0, fix = 0;  ///< Markdown
  NodeId guard = kNone;         ///< conjunction of the group's and the control's `when`
  RangeId guard_range = 0;
  TextId guard_excerpt = 0;
  std::vector<Require> requires_;  ///< conjoined; each is reported
  std::optional<Manual> manual;
  std::vector<TextId> formerly;  ///< older ids, oldest last as written
  RangeId header = 0;            ///< `control "ID" "Title"`
  RangeId range = 0;             ///< the whole declaration
};

struct Waiver {
  TextId target = 0;  ///< what it covers, as written: "CWA-PORT-31", "group \"Ports\", tag \"tls\""
  std::vector<std::uint32_t> controls;  ///< ascending; empty where a profile excludes all of them
  TextId host = 0;                      ///< glob
  std::optional<value::Date> from;
  value::Date until;
  TextId reason = 0, owner = 0, ticket = 0;
  RangeId range = 0;
};

/// A value that a parameter was given, by its declaration, a profile, polc.yaml or the command line.
struct ParameterSource {
  ConstantId value = 0;
  TextId origin = 0;  ///< "default", "profile kiosk", "polc.yaml:7", "--set"
  RangeId range = 0;  ///< 0 where it does not stand in the policy
};

struct Parameter {
  TextId name = 0, doc = 0, domain = 0;  ///< domain as written
  value::Type type;
  ConstantId value = 0;
  TextId origin = 0;                     ///< of the value: the last one of `sources`
  std::vector<ParameterSource> sources;  ///< in the order of their precedence, the value that counts last
  RangeId range = 0;
};

/// What a profile lets be looser, and why.
struct Loosening {
  TextId profile = 0;
  TextId target = 0;  ///< as Waiver::target
  TextId because = 0;
  RangeId range = 0;
};

/// A severity that is not the control's own.
struct Regrading {
  std::uint32_t control = 0;
  Severity from = Severity::Medium;
  RangeId range = 0;
};

/// The profile that the policy was compiled with. Parameters carry their own provenance.
struct Profile {
  TextId name = 0;  ///< 0: none, the policy as it is
  TextId title = 0;
  TextId origin = 0;            ///< who chose it: "--profile", "polc.yaml:3"
  RangeId range = 0;            ///< of its head
  std::vector<TextId> extends;  ///< everything that it extends, directly or not; what is extended comes first
  std::vector<TextId> excluded;  ///< ids of the controls that it leaves out, in source order
  std::vector<Regrading> regraded;
  std::vector<Loosening> loosened;  ///< by it and by everything that it extends
};

struct PolicyInfo {
  TextId id = 0, title = 0, version = 0, description = 0, source = 0;
  std::uint32_t language = 1;
  std::optional<std::uint64_t> evidence_max_age;  ///< seconds
  bool allow_network = false;                     ///< the policy's half of the consent to live probes
  RangeId range = 0;
};

struct Program {
  PolicyInfo policy;
  TextTable texts;                ///< all names, texts and excerpts; [0] is ""
  std::vector<SourceFile> files;  ///< [0] is the file given on the command line
  std::vector<SourceRange> ranges{SourceRange{}};
  std::vector<value::Value> constants;
  std::vector<value::Address> addresses;  ///< constant addresses: the static plan
  std::vector<ReadPattern> reads;         ///< computed addresses
  std::vector<std::vector<DefaultRow>> defaults{std::vector<DefaultRow>{}};
  std::vector<Node> nodes;
  std::vector<NodeId> operands;
  std::vector<Expansion> expansions{Expansion{}};
  std::uint32_t variable_count = 0;  ///< variable slots needed at once
  std::vector<Setting> settings;     ///< those that the policy uses; gpo addresses name them by full path
  std::vector<Group> groups;
  std::vector<Control> controls;  ///< in source order
  std::vector<Waiver> waivers;
  std::vector<Parameter> parameters;
  Profile profile;

  std::string_view text(TextId id) const { return texts[id]; }
  const NodeId* operands_of(const Node& node) const { return operands.data() + node.first_operand; }
};

std::string_view severity_name(Severity severity);    ///< "critical"
std::string_view reference_name(ReferenceKind kind);  ///< "stig"

}  // namespace polc::ir
