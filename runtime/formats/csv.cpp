#include "runtime/formats/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/limits.hpp"

namespace polc::formats {
namespace {

class CsvParser {
 public:
  explicit CsvParser(std::string_view text) : text_(text) {}

  Parsed<std::vector<CsvRecord>> parse() {
    std::vector<CsvRecord> records;
    while (at_ < text_.size()) {
      CsvRecord record;
      record.line = line_;
      if (!read_record(record)) return tl::unexpected<ParseError>(error_);
      record.cut_off = text_[at_ - 1] != '\n';
      const bool blank = record.fields.size() == 1 && record.fields.front().empty();
      if (!blank) records.push_back(std::move(record));
    }
    return records;
  }

 private:
  bool fail(std::size_t offset, std::string what) {
    error_ = {offset, std::move(what)};
    return false;
  }

  bool read_record(CsvRecord& record) {
    for (;;) {
      if (record.fields.size() == limits::kCsvFields) {
        return fail(at_, fmt::format("more than {} fields in one record", limits::kCsvFields));
      }
      std::string& field = record.fields.emplace_back();
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (quoted ? !read_quoted(field) : !read_plain(field)) return false;
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      return end_record();
    }
  }

  /// The line end or the end of the text must be here.
  bool end_record() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ >= text_.size()) return true;
    if (text_[at_] != '\n') return fail(at_, "a character that belongs to no field");
    ++at_;
    ++line_;
    return true;
  }

  bool read_plain(std::string& field) {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    field = text_.substr(at_, end - at_);
    const auto quote = field.find('"');
    if (quote != std::string::npos) return fail(at_ + quote, "a quote inside of a field");
    at_ = end;
    return true;
  }

  bool read_quoted(std::string& field) {
    const std::size_t begin = at_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          return true;
        }
        ++at_;
      }
      if (text_[at_] == '\n') ++line_;
      field += text_[at_];
    }
    return fail(begin, "a quote that is not closed");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  ParseError error_;
};

}  // namespace

Parsed<std::vector<CsvRecord>> parse_csv(std::string_view text) {
  if (text.size() > limits::kCsvBytes) {
    return parse_error(0, fmt::format("a table of more than {} bytes", limits::kCsvBytes));
  }
  return CsvParser(text).parse();
}

}  // namespace polc::formats
