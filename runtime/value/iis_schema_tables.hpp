// Words that the tables of the IIS schema are written in; of no use elsewhere.
#pragma once

#include "runtime/value/iis_schema.hpp"

namespace polc::value::iis {

using Fallback = std::optional<std::string_view>;
using Members = std::vector<std::string_view>;

inline IisAttribute of_kind(IisKind kind, std::string_view name, Fallback fallback, Members members = {}) {
  return {name, kind, std::move(members), fallback, 0, false, false};
}
inline IisAttribute boolean(std::string_view name, Fallback fallback = {}) {
  return of_kind(IisKind::Bool, name, fallback);
}
inline IisAttribute integer(std::string_view name, Fallback fallback = {}) {
  return of_kind(IisKind::Integer, name, fallback);
}
inline IisAttribute string(std::string_view name, Fallback fallback = {}) {
  return of_kind(IisKind::Text, name, fallback);
}
inline IisAttribute time_span(std::string_view name, Fallback fallback = {}) {
  return of_kind(IisKind::TimeSpan, name, fallback);
}
inline IisAttribute seconds(std::string_view name, Fallback fallback = {}) {
  return of_kind(IisKind::Seconds, name, fallback);
}
inline IisAttribute minutes(std::string_view name, Fallback fallback = {}) {
  return of_kind(IisKind::Minutes, name, fallback);
}
inline IisAttribute enumeration(std::string_view name, Members members, Fallback fallback = {}) {
  return of_kind(IisKind::Enumeration, name, fallback, std::move(members));
}
inline IisAttribute flags(std::string_view name, Members members, Fallback fallback = {}) {
  return of_kind(IisKind::Flags, name, fallback, std::move(members));
}
inline IisAttribute key(IisAttribute attribute) {
  attribute.key = true;
  return attribute;
}
inline IisAttribute encrypted(IisAttribute attribute) {
  attribute.encrypted = true;
  return attribute;
}
inline IisAttribute since(std::uint32_t build, IisAttribute attribute) {
  attribute.since_build = build;
  return attribute;
}

struct CollectionTraits {
  bool prepends = false;
  bool duplicates = false;
  bool open = false;
  std::string_view defaults{};
};

/// `add` may name several elements: "allow,deny".
inline IisCollection collection(std::string_view add, std::string_view remove, std::string_view clear,
                                std::vector<IisAttribute> attributes, CollectionTraits traits = {}) {
  IisCollection result{
      {},          remove,         clear, std::move(attributes), traits.prepends, traits.duplicates,
      traits.open, traits.defaults};
  const std::size_t comma = add.find(',');
  result.add.push_back(add.substr(0, comma));
  if (comma == std::string_view::npos) return result;
  result.add.push_back(add.substr(comma + 1));
  result.attributes.push_back(enumeration("element", result.add));
  return result;
}

/// Adds the elements of one section; `below` is the path inside the section, "" the section itself.
class SectionTable {
 public:
  SectionTable(std::vector<IisElement>& all, std::string_view section) : all_(all), section_(section) {}

  SectionTable& element(std::string_view below, std::vector<IisAttribute> attributes,
                        std::optional<IisCollection> collection = {}) {
    std::string path(section_);
    if (!below.empty()) path.append("/").append(below);
    all_.push_back({std::move(path), section_, std::move(attributes), std::move(collection)});
    return *this;
  }

 private:
  std::vector<IisElement>& all_;
  std::string_view section_;
};

void add_host_sections(std::vector<IisElement>& all);
void add_web_server_sections(std::vector<IisElement>& all);
void add_security_sections(std::vector<IisElement>& all);
void add_asp_net_sections(std::vector<IisElement>& all);

}  // namespace polc::value::iis
