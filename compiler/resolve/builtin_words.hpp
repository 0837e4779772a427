// The words that mean something everywhere: resources, members of enumerations, principals, privileges, rights,
// functions. No declaration may hide one, so a reader never has to ask which of two things a word is.
#pragma once

#include <string_view>

namespace polc::compiler {

/// "a resource", "a member of host_role", "a principal": what a word is already; "" when it is free.
std::string_view builtin_meaning(std::string_view word);

}  // namespace polc::compiler
