#include "grammar/match.hpp"

#include "grammar/expectations.hpp"
#include "grammar/nodes.hpp"
#include "grammar/rules.hpp"
#include "runtime/base/limits.hpp"

namespace polc::grammar {
namespace {

namespace pegtl = tao::pegtl;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf>;

std::uint32_t offset_of(const Input& in) {
  return static_cast<std::uint32_t>(in.current() - in.begin());
}

[[noreturn]] void fail(Problem problem, std::uint32_t offset) {
  throw SyntaxError{{problem, {}}, offset};
}

bool at_closing(const Input& in) {
  if (in.current() == in.end()) return true;
  const char c = *in.current();
  return c == ')' || c == ']' || c == '}';
}

/// Counts nested rules; the destructor runs also when a rule raises.
class [[nodiscard]] DepthGuard {
 public:
  DepthGuard(TreeBuilder& builder, const Input& in) : builder_(builder) {
    if (builder_.depth >= limits::kNesting) fail(Problem::TooDeep, offset_of(in));
    ++builder_.depth;
  }
  ~DepthGuard() { --builder_.depth; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  TreeBuilder& builder_;
};

template <class Rule>
inline constexpr bool kIsNested = false;
template <class Rule>
inline constexpr bool kIsNested<rules::nested<Rule>> = true;

/// What happens around every rule: nodes open and close, depth is counted, a missing rule raises.
template <class Rule>
struct Control : pegtl::normal<Rule> {
  static constexpr Making kMakes = kMaking<Rule>;
  static constexpr bool kIsTrivia = std::is_same_v<Rule, rules::trivia>;

  static void start(const Input& in, TreeBuilder& builder) {
    if constexpr (kMakes.shape != Shape::None || kIsTrivia) builder.open(offset_of(in));
  }

  static void success(const Input& in, TreeBuilder& builder) {
    if constexpr (kIsTrivia) {
      builder.close_trivia(offset_of(in));
    } else if constexpr (kMakes.shape != Shape::None) {
      const auto outcome = kMakes.shape == Shape::Tail
                               ? builder.close_adopting(kMakes.kind, kMakes.op, offset_of(in))
                               : builder.close(kMakes.kind, kMakes.op, offset_of(in));
      if (outcome == TreeBuilder::Outcome::TooDeep) fail(Problem::TooDeep, offset_of(in));
      if (outcome == TreeBuilder::Outcome::TooManyOperands) fail(Problem::TooManyOperands, offset_of(in));
    }
  }

  static void failure(const Input& /*in*/, TreeBuilder& builder) {
    if constexpr (kMakes.shape != Shape::None || kIsTrivia) builder.abandon();
  }

  [[noreturn]] static void raise(const Input& in, TreeBuilder& /*builder*/) {
    static_assert(kExpected<Rule>.problem != Problem::None, "expectations.hpp must say what is missing here");
    throw SyntaxError{kExpected<Rule>, offset_of(in)};
  }

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <class...> class Action,
            template <class...> class C>
  static bool match(Input& in, TreeBuilder& builder) {
    if constexpr (A == pegtl::apply_mode::nothing) {  // looking ahead builds nothing
      return pegtl::normal<Rule>::template match<A, M, Action, pegtl::normal>(in, builder);
    } else if constexpr (kIsNested<Rule>) {
      if (at_closing(in)) return false;  // the end of an empty list is no deeper level
      const DepthGuard guard(builder, in);
      return pegtl::normal<Rule>::template match<A, M, Action, C>(in, builder);
    } else {
      return pegtl::normal<Rule>::template match<A, M, Action, C>(in, builder);
    }
  }
};

template <class Rule>
bool run(Input& in, TreeBuilder& builder) {
  return pegtl::parse<Rule, pegtl::nothing, Control>(in, builder);
}

bool run(Entry entry, Input& in, TreeBuilder& builder) {
  switch (entry) {
    case Entry::PolicyHead:
      return run<rules::policy_head>(in, builder);
    case Entry::SettingHead:
      return run<rules::setting_head>(in, builder);
    case Entry::GroupHead:
      return run<rules::group_head>(in, builder);
    case Entry::ControlHead:
      return run<rules::control_head>(in, builder);
    case Entry::WaiveHead:
      return run<rules::waive_head>(in, builder);
    case Entry::ProfileHead:
      return run<rules::profile_head>(in, builder);
    case Entry::Use:
      return run<rules::use>(in, builder);
    case Entry::Param:
      return run<rules::param>(in, builder);
    case Entry::Let:
      return run<rules::let>(in, builder);
    case Entry::Def:
      return run<rules::def>(in, builder);
    case Entry::TestHead:
      return run<rules::test_head>(in, builder);
    case Entry::Field:
      return run<rules::field>(in, builder);
    case Entry::When:
      return run<rules::when>(in, builder);
    case Entry::Clause:
      return run<rules::clause>(in, builder);
    case Entry::ProfileItem:
      return run<rules::profile_item>(in, builder);
    case Entry::TestItem:
      return run<rules::test_item>(in, builder);
  }
  return false;
}

}  // namespace

Match match(Entry entry, std::string_view text, std::uint32_t offset, TreeBuilder& builder) {
  const TreeBuilder::Mark before = builder.mark();
  Input in(text.data(), text.size(), "");
  in.bump(offset);
  try {
    if (run(entry, in, builder)) return {true, offset_of(in), std::nullopt};
    builder.reset(before);
    return {false, offset, std::nullopt};
  } catch (const SyntaxError& error) {
    builder.reset(before);
    return {false, offset, error};
  }
}

}  // namespace polc::grammar
