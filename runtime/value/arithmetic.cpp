// Interval arithmetic, and the functions of the language on text.
#include <algorithm>
#include <array>

#include "runtime/base/limits.hpp"
#include "runtime/value/operations.hpp"

namespace polc::value {

std::optional<Number> add(const Number& a, const Number& b) {
  const auto low = add(a.low, b.low);
  const auto high = add(a.high, b.high);
  if (!low || !high) return std::nullopt;
  return Number{*low, *high, a.open_ended || b.open_ended};
}

std::optional<Number> subtract(const Number& a, const Number& b) {
  const auto low = subtract(a.low, b.high);
  const auto high = subtract(a.high, b.low);
  if (!low || !high) return std::nullopt;
  return Number{*low, *high, a.open_ended};
}

std::optional<Number> multiply(const Number& a, const Number& b) {
  const std::array products{multiply(a.low, b.low), multiply(a.low, b.high), multiply(a.high, b.low),
                            multiply(a.high, b.high)};
  if (!std::all_of(products.begin(), products.end(), [](const auto& p) { return p.has_value(); }))
    return std::nullopt;
  const auto [low, high] = std::minmax_element(products.begin(), products.end());
  return Number{**low, **high, (*high)->is_infinite() && (a.open_ended || b.open_ended)};
}

std::optional<Number> to_integer(std::string_view text) {
  const auto value = Integer::parse(text);
  return value ? std::optional(Number::exactly(*value)) : std::nullopt;
}

std::optional<ListValue> split(std::string_view text, std::string_view separator) {
  if (separator.empty()) return std::nullopt;
  ListValue parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.items.push_back(value::text(std::string(text.substr(0, end))));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
    if (parts.items.size() == limits::kCollection) break;
  }
  parts.complete = false;
  return parts;
}

}  // namespace polc::value
