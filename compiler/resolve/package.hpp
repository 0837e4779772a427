// Everything that one compilation links together: the policy file and the modules it reaches through `use`.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "grammar/syntax_tree.hpp"
#include "runtime/base/span.hpp"

namespace polc::compiler {

using ModuleId = std::uint32_t;
inline constexpr ModuleId kNoModule =
    UINT32_MAX;  ///< text from outside, such as an override: no names in sight
using DeclarationId = std::uint32_t;

/// A `use` that was followed. Without an alias the module's declarations are visible under their own names.
struct Import {
  ModuleId module = 0;
  std::string alias;
  base::Span span;
};

enum class DeclarationKind : std::uint8_t { Param, Let, Def };

/// A declaration that expressions can name.
struct Declaration {
  DeclarationKind kind = DeclarationKind::Let;
  ModuleId module = 0;
  grammar::NodeId node = grammar::kNoNode;
  std::string_view name;  // points into the source text
  base::Span name_span;
};

/// A `control` of the package. Waivers and reports name it by its id, or by one it had formerly.
struct ControlDeclaration {
  ModuleId module = 0;
  grammar::NodeId node = grammar::kNoNode;
  grammar::NodeId group = grammar::kNoNode;
  std::string id;
};

using ProfileId = std::uint32_t;

/// `set name = value` of a profile.
struct Assignment {
  DeclarationId parameter = 0;
  grammar::NodeId node = grammar::kNoNode;
};

/// A `profile` of the package.
struct ProfileDeclaration {
  ModuleId module = 0;
  grammar::NodeId node = grammar::kNoNode;
  std::string name;
  base::Span name_span;
  std::vector<ProfileId> extends;  ///< directly, as written
  std::vector<ProfileId>
      chain;  ///< all that it extends and itself: what is extended stands before what extends it
  std::uint64_t extended = 0;  ///< bit i: it extends profile i, directly or not
  std::vector<Assignment> assignments;
};

struct Module {
  std::string name;  ///< "policies/automate.pol", or "std.gpo" for a module of the standard library
  bool embedded = false;
  grammar::SyntaxTree tree;
  std::vector<Import> imports;
  std::unordered_map<std::string_view, DeclarationId> declarations;  // its own
  bool lacks_import = false;                                         ///< a `use` of it could not be followed
};

struct Package {
  std::deque<Module> modules;  ///< [0] is the policy file; then in the order in which `use` reaches them
  std::vector<Declaration> declarations;
  std::vector<ControlDeclaration> controls;                       ///< module by module, in source order
  std::unordered_map<std::string, std::uint32_t> controls_by_id;  ///< folded id, current or former

  std::vector<ProfileDeclaration> profiles;
  std::unordered_map<std::string, ProfileId> profiles_by_name;  ///< folded
  bool test_file = false;  ///< modules[0] may leave the `policy` to a module that it uses
  ModuleId policy = 0;     ///< the module with the `policy` block

  std::unordered_set<std::string> broken_words;  ///< folded; of declarations that could not be parsed

  const grammar::SyntaxTree& tree(ModuleId module) const { return modules[module].tree; }
};

}  // namespace polc::compiler
