#include "runtime/backends/origins.hpp"

#include <limits>

namespace polc::backends {

value::OriginId add_origin(value::Evidence& evidence, value::Origin origin) {
  if (evidence.origins.size() >= std::numeric_limits<value::OriginId>::max()) return 0;
  evidence.origins.push_back(std::move(origin));
  return static_cast<value::OriginId>(evidence.origins.size() - 1);
}

std::size_t line_offset(std::string_view text, std::uint32_t line) {
  std::size_t begin = 0;
  for (; line > 1; --line) {
    const auto end = text.find('\n', begin);
    if (end == std::string_view::npos) return text.size();
    begin = end + 1;
  }
  return begin;
}

std::string place_of(const value::Evidence& evidence, value::OriginId origin) {
  if (origin == 0 || origin >= evidence.origins.size()) return "a place that is not known";
  const value::Origin& place = evidence.origins[origin];
  if (place.line != 0) return place.file + ':' + std::to_string(place.line);
  return place.note.empty() ? place.file : place.file + ", " + place.note;
}

value::Unknown conflict_between(const value::Evidence& evidence, value::OriginId a, value::OriginId b) {
  return {value::UnknownReason::Conflict,
          {},
          place_of(evidence, a) + " and " + place_of(evidence, b) + " differ"};
}

}  // namespace polc::backends
