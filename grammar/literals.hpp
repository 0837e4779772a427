// What the literals of a syntax tree mean. The parser has already reported every literal that does not
// decode, so after a parse without errors the optional results are engaged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

/// Whether nodes of that kind are strings: RawString, String or TextBlock.
bool is_string(NodeKind kind);

/// Value of a RawString, String or TextBlock: quotes removed, `''` and escapes replaced; of a text block the
/// common indentation and a first empty line are removed and CRLF becomes LF. Escapes: \n \r \t \\ \"
/// \u{HEX}.
std::string decode_string(const SyntaxTree& tree, NodeId id);

/// Value of an Int or HexInt; nullopt above 2^64 - 1. A sign is a Negation node around it.
std::optional<std::uint64_t> decode_integer(const SyntaxTree& tree, NodeId id);

/// Seconds; nullopt above 2^63 - 1.
std::optional<std::int64_t> decode_duration(const SyntaxTree& tree, NodeId id);

/// Days since 1970-01-01 (proleptic Gregorian); nullopt for a day that does not exist.
std::optional<std::int32_t> decode_date(const SyntaxTree& tree, NodeId id);

}  // namespace polc::grammar
