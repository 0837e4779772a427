// The messages of the base protocol: a header with the length, an empty line, the JSON text.
// Source: Language Server Protocol 3.17, "Base Protocol".
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace polc::authoring {

enum class ReadOutcome { Message, End, TooLarge, Malformed };

/// Reads the next message. A message above limits::kRequestBytes is skipped: TooLarge. Malformed: there is no usable
/// header, and the stream cannot be followed any further.
ReadOutcome read_message(std::istream& in, std::string& content);

/// The JSON of a message; discarded where it is none, or nested deeper than limits::kMessageDepth.
nlohmann::json parse_message(const std::string& content);

void write_message(std::ostream& out, std::string_view content);

}  // namespace polc::authoring
