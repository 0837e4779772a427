// Equality and order of values as policies mean them.
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/value/elements.hpp"
#include "runtime/value/glob.hpp"
#include "runtime/value/principals.hpp"

namespace polc::value {
namespace {

using Kind = Answer::Kind;
using Order = std::strong_ordering;

// --- text

bool is_separator(char32_t c) {
  return c == U'\\' || c == U'/';
}

std::string_view without_trailing_separators(std::string_view path) {
  while (!path.empty() && is_separator(static_cast<unsigned char>(path.back()))) path.remove_suffix(1);
  return path;
}

Order path_order(std::string_view a, std::string_view b) {
  const auto normal = [](std::string_view path) {
    std::u32string characters = base::folded_characters(without_trailing_separators(path));
    std::replace(characters.begin(), characters.end(), U'/', U'\\');
    return characters;
  };
  return normal(a) <=> normal(b);
}

/// The next dotted part without leading zeros; nullopt if it is no number.
std::optional<std::string_view> take_version_part(std::string_view& version) {
  const std::size_t end = std::min(version.find('.'), version.size());
  std::string_view part = version.substr(0, end);
  const bool more = end < version.size();
  version.remove_prefix(more ? end + 1 : end);
  const bool digits = std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (part.empty() || !digits || (more && version.empty())) return std::nullopt;
  while (!part.empty() && part.front() == '0') part.remove_prefix(1);
  return part;
}

std::optional<Order> version_order(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  Order order = Order::equal;
  while (!a.empty() || !b.empty()) {
    const auto x = a.empty() ? std::string_view() : take_version_part(a);
    const auto y = b.empty() ? std::string_view() : take_version_part(b);
    if (!x || !y) return std::nullopt;
    if (order == 0) order = x->size() != y->size() ? x->size() <=> y->size() : *x <=> *y;
  }
  return order;
}

/// nullopt: not comparable, Mistyped.
std::optional<Order> text_order(std::string_view a, std::string_view b, TypeKind kind) {
  switch (kind) {
    case TypeKind::Name:
      return base::compare_folded(a, b);
    case TypeKind::Path:
      return path_order(a, b);
    case TypeKind::Version:
      return version_order(a, b);
    default:
      return a <=> b;
  }
}

// --- relations

bool holds(Relation relation, Order order) {
  switch (relation) {
    case Relation::Equal:
      return order == 0;
    case Relation::NotEqual:
      return order != 0;
    case Relation::Less:
      return order < 0;
    case Relation::LessEqual:
      return order <= 0;
    case Relation::Greater:
      return order > 0;
    case Relation::GreaterEqual:
      return order >= 0;
  }
  return false;
}

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::Less:
      return Relation::Greater;
    case Relation::LessEqual:
      return Relation::GreaterEqual;
    case Relation::Greater:
      return Relation::Less;
    case Relation::GreaterEqual:
      return Relation::LessEqual;
    default:
      return relation;
  }
}

/// Equality decides `==` and `!=`; the kind has no order.
Answer unordered(Relation relation, Answer equal) {
  if (relation == Relation::Equal) return equal;
  return relation == Relation::NotEqual ? opposite(equal) : Answer::mistyped();
}

/// Whether every value of one interval is below (or at most) every value of the other.
Answer interval_less(const Number& a, const Number& b, bool or_equal) {
  const bool surely = or_equal ? a.high <= b.low : a.high < b.low;
  const bool never = or_equal ? a.low > b.high : a.low >= b.high;
  return surely ? Answer::of(true) : never ? Answer::of(false) : Answer::unknown();
}

Answer compare_numbers(Relation relation, const Number& a, const Number& b) {
  switch (relation) {
    case Relation::Less:
      return interval_less(a, b, false);
    case Relation::LessEqual:
      return interval_less(a, b, true);
    case Relation::Greater:
      return interval_less(b, a, false);
    case Relation::GreaterEqual:
      return interval_less(b, a, true);
    case Relation::Equal:
    case Relation::NotEqual:
      break;
  }
  if (a.exact() && b.exact()) return unordered(relation, Answer::of(a.low == b.low));
  const bool apart = a.high < b.low || b.high < a.low;
  return unordered(relation, apart ? Answer::of(false) : Answer::unknown());
}

Answer equal_principals(const Principal& a, const Principal& b) {
  if (!a.resolved() || !b.resolved()) return Answer::unknown(UnknownReason::UnresolvedName);
  return Answer::of(a.sid == b.sid && a.sid != kNobody);
}

Answer equal_policies(const PolicyState& found, const PolicyState& wanted) {
  if (found.state != wanted.state) return Answer::of(false);
  if (!wanted.option) return Answer::of(true);
  return Answer::of(found.option && base::equal_folded(*found.option, *wanted.option));
}

Answer equal_lists(const ListValue& a, const ListValue& b, Type type) {
  const Type element = element_type(type);
  Answer answer = Answer::of(true);
  if (a.complete && b.complete) {
    if (a.items.size() != b.items.size()) return Answer::of(false);
    for (std::size_t i = 0; i < a.items.size(); ++i) {
      answer = both(answer, compare(Relation::Equal, a.items[i], b.items[i], element));
    }
    return answer;
  }
  const bool a_too_long = b.complete && a.items.size() > b.items.size();
  const bool b_too_long = a.complete && b.items.size() > a.items.size();
  return a_too_long || b_too_long ? Answer::of(false) : Answer::unknown();
}

// --- registry

/// REG_SZ, or REG_EXPAND_SZ as stored; nullopt for other types.
std::optional<std::string_view> text_of(const RegistryData& data) {
  const bool is_text = data.type == RegistryType::Sz || data.type == RegistryType::ExpandSz;
  const auto* stored = std::get_if<std::string>(&data.data);
  return is_text && stored != nullptr ? std::optional<std::string_view>(*stored) : std::nullopt;
}

std::optional<std::string_view> text_of(const Value& value) {
  if (const auto* string = value.get<std::string>()) return *string;
  const auto* data = value.get<RegistryData>();
  return data != nullptr ? text_of(*data) : std::nullopt;
}

Value list_of_texts(const std::vector<std::string>& texts) {
  ListValue list;
  for (const std::string& item : texts) list.items.push_back(text(item));
  return Value(std::move(list));
}

Answer compare_registry_data(Relation relation, const RegistryData& a, const RegistryData& b) {
  if (a.type != b.type || a.other_type != b.other_type) return Answer::mistyped();
  const auto x = registry_content(a, a.type);
  const auto y = registry_content(b, b.type);
  if (x && y && x->get<Number>() != nullptr) return compare(relation, *x, *y, simple(TypeKind::Int));
  return unordered(relation, Answer::of(a.data == b.data));
}

/// Registry data against a value of the language.
Answer compare_registry(Relation relation, const RegistryData& data, const Value& other) {
  if (const auto* same_kind = other.get<RegistryData>())
    return compare_registry_data(relation, data, *same_kind);
  if (const auto* written = other.get<std::string>()) {
    const auto stored = text_of(data);
    return stored ? Answer::of(holds(relation, *stored <=> std::string_view(*written))) : Answer::mistyped();
  }
  std::optional<Value> content;
  Type type;
  if (other.get<Number>() != nullptr) {
    content = registry_content(data, RegistryType::Dword);
    type = simple(TypeKind::Int);
  } else if (other.get<ListValue>() != nullptr) {
    content = registry_content(data, RegistryType::MultiSz);
    type = list_of(TypeKind::Text);
  } else if (other.get<SetValue>() != nullptr) {
    content = registry_content(data, RegistryType::MultiSz);
    if (content) content = Value(SetValue::exactly(content->get<ListValue>()->items));
    type = set_of(TypeKind::Text);
  }
  return content ? compare(relation, *content, other, type) : Answer::mistyped();
}

/// Both sides hold the same alternative of Value.
struct Compare {
  Relation relation;
  Type type;
  const Value& left;
  const Value& right;

  template <class T>
  Answer operator()(const T& l) const {
    return of(l, *right.get<T>());
  }

  Answer of(const Number& l, const Number& r) const { return compare_numbers(relation, l, r); }
  Answer of(const Duration& l, const Duration& r) const {
    return compare_numbers(relation, l.seconds, r.seconds);
  }
  Answer of(const Date& l, const Date& r) const { return Answer::of(holds(relation, l <=> r)); }
  Answer of(const Port& l, const Port& r) const { return Answer::of(holds(relation, l <=> r)); }
  Answer of(const std::string& l, const std::string& r) const {
    const auto order = text_order(l, r, type.kind);
    return order ? Answer::of(holds(relation, *order)) : Answer::mistyped();
  }
  Answer of(const RegistryData& l, const RegistryData& r) const {
    return compare_registry_data(relation, l, r);
  }
  Answer of(const Principal& l, const Principal& r) const {
    return unordered(relation, equal_principals(l, r));
  }
  Answer of(const PolicyState& l, const PolicyState& r) const {
    return unordered(relation, equal_policies(l, r));
  }
  Answer of(const ListValue& l, const ListValue& r) const {
    return unordered(relation, equal_lists(l, r, type));
  }
  Answer of(const MapValue& l, const MapValue& r) const {
    return unordered(relation, equal_maps(l, r, type));
  }
  Answer of(const SetValue&, const SetValue&) const { return of_sets(); }
  Answer of(const AddressSet&, const AddressSet&) const { return of_sets(); }
  Answer of(std::monostate, std::monostate) const { return Answer::mistyped(); }
  template <class T>
  Answer of(const T& l, const T& r) const {
    return unordered(relation, Answer::of(l == r));  // bool, Symbol, Rights, Record
  }

  Answer of_sets() const {
    return unordered(relation, both(is_within(left, right, type), is_within(right, left, type)));
  }
};

/// The bits of an exact non-negative number.
std::optional<std::uint64_t> bits_of(const Number& number) {
  return number.exact() ? number.low.as_unsigned() : std::nullopt;
}

}  // namespace

Answer opposite(Answer answer) {
  if (answer.kind == Kind::True) return Answer::of(false);
  return answer.kind == Kind::False ? Answer::of(true) : answer;
}

Answer both(Answer a, Answer b) {
  for (const Kind kind : {Kind::Mistyped, Kind::False, Kind::Unknown}) {
    if (a.kind == kind) return a;
    if (b.kind == kind) return b;
  }
  return a;
}

Answer either(Answer a, Answer b) {
  for (const Kind kind : {Kind::True, Kind::Mistyped, Kind::Unknown}) {
    if (a.kind == kind) return a;
    if (b.kind == kind) return b;
  }
  return a;
}

Answer compare(Relation relation, const Value& left, const Value& right, Type type) {
  if (const auto* data = left.get<RegistryData>()) return compare_registry(relation, *data, right);
  if (const auto* data = right.get<RegistryData>()) return compare_registry(mirrored(relation), *data, left);
  if (left.data.index() != right.data.index()) return Answer::mistyped();
  return std::visit(Compare{relation, type, left, right}, left.data);
}

Answer is_between(const Value& element, const Value& first, const Value& last, Type type) {
  const auto* port = element.get<Port>();
  const auto* end = first.get<Port>();
  if (port != nullptr && end != nullptr && port->protocol != end->protocol) return Answer::of(false);
  const Answer inside = both(compare(Relation::GreaterEqual, element, first, type),
                             compare(Relation::LessEqual, element, last, type));
  return both(inside, compare(Relation::LessEqual, first, last, type));  // nothing is in an empty range
}

std::strong_ordering element_order(const Value& a, const Value& b, TypeKind kind) {
  const auto* x = a.get<std::string>();
  const auto* y = b.get<std::string>();
  if (x != nullptr && y != nullptr) return text_order(*x, *y, kind).value_or(*x <=> *y);
  const auto* p = a.get<Principal>();
  const auto* q = b.get<Principal>();
  if (p != nullptr && q != nullptr) return p->sid <=> q->sid;
  return structural_order(a, b);
}

Answer is_like(const Value& text, const Value& pattern) {
  const auto subject = text_of(text);
  const auto* written = pattern.get<std::string>();
  if (!subject || written == nullptr) return Answer::mistyped();
  const auto glob = Glob::parse(*written);
  return glob ? Answer::of(glob->matches(*subject)) : Answer::unknown(UnknownReason::Budget);
}

Answer has_bits(const Value& value, const Value& mask) {
  Value number = value;
  Value wanted = mask;
  if (const auto* data = mask.get<RegistryData>()) {
    wanted = registry_content(*data, data->type).value_or(Value());
  }
  if (const auto* data = value.get<RegistryData>()) {
    const auto* mask_data = mask.get<RegistryData>();
    const RegistryType type = mask_data != nullptr ? mask_data->type : RegistryType::Dword;
    number = registry_content(*data, type).value_or(Value());
  }
  const auto* n = number.get<Number>();
  const auto* m = wanted.get<Number>();
  if (n == nullptr || m == nullptr) return Answer::mistyped();
  if (!n->exact() || !m->exact()) return Answer::unknown();
  const auto bits = bits_of(*n);
  const auto mask_bits = bits_of(*m);
  if (!bits || !mask_bits) return Answer::mistyped();
  return Answer::of((*bits & *mask_bits) == *mask_bits);
}

std::optional<Value> registry_content(const RegistryData& data, RegistryType wanted) {
  if (data.type != wanted) return std::nullopt;
  const auto* number = std::get_if<std::uint64_t>(&data.data);
  const auto* string = std::get_if<std::string>(&data.data);
  const auto* strings = std::get_if<std::vector<std::string>>(&data.data);
  switch (wanted) {
    case RegistryType::Dword:
    case RegistryType::Qword:
      if (number == nullptr) return std::nullopt;
      return Value(Number::exactly(Integer::of_unsigned(*number)));
    case RegistryType::Sz:
    case RegistryType::ExpandSz:
      if (string == nullptr) return std::nullopt;
      return text(*string);
    case RegistryType::MultiSz:
      if (strings == nullptr) return std::nullopt;
      return list_of_texts(*strings);
    default:
      return std::nullopt;
  }
}

}  // namespace polc::value
