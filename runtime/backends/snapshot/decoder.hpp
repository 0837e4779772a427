// What decoding a snapshot needs everywhere: places, reports, and the forms that a fact can take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/document.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::snapshot {

using formats::Member;
using formats::Node;
using formats::NodeKind;

/// Words of the form that stand where a value or the name of a row could. Windows names ignore case, so that a row of
/// the same name can be written in another case.
inline constexpr std::string_view kComplete = "complete";
inline constexpr std::string_view kUnreadable = "unreadable";
inline constexpr std::string_view kAbsent = "absent";
inline constexpr std::string_view kMistyped = "mistyped";
inline constexpr std::string_view kItems = "items";

/// Lines and columns of byte offsets, fast for offsets that mostly ascend. Columns count code points.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  base::LineColumn at(std::uint32_t offset);
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::uint32_t offset_ = 0;
  base::LineColumn position_;
};

/// What stands in the place of a value: `absent`, or {unreadable: REASON}.
struct Marker {
  bool absent = false;
  value::Unknown why;  ///< when not absent
};

class Decoder {
 public:
  Decoder(std::string_view text, std::string file_name, base::DiagnosticSink& sink, value::Evidence& evidence)
      : evidence_(evidence), lines_(text), file_name_(std::move(file_name)), sink_(sink) {}

  /// A new origin for something recorded at `node`.
  value::OriginId origin(Node node, std::string note = {});

  /// The origin of a text: of a literal block the first of its lines, without a column.
  value::OriginId origin_of_lines(Node node);

  /// Reports at most a few more than what is shown of one file; ask enough() in long loops.
  void report(base::Diagnostic diagnostic);
  bool enough() const { return errors_ > kEnough; }
  bool failed() const { return errors_ > 0; }

  /// `place` is how messages call what stands there: "'port'", "a service".
  void wrong_kind(Node node, std::string_view place, std::string_view expected);
  void malformed(Node node, std::string_view expected, std::string problem = {});
  void unknown_key(Node key, std::string_view place, const std::vector<std::string_view>& known);
  void unknown_word(Node node, std::string_view place, const std::vector<std::string_view>& known);
  void same_name(Node second, Node first);

  /// nullopt for anything that is neither `absent` nor {unreadable: ...}. A reason that is none is reported.
  std::optional<Marker> marker(Node node);

  /// {mistyped: ...}: it was there, as something else than Windows reads; nullopt for anything else.
  std::optional<std::string> mistyped(Node node);

  /// "access denied: error 5"; nullopt, and reported, when the reason is none.
  std::optional<value::Unknown> reason(Node node);

  value::Evidence& evidence() { return evidence_; }

 private:
  static constexpr std::size_t kEnough = 120;  // more than DiagnosticSink shows of one file

  value::Evidence& evidence_;
  LineCounter lines_;
  std::string file_name_;
  base::DiagnosticSink& sink_;
  std::size_t errors_ = 0;
};

/// The reading that stands in the place of a value: `absent`, {unreadable: ...} or {mistyped: ...}.
template <class T>
std::optional<value::Reading<T>> marked_reading(Decoder& decoder, Node node) {
  using Reading = value::Reading<T>;
  if (const auto marker = decoder.marker(node)) {
    const value::OriginId origin = decoder.origin(node);
    return marker->absent ? Reading::absent(origin) : Reading::unreadable(marker->why, origin);
  }
  auto what = decoder.mistyped(node);
  if (!what) return std::nullopt;
  return Reading{value::FactStatus::Mistyped,
                 {},
                 {value::UnknownReason::NotCollected, {}, std::move(*what)},
                 decoder.origin(node)};
}

/// "'name'": a key of the form in messages.
std::string quoted_key(std::string_view name);

}  // namespace polc::backends::snapshot
