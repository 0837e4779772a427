#include "authoring/language_server/transport.hpp"

#include <algorithm>
#include <charconv>
#include <istream>
#include <limits>
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
    constexpr std::size_t kMost = std::numeric_limits<std::streamsize>::max();
    in.ignore(static_cast<std::streamsize>(std::min(*length, kMost)));
    return ReadOutcome::TooLarge;
  }
  content.resize(*length);
  in.read(content.data(), static_cast<std::streamsize>(*length));
  return static_cast<std::size_t>(in.gcount()) == *length ? ReadOutcome::Message : ReadOutcome::End;
}

/// The parser needs no stack for what is nested; whoever copies or prints the value does.
nlohmann::json parse_message(const std::string& content) {
  using Json = nlohmann::json;
  bool deep = false;
  const auto look = [&](int depth, Json::parse_event_t event, Json&) {
    const bool opens =
        event == Json::parse_event_t::array_start || event == Json::parse_event_t::object_start;
    deep = deep || (opens && depth >= limits::kMessageDepth);
    return !deep;
  };
  Json json = Json::parse(content, look, false);
  return deep ? Json(Json::value_t::discarded) : json;
}

void write_message(std::ostream& out, std::string_view content) {
  out << "Content-Length: " << content.size() << "\r\n\r\n" << content;
  out.flush();
}

}  // namespace polc::authoring
