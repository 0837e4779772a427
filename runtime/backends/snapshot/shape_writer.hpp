// The inverse of the shapes' read(): what the evidence holds, as it is written in a snapshot. nullopt for what has no
// place in the form (text that is not UTF-8, an address that is none), so that nothing is written that cannot be read.
#pragma once

#include "runtime/backends/snapshot/shapes.hpp"
#include "runtime/backends/snapshot/tree.hpp"

namespace polc::backends::snapshot {

std::optional<Tree> written(const TextShape& shape, const std::string& text);
std::optional<Tree> written(const FlagShape& shape, bool flag);
std::optional<Tree> written(const ChoiceShape& shape, bool choice);
std::optional<Tree> written(const WordShape& shape, const std::string& word);
std::optional<Tree> written(const RoleShape& shape, value::HostRole role);
std::optional<Tree> written(const ProfileShape& shape, value::FirewallProfile profile);
std::optional<Tree> written(const NumberShape& shape, std::uint32_t number);
std::optional<Tree> written(const PortShape& shape, std::uint16_t port);
std::optional<Tree> written(const CountShape& shape, const value::Integer& count);
std::optional<Tree> written(const DurationShape& shape, const value::Integer& seconds);
std::optional<Tree> written(const SidShape& shape, const std::string& sid);
std::optional<Tree> written(const PrincipalShape& shape, const value::PrincipalEvidence& principal);
std::optional<Tree> written(const DateShape& shape, const value::Date& date);
std::optional<Tree> written(const InstantShape& shape, std::int64_t seconds);
std::optional<Tree> written(const AddressShape& shape, const std::string& address);
std::optional<Tree> written(const InterfaceAddressShape& shape, const std::string& address);
std::optional<Tree> written(const RuleAddressShape& shape, const std::string& address);
std::optional<Tree> written(const RulePortShape& shape, const std::string& port);
std::optional<Tree> written(const RuleProtocolShape& shape, const std::optional<std::uint32_t>& protocol);

template <class Inner>
std::optional<Tree> written(const ListShape<Inner>& shape, const std::vector<typename Inner::Value>& list) {
  Tree tree = Tree::list();
  tree.on_one_line = true;
  for (const auto& item : list) {
    auto one = written(shape.inner, item);
    if (!one) return std::nullopt;
    tree.items.push_back(std::move(*one));
  }
  if (shape.or_single && tree.items.size() == 1) return Tree(tree.items.front());
  return tree;
}

/// The detail alone, escaped where it is not UTF-8.
std::string shown_detail(const value::Unknown& why);

/// "access denied: error 5".
std::string reason_in_words(const value::Unknown& why);

/// A reading as it stands in a snapshot; nullopt when nobody looked. A value without a place in the form becomes
/// unreadable, with that as the reason.
template <class T, class Shape>
std::optional<Tree> written_reading(const value::Reading<T>& reading, const Shape& shape) {
  switch (reading.status) {
    case value::FactStatus::Present:
      if (auto tree = written(shape, reading.value)) return tree;
      return Tree::unreadable(
          reason_in_words({value::UnknownReason::Corrupt, {}, "what was read has no place in a snapshot"}));
    case value::FactStatus::Mistyped:
      return Tree::mistyped(shown_detail(reading.unknown));
    case value::FactStatus::Absent:
      return Tree::absent();
    case value::FactStatus::Unknown:
      break;
  }
  const bool nobody_looked =
      reading.unknown.reason == value::UnknownReason::NotCollected && reading.unknown.detail.empty();
  if (nobody_looked) return std::nullopt;
  return Tree::unreadable(reason_in_words(reading.unknown));
}

/// The same where something must be written.
template <class T, class Shape>
Tree written_fact(const value::Reading<T>& reading, const Shape& shape) {
  return written_reading(reading, shape).value_or(Tree::unreadable(reason_in_words({})));
}

}  // namespace polc::backends::snapshot
