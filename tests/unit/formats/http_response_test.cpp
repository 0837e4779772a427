#include "runtime/formats/http_response.hpp"

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

/// "404 | Name=value | ..." of a head, or "offset: why" it is none.
std::string read(std::string_view head) {
  const auto answer = parse_http_head(head);
  if (!answer) return std::to_string(answer.error().offset) + ": " + answer.error().what;
  std::string text = std::to_string(answer->status);
  for (const auto& [name, value] : answer->fields) text += " | " + name + "=" + value;
  return text;
}

std::string field(std::string_view line) {
  return read("HTTP/1.1 200 OK\r\n" + std::string(line) + "\r\n\r\n");
}

}  // namespace

TEST_CASE("status lines") {
  CHECK(read("HTTP/1.1 404 Not Found\r\n\r\n") == "404");
  CHECK(read("HTTP/1.0 200\n\n") == "200");
  CHECK(read("HTTP/1.1 200 \r\n\r\n") == "200");
  CHECK(read("HTTP/1.1 999 \xFF\xE4\t!\r\n\r\n") == "999");
  for (const char* line : {"", "HTTP/2 200", "HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1  200", "HTTP/1.1 20",
                           "HTTP/1.1 2000", "http/1.1 200 OK", "HTTP/1.x 200 OK", "HTTP/11.1 200 OK",
                           "ICY 200 OK", " HTTP/1.1 200 OK", "HTTP/1.1\t200 OK", "HTTP/1.1 200OK"}) {
    CAPTURE(line);
    CHECK(read(std::string(line) + "\r\n\r\n") == "0: no status line of HTTP/1");
  }
  CHECK(read("HTTP/1.1 2x0 OK\r\n\r\n") == "0: a status that is no number of three digits");
  CHECK(read("HTTP/1.1 -12 OK\r\n\r\n") == "0: a status that is no number of three digits");
  CHECK(read("HTTP/1.1 012 OK\r\n\r\n") == "0: a status that is no number of three digits");
  CHECK(read(std::string("HTTP/1.1 200 O\0K\r\n\r\n", 20)) == "0: a control character in the status line");
  CHECK(read("HTTP/1.1 200 O\rK\r\n\r\n") == "0: a control character in the status line");
}

TEST_CASE("header fields as they were sent, without the space around them") {
  CHECK(field("Server: Microsoft-IIS/10.0") == "200 | Server=Microsoft-IIS/10.0");
  CHECK(field("X:\t a  b \t") == "200 | X=a  b");
  CHECK(field("Empty:") == "200 | Empty=");
  CHECK(field("Set-Cookie: a=1\r\nset-cookie: b=2") == "200 | Set-Cookie=a=1 | set-cookie=b=2");
  CHECK(field("URL: http://h:80/") == "200 | URL=http://h:80/");
  CHECK(field("A: 1\nB: 2") == "200 | A=1 | B=2");
}

TEST_CASE("a field that goes on in the next line is one field") {
  CHECK(field("Server: Microsoft-\r\n IIS\r\n\t/10.0 ") == "200 | Server=Microsoft- IIS /10.0");
  CHECK(field("A:\r\n  x\r\nB: y") == "200 | A=x | B=y");
  CHECK(field("A: x\r\n   \r\nB: y") == "200 | A=x | B=y");
  CHECK(field(" x") == "17: a line that continues nothing");
}

TEST_CASE("fields that could be read in two ways are refused") {
  CHECK(field("Server : x") == "17: a header field whose name is no name");
  CHECK(field(": x") == "17: a header field whose name is no name");
  CHECK(field("Se rver: x") == "17: a header field whose name is no name");
  CHECK(field("S\xC3\xA9rver: x") == "17: a header field whose name is no name");
  CHECK(field("A: 1\r\nServer") == "23: a header field without a colon");
  CHECK(field(std::string_view("A: \0", 4)) == "17: a control character in a header field");
  CHECK(field("A: x\rServer: y") == "17: a control character in a header field");
  CHECK(field("A: x\r\r\n") == "17: a control character in a header field");
  CHECK(field("A: \x7F") == "17: a control character in a header field");
}

TEST_CASE("values are UTF-8, whatever the server sent") {
  CHECK(field("A: \xC3\xA4") == "200 | A=\xC3\xA4");
  CHECK(field("A: \xE4") == "200 | A=\xC3\xA4");
}

TEST_CASE("the head ends at its empty line") {
  CHECK(http_head_size("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\r\n\r\n") == 25U);
  CHECK(http_head_size("HTTP/1.1 200 OK\n\nbody") == 17U);
  CHECK(http_head_size("HTTP/1.1 200 OK\r\n\nbody") == 18U);
  CHECK(http_head_size("HTTP/1.1 200 OK\n\r\nbody") == 18U);
  const std::string head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
  for (std::size_t size = 0; size < head.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(http_head_size(std::string_view(head).substr(0, size)));
    CHECK(may_be_http(std::string_view(head).substr(0, size)));
  }
  CHECK_FALSE(http_head_size("HTTP/1.1 200 OK\r\n \r\n"));
}

TEST_CASE("what does not begin as HTTP is known at once") {
  for (const char* bytes : {"S", "SSH-2.0-x", "HTTP 1", "http/", "\r\nHTTP/1.1", "\x15\x03\x01"})
    CHECK_FALSE(may_be_http(bytes));
}

TEST_CASE("heads are bounded") {
  const std::string status = "HTTP/1.1 200 OK\r\n";
  std::string many = status;
  for (std::size_t i = 0; i < limits::kHttpFields; ++i) many += "A: b\r\n";
  CHECK(parse_http_head(many + "\r\n")->fields.size() == limits::kHttpFields);
  CHECK(read(many + "A: b\r\n\r\n") == "1553: more than 256 header fields");
  std::string large = status + "A: ";
  large.append(limits::kHttpHeadBytes - large.size() - 4, 'x');
  CHECK(parse_http_head(large + "\r\n\r\n"));
  CHECK(read(large + "x\r\n\r\n") == "0: more than 65536 bytes");
}

}  // namespace polc::formats
