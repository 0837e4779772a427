#include "authoring/language_server/transport.hpp"

#include <algorithm>
#include <charconv>
#include <istream>
#include <optional>
#include <ostream>

#include "authoring/limits.hpp"

namespace polc::authoring {
namespace {

constexpr std::string_view kLength = "content-length:";
constexpr std::size_t kHeaderBytes = 4096;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A line without its end; nullopt at the end of the stream and for an endless line.
std::optional<std::string> read_line(std::istream& in) {
  std::string line;
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return line;
    }
    if (line.size() == kHeaderBytes) return std::nullopt;
    line += static_cast<char>(c);
  }
  return std::nullopt;
}

std::optional<std::size_t> length_of(std::string line) {
  std::transform(line.begin(), line.end(), line.begin(), lower);
  if (!line.starts_with(kLength)) return std::nullopt;
  const std::size_t begin = line.find_first_not_of(' ', kLength.size());
  if (begin == std::string::npos) return std::nullopt;
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(line.data() + begin, line.data() + line.size(), length);
  return error == std::errc() && end == line.data() + line.size() ? std::optional(length) : std::nullopt;
}

}  // namespace

ReadOutcome read_message(std::istream& in, std::string& content) {
  std::optional<std::size_t> length;
  while (true) {
    const auto line = read_line(in);
    if (!line) return in.eof() ? ReadOutcome::End : ReadOutcome::Malformed;
    if (line->empty()) break;
    if (const auto found = length_of(*line)) length = found;
  }
  if (!length) return ReadOutcome::Malformed;
  if (*length > limits::kRequestBytes) {
    in.ignore(static_cast<std::streamsize>(*length));
    return ReadOutcome::TooLarge;
  }
  content.resize(*length);
  in.read(content.data(), static_cast<std::streamsize>(*length));
  return static_cast<std::size_t>(in.gcount()) == *length ? ReadOutcome::Message : ReadOutcome::End;
}

void write_message(std::ostream& out, std::string_view content) {
  out << "Content-Length: " << content.size() << "\r\n\r\n" << content;
  out.flush();
}

}  // namespace polc::authoring
