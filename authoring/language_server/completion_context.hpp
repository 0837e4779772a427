// Where in a text something is being typed: the tokens of its item, and what a comparison there needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/scan.hpp"
#include "runtime/value/resource.hpp"

namespace polc::authoring {

struct ContextToken {
  grammar::Token token;
  std::string_view text;
};

/// The text before a place, as far as it says what can follow. Views borrow from the text.
struct CompletionContext {
  std::string_view body;           ///< word that began the innermost body: "control"; "" in a file
  std::vector<ContextToken> item;  ///< tokens of the item that is being typed, the one at the place excluded
  std::string_view typed;          ///< what stands before the place of its own word or string
  std::uint32_t typed_begin = 0;
  std::uint32_t typed_end = 0;  ///< of the word or string at the place, what stands behind it included
  bool in_string = false;
  bool in_comment = false;

  /// The word that an object begins with whose last token is `last`; brackets behind it are skipped. "" if there is none.
  std::string_view object_at(std::size_t last) const;

  /// The call whose argument list is open, and how many commas stand in it.
  std::pair<std::string_view, std::size_t> open_call() const;

  /// Text of the string that is the first argument of the open call, without quotes; "" if it is none.
  std::string_view first_argument() const;

  /// The attribute that is compared at the place (`host.role == `), with the type of what can stand there; nothing
  /// where that is no attribute of the catalogue, or where braces are missing.
  struct Compared {
    const value::ResourceInfo* resource;
    value::Type type;
  };
  std::optional<Compared> compared() const;

 private:
  std::optional<std::size_t> open_bracket() const;
};

/// `place`: offset in bytes.
CompletionContext read_context(std::string_view text, std::uint32_t place);

}  // namespace polc::authoring
