#include "runtime/value/http_request.hpp"

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::value {
namespace {

/// "https localhost 8443 /a?b" of a URL, or why it is none.
std::string parts(std::string_view url) {
  const auto address = parse_web_address(url);
  if (!address) return address.error();
  return std::string(address->tls ? "https " : "http ") + address->host + " " +
         std::to_string(address->port) + " " + address->target + " (" + address->authority + ")";
}

}  // namespace

TEST_CASE("where URLs point") {
  CHECK(parts("http://localhost") == "http localhost 80 / (localhost)");
  CHECK(parts("https://LocalHost/a%20b?c=/&d") == "https LocalHost 443 /a%20b?c=/&d (LocalHost)");
  CHECK(parts("https://h:8443?x") == "https h 8443 /?x (h:8443)");
  CHECK(parts("http://[::1]:1/") == "http ::1 1 / ([::1]:1)");
  CHECK(parts("http://[2001:db8::1]/") == "http 2001:db8::1 80 / ([2001:db8::1])");
  CHECK(parts("http://127.0.0.1:65535/") == "http 127.0.0.1 65535 / (127.0.0.1:65535)");
}

TEST_CASE("URLs that no request can carry") {
  const std::string no_url = "it is not an http or https URL";
  for (const char* url :
       {"", "localhost", "HTTPS://h/", "ftp://h/", "file:///c:/x", "http://", "http:///x", "http://:80/",
        "http://h/a b", "http://h/\r\nX: y", "http://h/\x01", "http://h\\x", "http://\xC3\xA4/"}) {
    CAPTURE(url);
    CHECK(parts(url) == no_url);
  }
  CHECK(parts("http://user@h/") == "it has a user name");
  CHECK(parts("http://user:secret@h:80/") == "it has a user name");
  CHECK(parts("http://h/#top") == "it has a fragment, which a request does not carry");
  for (const char* url : {"http://h:/", "http://h:0/", "http://h:65536/", "http://h:80a/", "http://h:000080/",
                          "http://h:+1/"}) {
    CAPTURE(url);
    CHECK(parts(url) == "its port is not a number from 1 to 65535");
  }
  for (const char* url :
       {"http://[::1/", "http://[]/", "http://[127.0.0.1]/", "http://[any]/", "http://[fe80::1%251]/",
        "http://[::/8]/", "http://[::1]x/", "http://a,b/", "http://h%41/"}) {
    CAPTURE(url);
    CHECK(parts(url) == "its host is neither a name nor an IP address");
  }
}

TEST_CASE("URLs and Host headers are bounded") {
  const std::string url = "http://h/" + std::string(limits::kUrlBytes - 9, 'a');
  CHECK(parse_web_address(url));
  CHECK(parts(url + "a") == "it is longer than 2048 bytes");
  CHECK(is_host_header(std::string(limits::kHostHeaderBytes, 'a')));
  CHECK_FALSE(is_host_header(std::string(limits::kHostHeaderBytes + 1, 'a')));
}

TEST_CASE("a Host header is visible ASCII") {
  CHECK(is_host_header(""));
  CHECK(is_host_header("evil.example:80"));
  for (const std::string& bad : {std::string("a b"), std::string("a\r\nX: y"), std::string("a\0b", 3),
                                 std::string("\xC3\xA4"), std::string("a\x7F")})
    CHECK_FALSE(is_host_header(bad));
}

TEST_CASE("only methods that change nothing") {
  CHECK(safe_http_method("head") == "HEAD");
  CHECK(safe_http_method("GET") == "GET");
  CHECK(safe_http_method("Options") == "OPTIONS");
  CHECK(safe_http_method("TRACE") == "TRACE");
  for (const char* method : {"", "POST", "PUT", "DELETE", "GET\r\n", "CONNECT", "GETX"})
    CHECK_FALSE(safe_http_method(method));
}

TEST_CASE("a request that a damaged program asks for is not sent") {
  const HttpRequest good = http_request("http://h/", nullptr, nullptr, nullptr);
  CHECK(good.version == "1.1");
  CHECK(good.method == "HEAD");
  CHECK_FALSE(problem_of(good));
  HttpRequest bad = good;
  bad.url += "\r\nX: y";
  CHECK(problem_of(bad) == "the URL: it is not an http or https URL");
  bad = good;
  bad.host = "h\r\nX: y";
  CHECK(problem_of(bad) == "the host header is no visible ASCII");
  bad = good;
  bad.version = "1.1\r\nX: y";
  CHECK(problem_of(bad) == "the version is neither 1.0 nor 1.1");
  bad = good;
  bad.method = "DELETE";
  CHECK(problem_of(bad) == "the method is not HEAD, GET, OPTIONS or TRACE");
  bad.method = "get";
  CHECK(problem_of(bad) == "the method is not HEAD, GET, OPTIONS or TRACE");
}

}  // namespace polc::value
