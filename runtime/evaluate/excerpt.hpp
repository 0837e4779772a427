// An expression as its author wrote it, and where the parts of it stand.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/ir/program.hpp"

namespace polc::evaluate {

class Excerpt {
 public:
  /// Of a clause: `text` is the source text of `range`.
  Excerpt(const ir::Program& program, ir::RangeId range, std::string_view text)
      : program_(program), range_(program.ranges[range]), known_(range != 0), text_(text) {}

  /// Of the body of a helper.
  Excerpt(const ir::Program& program, std::uint32_t expansion)
      : Excerpt(program, program.expansions[expansion].body,
                program.text(program.expansions[expansion].excerpt)) {
    expansion_ = expansion;
  }

  std::string_view text() const { return text_; }

  /// Byte offset of a node's beginning; nodes of a helper that is called here stand at the call.
  std::optional<std::uint32_t> begin(const ir::Node& node) const;

  /// Byte offset of a call.
  std::optional<std::uint32_t> begin(const ir::Expansion& called) const;

  /// Source text of a node; "" without a place.
  std::string_view text(const ir::Node& node) const;

  /// Byte offset of the operator or suffix that follows `left`: the first word or sign behind it that is neither
  /// blank, comment nor closing bracket. Looks no further than `limit`'s end.
  std::optional<std::uint32_t> after(const ir::Node& left, const ir::Node& limit) const;

  /// The variable of the quantifier that begins at a node: `p` in `all p in ...`.
  std::string_view variable(const ir::Node& quantifier) const;

 private:
  std::optional<std::uint32_t> end(const ir::Node& node) const;
  const ir::SourceRange* inside(const ir::Node& node) const;
  const ir::SourceRange* inside(ir::RangeId range) const;

  const ir::Program& program_;
  const ir::SourceRange& range_;
  bool known_;
  std::uint32_t expansion_ = 0;
  std::string_view text_;
};

}  // namespace polc::evaluate
