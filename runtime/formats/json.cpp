#include "runtime/formats/json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"
#include "runtime/formats/document_builder.hpp"
#include "runtime/formats/encoding.hpp"

namespace polc::formats {
namespace {

namespace ondemand = simdjson::ondemand;

/// Everything that views into a Document's texts refer to.
struct Storage {
  simdjson::padded_string text;
  ondemand::parser parser;
};

/// Text that a node of a machine's snapshot takes at the least, as a rule.
constexpr std::size_t kNodeBytes = 6;

/// Nodes to expect at most where a filter leaves most of the text out.
constexpr std::size_t kFilteredNodes = 1U << 16U;

std::size_t skip_digits(std::string_view token, std::size_t at) {
  while (at < token.size() && base::is_digit(token[at])) ++at;
  return at;
}

/// RFC 8259 section 6; nullopt when the token is no number. Any size: what fits is the reader's question.
std::optional<NodeKind> number_kind(std::string_view token) {
  const std::size_t first = token.starts_with('-') ? 1 : 0;
  std::size_t at = skip_digits(token, first);
  if (at == first || (token[first] == '0' && at > first + 1)) return std::nullopt;
  if (at == token.size()) return NodeKind::Integer;
  if (token[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(token, fraction);
    if (at == fraction) return std::nullopt;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(token, exponent);
    if (at == exponent) return std::nullopt;
  }
  return at == token.size() ? std::optional(NodeKind::Fraction) : std::nullopt;
}

std::string_view without_trailing_space(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last + 1);
}

/// simdjson finds open strings and raw control characters before it can say where they are.
struct StringProblem {
  std::size_t offset = 0;
  std::string_view what;
};
StringProblem find_string_problem(std::string_view text) {
  std::size_t opened = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside && c == '\\') {
      ++i;
    } else if (c == '"') {
      inside = !inside;
      opened = i;
    } else if (inside && static_cast<unsigned char>(c) < 0x20) {
      return {i, "a control character or line end inside a string"};
    }
  }
  return {opened, "a string that is not closed"};
}

class Reader {
 public:
  Reader(const Storage& storage, base::FileId file, base::DiagnosticSink& sink, const MemberFilter& filter)
      : builder_(file, sink), sink_(sink), filter_(filter), file_(file), text_(storage.text) {
    const std::size_t most = filter ? kFilteredNodes : limits::kDocumentNodes;
    builder_.reserve(std::min(text_.size() / kNodeBytes, most));
  }

  /// False after an error; simdjson's own is reported here, bounds by the builder.
  bool read(ondemand::document& document) {
    ondemand::value root;
    if (document.get_value().get(root) != simdjson::SUCCESS) {
      return fail(document, "the outermost value must be an object or a list");
    }
    if (!value(document, root)) return false;
    const char* rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS) {
      return fail_at(rest, "more text behind the end of the outermost value");
    }
    return true;
  }

  Document finish(std::shared_ptr<const void> storage) { return builder_.finish(std::move(storage)); }

 private:
  bool value(ondemand::document& document, ondemand::value item) {
    ondemand::json_type type{};
    if (item.type().get(type) != simdjson::SUCCESS) return fail(document, "a value is missing here");
    switch (type) {
      case ondemand::json_type::object:
        return object(document, item);
      case ondemand::json_type::array:
        return array(document, item);
      case ondemand::json_type::string:
        return string(document, item);
      default:
        return word(document, item);
    }
  }

  bool object(ondemand::document& document, ondemand::value& item) {
    const std::uint32_t offset = location(document);
    ondemand::object object;
    if (const auto error = item.get_object().get(object))
      return fail(document, simdjson::error_message(error));
    if (!begin(NodeKind::Mapping, offset)) return false;
    for (auto member : object) {
      ondemand::field field;
      if (const auto error = std::move(member).get(field)) return fail(document, explain(error));
      const auto key_offset = offset_of(field.key().raw()) - 1;
      std::string_view key;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) {
        return fail_at(&text_[key_offset], "an escape in this string is not valid");
      }
      if (!entry(document, field, key, key_offset)) return false;
    }
    end();
    return true;
  }

  bool entry(ondemand::document& document, ondemand::field& field, std::string_view key,
             std::uint32_t offset) {
    const bool asked = filter_ && skipping_ == 0 && !in_list_ && path_.size() < kFilterDepth;
    path_.push_back(key);
    const bool wanted = !asked || filter_(path_);
    if (!wanted) ++skipping_;
    const bool read = scalar(NodeKind::Text, key, offset, key.size() + 2) && value(document, field.value());
    if (!wanted) --skipping_;
    path_.pop_back();
    return read;
  }

  bool array(ondemand::document& document, ondemand::value& item) {
    const std::uint32_t offset = location(document);
    ondemand::array array;
    if (const auto error = item.get_array().get(array)) return fail(document, simdjson::error_message(error));
    if (!begin(NodeKind::Sequence, offset)) return false;
    const bool outer = std::exchange(in_list_, true);
    for (auto element : array) {
      ondemand::value child;
      // NOLINTNEXTLINE(performance-move-const-arg): get() is there for rvalues only
      if (const auto error = std::move(element).get(child)) return fail(document, explain(error));
      if (!value(document, child)) return false;
    }
    in_list_ = outer;
    end();
    return true;
  }

  bool string(ondemand::document& document, ondemand::value& item) {
    const std::uint32_t offset = location(document);
    std::string_view content;
    if (item.get_string().get(content) != simdjson::SUCCESS) {
      return fail_at(&text_[offset], "an escape in this string is not valid");
    }
    return scalar(NodeKind::Text, content, offset, content.size() + 2);
  }

  /// A number, `true`, `false` or `null`.
  bool word(ondemand::document& document, ondemand::value& item) {
    const std::uint32_t offset = location(document);
    const std::string_view token = without_trailing_space(item.raw_json_token());
    if (token == "true" || token == "false") return scalar(NodeKind::Boolean, token, offset, token.size());
    if (token == "null") return scalar(NodeKind::Null, {}, offset, token.size());
    if (const auto kind = number_kind(token)) return scalar(*kind, token, offset, token.size());
    return fail_at(&text_[offset],
                   fmt::format("'{}' is neither a number nor true, false or null", token.substr(0, 32)));
  }

  // What is skipped is validated alike, and counts for depth, but leaves nothing behind.
  bool begin(NodeKind kind, std::uint32_t offset) {
    ++depth_;
    if (skipping_ == 0) return builder_.begin(kind, offset);
    if (depth_ <= limits::kDocumentDepth) return true;
    sink_.add(
        diag::DataTooDeep{.limit = std::to_string(limits::kDocumentDepth)}.at({file_, offset, offset + 1}));
    return false;
  }
  void end() {
    --depth_;
    if (skipping_ == 0) builder_.end();
  }
  bool scalar(NodeKind kind, std::string_view text, std::uint32_t offset, std::size_t length) {
    if (skipping_ > 0) return true;
    return builder_.scalar(kind, text, offset, offset + static_cast<std::uint32_t>(length));
  }

  std::uint32_t offset_of(const char* place) const {
    return static_cast<std::uint32_t>(place - text_.data());
  }
  std::uint32_t location(ondemand::document& document) const {
    const char* place = text_.data() + text_.size();
    if (document.current_location().get(place) != simdjson::SUCCESS) place = text_.data() + text_.size();
    return std::min(offset_of(place), static_cast<std::uint32_t>(text_.size()));
  }

  static std::string_view explain(simdjson::error_code error) {
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) return "the text ends inside an object or a list";
    return "expected ',', ':', '}' or ']' between values";
  }

  bool fail(ondemand::document& document, std::string_view problem) {
    return fail_at(text_.data() + location(document), problem);
  }
  bool fail_at(const char* place, std::string_view problem) {
    const std::uint32_t offset = std::min(offset_of(place), static_cast<std::uint32_t>(text_.size()));
    sink_.add(diag::JsonSyntax{.problem = std::string(problem)}.at({file_, offset, offset + 1}));
    return false;
  }

  DocumentBuilder builder_;
  base::DiagnosticSink& sink_;
  const MemberFilter& filter_;
  base::FileId file_;
  std::string_view text_;
  std::vector<std::string_view> path_;
  std::size_t skipping_ = 0;
  std::size_t depth_ = 0;
  bool in_list_ = false;
};

void report_unreadable(simdjson::error_code error, std::string_view text, base::FileId file,
                       base::DiagnosticSink& sink) {
  if (error == simdjson::UTF8_ERROR && !check_utf8(text, file, sink)) return;
  if (error == simdjson::UNCLOSED_STRING || error == simdjson::UNESCAPED_CHARS) {
    const StringProblem problem = find_string_problem(text);
    const auto offset = static_cast<std::uint32_t>(problem.offset);
    sink.add(diag::JsonSyntax{.problem = std::string(problem.what)}.at({file, offset, offset + 1}));
    return;
  }
  sink.add(diag::JsonSyntax{.problem = simdjson::error_message(error)}.at({file, 0, 0}));
}

}  // namespace

std::optional<Document> read_json(std::string_view text, base::FileId file, base::DiagnosticSink& sink,
                                  const MemberFilter& filter) {
  if (!check_size_and_marks(text, limits::kSnapshotBytes, file, sink)) return std::nullopt;
  const std::size_t begin = byte_order_mark(text);
  if (text.find_first_not_of(" \t\r\n", begin) == std::string_view::npos) {
    sink.add(diag::EmptyFile{}.at({file, 0, 0}));
    return std::nullopt;
  }

  auto storage = std::make_shared<Storage>();
  storage->text = simdjson::padded_string(text);
  // The mark becomes space, so that offsets stay those of the file.
  std::fill_n(storage->text.data(), begin, ' ');
  ondemand::document document;
  if (const auto error = storage->parser.iterate(storage->text).get(document)) {
    report_unreadable(error, text, file, sink);
    return std::nullopt;
  }
  Reader reader(*storage, file, sink, filter);
  if (!reader.read(document)) return std::nullopt;
  return reader.finish(std::move(storage));
}

}  // namespace polc::formats
