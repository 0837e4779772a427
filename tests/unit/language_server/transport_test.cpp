#include "authoring/language_server/transport.hpp"

#include <sstream>

#include "authoring/language_server/serve.hpp"
#include "authoring/limits.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::authoring;

namespace {

std::string framed(const std::string& content) {
  return "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
}

std::string served(const std::string& input, int& code) {
  std::istringstream in(input);
  std::ostringstream out;
  const os::MemoryFileSystem files;
  code = serve(in, out, files);
  return out.str();
}

const std::string kInitialize =
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})";

}  // namespace

TEST_CASE("messages are read one by one, whatever else is in the header") {
  std::istringstream in("content-length:2\r\nContent-Type: x\r\n\r\n{}Content-Length: 3\n\n[1]");
  std::string content;
  CHECK(read_message(in, content) == ReadOutcome::Message);
  CHECK(content == "{}");
  CHECK(read_message(in, content) == ReadOutcome::Message);
  CHECK(content == "[1]");
  CHECK(read_message(in, content) == ReadOutcome::End);
}

TEST_CASE("headers that cannot be followed end the reading") {
  for (const std::string text : {"\r\n{}", "Content-Length: x\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}",
                                 "Content-Length: 99999999999999999999\r\n\r\n{}"}) {
    std::istringstream in(text);
    std::string content;
    INFO(text);
    CHECK(read_message(in, content) == ReadOutcome::Malformed);
  }
  std::istringstream endless(std::string(5000, 'x'));
  std::string content;
  CHECK(read_message(endless, content) == ReadOutcome::Malformed);
  std::istringstream cut("Content-Length: 10\r\n\r\n{}");
  CHECK(read_message(cut, content) == ReadOutcome::End);
}

TEST_CASE("a message of the largest size is read, a larger one is skipped") {
  std::string content;
  std::istringstream fits(framed(std::string(limits::kRequestBytes, ' ')));
  CHECK(read_message(fits, content) == ReadOutcome::Message);
  std::istringstream in(framed(std::string(limits::kRequestBytes + 1, ' ')) + framed("{}"));
  CHECK(read_message(in, content) == ReadOutcome::TooLarge);
  CHECK(read_message(in, content) == ReadOutcome::Message);
  CHECK(content == "{}");
}

TEST_CASE("a length beyond all streams is skipped to the end") {
  std::istringstream in("Content-Length: 18446744073709551615\r\n\r\n{}" + framed("{}"));
  std::string content;
  CHECK(read_message(in, content) == ReadOutcome::TooLarge);
  CHECK(read_message(in, content) == ReadOutcome::End);
}

TEST_CASE("messages are nested so deep and no deeper") {
  const auto nested = [](int depth) {
    const auto count = static_cast<std::size_t>(depth);
    return std::string(count, '[') + std::string(count, ']');
  };
  CHECK_FALSE(parse_message(nested(limits::kMessageDepth)).is_discarded());
  CHECK(parse_message(nested(limits::kMessageDepth + 1)).is_discarded());
  CHECK(parse_message("{").is_discarded());
  int code = -1;
  const std::string deep = nested(1'000'000);
  const std::string out =
      served(framed(kInitialize) + framed(R"({"jsonrpc":"2.0","method":"x","params":)" + deep + "}") +
                 framed(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":)" + deep + "}}"),
             code);
  CHECK(out.find("nested too deeply") != std::string::npos);
}

TEST_CASE("a session ends with 0 behind shutdown and exit, and with 1 else") {
  int code = -1;
  const std::string ends = framed(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})") +
                           framed(R"({"jsonrpc":"2.0","method":"exit"})") + framed("not read any more");
  const std::string out = served(framed(kInitialize) + ends, code);
  CHECK(code == 0);
  CHECK(out.find("\"positionEncoding\":\"utf-16\"") != std::string::npos);
  CHECK(out.find(R"({"id":2,"jsonrpc":"2.0","result":null})") != std::string::npos);
  served(framed(R"({"jsonrpc":"2.0","method":"exit"})"), code);
  CHECK(code == 1);
  served(framed(kInitialize), code);
  CHECK(code == 1);
  served("rubbish", code);
  CHECK(code == 1);
}

TEST_CASE("reading does not touch what is written") {
  std::istringstream in;
  std::ostringstream out;
  in.tie(&out);  // as std::cin and std::cout are
  serve(in, out, os::MemoryFileSystem());
  CHECK(in.tie() == nullptr);
}

TEST_CASE("large messages are refused and the session goes on") {
  int code = -1;
  const std::string out =
      served(framed(std::string(limits::kRequestBytes + 1, ' ')) + framed(kInitialize), code);
  CHECK(out.find("the message is too large") != std::string::npos);
  CHECK(out.find("positionEncoding") != std::string::npos);
}

TEST_CASE("a request that is cancelled before its turn is answered so") {
  int code = -1;
  std::string input = framed(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}})") +
                      framed(kInitialize) +
                      framed(R"({"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{}})");
  const std::string out = served(input, code);
  CHECK(out.find("\"code\":-32800") != std::string::npos);
}
