#include "runtime/ir/op_info.hpp"

#include <array>

namespace polc::ir {
namespace {

constexpr std::uint32_t kMany = UINT32_MAX;

struct OpInfo {
  std::string_view name;
  Arity arity;
};

// In enumeration order.
constexpr std::array kOps{
    OpInfo{"Constant", {0, 0}},    OpInfo{"Fact", {0, 0}},         OpInfo{"Read", {0, kMany}},
    OpInfo{"Variable", {0, 0}},    OpInfo{"Field", {1, 1}},        OpInfo{"Lookup", {2, 2}},
    OpInfo{"Add", {2, 2}},         OpInfo{"Subtract", {2, 2}},     OpInfo{"Multiply", {2, 2}},
    OpInfo{"Negate", {1, 1}},      OpInfo{"Union", {2, kMany}},    OpInfo{"Intersection", {2, kMany}},
    OpInfo{"Difference", {2, 2}},  OpInfo{"Range", {2, 2}},        OpInfo{"MakePort", {1, 1}},
    OpInfo{"MakeSet", {0, kMany}}, OpInfo{"MakeList", {0, kMany}}, OpInfo{"MakeMap", {0, kMany}},
    OpInfo{"Count", {1, 1}},       OpInfo{"IntOf", {1, 1}},        OpInfo{"Split", {2, 2}},
    OpInfo{"Lower", {1, 1}},       OpInfo{"RegistryAs", {1, 1}},   OpInfo{"True", {0, 0}},
    OpInfo{"False", {0, 0}},       OpInfo{"And", {1, kMany}},      OpInfo{"Or", {1, kMany}},
    OpInfo{"All", {2, 2}},         OpInfo{"Any", {2, 2}},          OpInfo{"Compare", {2, 2}},
    OpInfo{"Holds", {1, 1}},       OpInfo{"IsPresent", {1, 1}},    OpInfo{"IsResolved", {1, 1}},
    OpInfo{"Select", {3, kMany}},
};
static_assert(kOps.size() == static_cast<std::size_t>(kLastOp) + 1);

// In enumeration order.
constexpr std::array<std::string_view, 16> kComparisons{
    "==",       "!=",           "<",      "<=",         ">",    ">=",       "in",       "not in",
    "contains", "not contains", "within", "not within", "like", "not like", "has_bits", "not has_bits"};
static_assert(kComparisons.size() == static_cast<std::size_t>(kLastComparison) + 1);

}  // namespace

Arity arity_of(Op op) {
  return kOps[static_cast<std::size_t>(op)].arity;
}

std::string_view op_name(Op op) {
  return kOps[static_cast<std::size_t>(op)].name;
}

Comparison opposite(Comparison comparison) {
  switch (comparison) {
    case Comparison::Less:
      return Comparison::GreaterEqual;
    case Comparison::LessEqual:
      return Comparison::Greater;
    case Comparison::Greater:
      return Comparison::LessEqual;
    case Comparison::GreaterEqual:
      return Comparison::Less;
    default:
      // All others stand in pairs, the plain one on an even place.
      return static_cast<Comparison>(static_cast<unsigned>(comparison) ^ 1U);
  }
}

std::optional<Comparison> mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::Equal:
    case Comparison::NotEqual:
      return comparison;
    case Comparison::Less:
      return Comparison::Greater;
    case Comparison::LessEqual:
      return Comparison::GreaterEqual;
    case Comparison::Greater:
      return Comparison::Less;
    case Comparison::GreaterEqual:
      return Comparison::LessEqual;
    default:
      return std::nullopt;
  }
}

std::string_view comparison_text(Comparison comparison) {
  return kComparisons[static_cast<std::size_t>(comparison)];
}

}  // namespace polc::ir
