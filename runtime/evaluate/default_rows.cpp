#include "runtime/evaluate/default_rows.hpp"

namespace polc::evaluate {
namespace {

using value::ResourceKind;
using value::Truth;

value::Fact host_fact(const value::FactTable& facts, std::string_view attribute) {
  const auto id = value::find_attribute(value::resource_info(ResourceKind::Host), attribute);
  return facts.read(value::Address{ResourceKind::Host, *id, {}});
}

std::optional<std::uint8_t> role_bit(std::string_view role) {
  if (role == "dc") return std::uint8_t{1};
  if (role == "member") return std::uint8_t{2};
  if (role == "workgroup") return std::uint8_t{4};
  return std::nullopt;
}

Truth matches(const ir::DefaultRow& row, const HostTraits& host) {
  constexpr std::uint8_t kAllRoles = 7;
  const bool any_build = row.min_build == 0 && row.max_build == UINT32_MAX;
  const bool any_role = (row.roles & kAllRoles) == kAllRoles;
  if (host.build && (*host.build < row.min_build || *host.build > row.max_build)) return Truth::False;
  if (host.role && (*host.role & row.roles) == 0) return Truth::False;
  const bool sure = (any_build || host.build) && (any_role || host.role);
  return sure ? Truth::True : Truth::Unknown;
}

}  // namespace

HostTraits traits_of(const value::FactTable& facts) {
  HostTraits traits;
  const value::Fact build = host_fact(facts, "build");
  if (build.status == value::FactStatus::Present) {
    const auto* number = build.value.get<value::Number>();
    const auto exact = number != nullptr && number->exact() ? number->low.as_unsigned() : std::nullopt;
    if (exact && *exact <= UINT32_MAX) traits.build = static_cast<std::uint32_t>(*exact);
  }
  const value::Fact role = host_fact(facts, "role");
  if (role.status == value::FactStatus::Present) {
    if (const auto* symbol = role.value.get<value::Symbol>()) traits.role = role_bit(symbol->name);
  }
  return traits;
}

std::optional<ir::ConstantId> choose_default(const ir::Program& program, ir::DefaultsId defaults,
                                             const HostTraits& host) {
  std::optional<ir::ConstantId> candidate;
  for (const ir::DefaultRow& row : program.defaults[defaults]) {
    const Truth match = matches(row, host);
    if (match == Truth::False) continue;
    if (candidate && !(program.constants[*candidate] == program.constants[row.value])) return std::nullopt;
    candidate = row.value;
    if (match == Truth::True) return candidate;
  }
  return std::nullopt;  // the rows that may match leave a gap
}

}  // namespace polc::evaluate
