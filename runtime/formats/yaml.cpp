#include "runtime/formats/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <istream>
#include <memory_resource>
#include <streambuf>
#include <string>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"
#include "runtime/formats/document_builder.hpp"
#include "runtime/formats/encoding.hpp"

namespace polc::formats {
namespace {

/// Leaves yaml-cpp's parser from within an event, after the reason has been reported. Never leaves this file.
struct Stop {};

bool is_hex_digit(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_decimal(std::string_view word) {
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  return !word.empty() && std::all_of(word.begin(), word.end(), base::is_digit);
}

bool is_hexadecimal(std::string_view word) {
  if (!word.starts_with("0x")) return false;
  word.remove_prefix(2);
  return !word.empty() && std::all_of(word.begin(), word.end(), is_hex_digit);
}

/// The core schema of YAML 1.2 (section 10.3.2), without its octal and floating point numbers: those are
/// words.
NodeKind plain_kind(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kBooleans{"true",  "True",  "TRUE",
                                                             "false", "False", "FALSE"};
  if (is_decimal(word) || is_hexadecimal(word)) return NodeKind::Integer;
  if (std::find(kBooleans.begin(), kBooleans.end(), word) != kBooleans.end()) return NodeKind::Boolean;
  return NodeKind::Word;
}

bool has_leading_zero(std::string_view number) {
  if (number.starts_with('-') || number.starts_with('+')) number.remove_prefix(1);
  return number.size() > 1 && number[0] == '0' && base::is_digit(number[1]);
}

/// What to do about the yaml-cpp messages that people meet.
std::string advice_for(std::string_view problem) {
  if (problem.find("unknown escape") != std::string_view::npos) {
    return "in double quotes a backslash begins an escape; put paths into single quotes";
  }
  if (problem.find("tab") != std::string_view::npos) return "indent with spaces";
  if (problem.find("illegal map value") != std::string_view::npos) return "quote a text that contains ': '";
  if (problem.find("end of map") != std::string_view::npos ||
      problem.find("end of seq") != std::string_view::npos) {
    return "check the indentation, and that every '{' and '[' is closed";
  }
  return {};
}

class Handler : public YAML::EventHandler {
 public:
  Handler(std::string_view text, std::uint32_t text_begin, base::FileId file, base::DiagnosticSink& sink)
      : builder_(file, sink), sink_(sink), file_(file), text_(text), text_begin_(text_begin) {}

  /// yaml-cpp looks for the second character of an escape behind the end of the text too.
  std::uint32_t offset(const YAML::Mark& mark) const {
    return inside(text_begin_ + static_cast<std::size_t>(std::max(mark.pos, 0)));
  }
  base::Span span(const YAML::Mark& mark) const { return {file_, offset(mark), inside(offset(mark) + 1)}; }

  bool empty() const { return builder_.empty(); }

  /// yaml-cpp takes the end of the file for the closing quote; only the last quoted text can be affected.
  bool ends_inside_quotes() const {
    const char quote = last_quoted_ < text_.size() ? text_[last_quoted_] : ' ';
    if (quote != '\'' && quote != '"') return false;  // a block, or none at all
    for (std::size_t at = last_quoted_ + 1; at < text_.size(); ++at) {
      const bool pair = quote == '"' ? text_[at] == '\\' : text_.substr(at, 2) == "''";
      if (pair) {
        ++at;
      } else if (text_[at] == quote) {
        return false;
      }
    }
    return true;
  }
  base::Span last_quoted() const { return {file_, last_quoted_, last_quoted_ + 1}; }
  Document finish() { return builder_.finish(std::move(texts_)); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!builder_.empty()) stop(diag::SeveralDocuments{}.at(span(mark)));
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    stop(diag::YamlAnchor{}.at(span(mark)));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { stop(diag::YamlAnchor{}.at(span(mark))); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    // The mark of a value that is not there is that of whatever follows; people look at the key.
    const std::uint32_t here = offset(mark);
    const bool written =
        here < text_.size() && (text_[here] == '~' || text_[here] == 'n' || text_[here] == 'N');
    const std::uint32_t place = written ? here : last_end_;
    need(builder_.scalar(NodeKind::Null, {}, place, place + 1));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    const bool plain = tag == "?" || tag.empty();
    const NodeKind kind = plain ? plain_kind(value) : NodeKind::Text;
    if (kind == NodeKind::Integer && has_leading_zero(value)) {
      sink_.add(diag::YamlLeadingZero{.number = value}.at(span(mark)));
    }
    if (!plain) last_quoted_ = offset(mark);
    const auto written = static_cast<std::uint32_t>(value.size() + (plain ? 0 : 2));
    last_end_ = std::min(offset(mark) + written, static_cast<std::uint32_t>(text_.size()));
    need(builder_.scalar(kind, keep(value), offset(mark), last_end_));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(NodeKind::Sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { builder_.end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(NodeKind::Mapping, mark, tag, anchor);
  }
  void OnMapEnd() override { builder_.end(); }

 private:
  void begin(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    need(builder_.begin(kind, offset(mark)));
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) stop(diag::YamlAnchor{}.at(span(mark)));
  }

  /// "?" is "none", "!" is "quoted".
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") stop(diag::YamlTag{.tag = tag}.at(span(mark)));
  }

  std::string_view keep(const std::string& value) {
    if (value.empty() || value.size() > limits::kScalarBytes) return value;  // the builder refuses a long one
    char* copy = static_cast<char*>(texts_->allocate(value.size(), 1));
    std::memcpy(copy, value.data(), value.size());
    return {copy, value.size()};
  }

  [[noreturn]] void stop(base::Diagnostic reason) {
    sink_.add(std::move(reason));
    throw Stop{};
  }
  static void need(bool within_bounds) {
    if (!within_bounds) throw Stop{};
  }

  std::shared_ptr<std::pmr::monotonic_buffer_resource> texts_ =
      std::make_shared<std::pmr::monotonic_buffer_resource>();
  DocumentBuilder builder_;
  base::DiagnosticSink& sink_;
  base::FileId file_;
  std::uint32_t inside(std::size_t offset) const {
    return static_cast<std::uint32_t>(std::min(offset, text_.size()));
  }

  std::string_view text_;
  std::uint32_t text_begin_;
  std::uint32_t last_end_ = 0;  ///< of the last scalar
  std::uint32_t last_quoted_ = 0;
};

/// YAML 1.2 section 5.1; yaml-cpp itself takes U+0004 for the end of the text.
bool has_control_character(std::string_view text, base::FileId file, base::DiagnosticSink& sink) {
  const auto found = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
  });
  if (found == text.end()) return false;
  const auto offset = static_cast<std::uint32_t>(found - text.begin());
  const auto code = fmt::format("U+{:04X}", static_cast<unsigned>(*found));
  sink.add(diag::ControlCharacter{.code = code}.at({file, offset, offset + 1}));
  return true;
}

/// A stream over memory that is not copied.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // streambuf's get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

std::optional<Document> read_yaml(std::string_view text, base::FileId file, base::DiagnosticSink& sink) {
  if (!check_size_and_marks(text, limits::kYamlBytes, file, sink)) return std::nullopt;
  if (!check_utf8(text, file, sink)) return std::nullopt;
  if (has_control_character(text, file, sink)) return std::nullopt;

  const std::size_t begin = byte_order_mark(text);
  ViewBuffer buffer(text.substr(begin));
  std::istream stream(&buffer);
  Handler handler(text, static_cast<std::uint32_t>(begin), file, sink);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const YAML::ParserException& error) {
    sink.add(
        diag::YamlSyntax{.problem = error.msg, .advice = advice_for(error.msg)}.at(handler.span(error.mark)));
    return std::nullopt;
  } catch (const Stop&) {
    return std::nullopt;
  }
  if (handler.empty()) {
    sink.add(diag::EmptyFile{}.at({file, 0, 0}));
    return std::nullopt;
  }
  if (handler.ends_inside_quotes()) {
    sink.add(diag::YamlSyntax{.problem = "a quoted text that is not closed", .advice = {}}.at(
        handler.last_quoted()));
    return std::nullopt;
  }
  return handler.finish();
}

}  // namespace polc::formats
