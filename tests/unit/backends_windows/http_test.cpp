// Live requests over real sockets: a server in this process answers, and keeps what it was sent.
// Before windows.h.
#include "runtime/backends/windows/http_network.hpp"

// After winsock2.h.
#include <ws2tcpip.h>

#include <atomic>
#include <functional>
#include <thread>

#include "runtime/backends/http/exchange.hpp"
#include "runtime/backends/windows/certificate_trust.hpp"
#include "runtime/backends/windows/tls_connection.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace polc::backends::windows;
using std::chrono::milliseconds;

namespace {

/// Listens on a loopback port, reads from each client until `request_end`, and lets the test answer.
class Server {
 public:
  explicit Server(std::function<void(SOCKET)> answer, int family = AF_INET,
                  std::string request_end = "\r\n\r\n")
      : socket_(socket(family, SOCK_STREAM, IPPROTO_TCP)),
        answer_(std::move(answer)),
        request_end_(std::move(request_end)) {
    sockaddr_storage address{};
    address.ss_family = static_cast<ADDRESS_FAMILY>(family);
    int size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (family == AF_INET) {
      reinterpret_cast<sockaddr_in&>(address).sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    } else {
      reinterpret_cast<sockaddr_in6&>(address).sin6_addr.s6_addr[15] = 1;
    }
    REQUIRE(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(listen(socket_.get(), 4) == 0);
    REQUIRE(getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(reinterpret_cast<sockaddr_in&>(address).sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~Server() {
    socket_ = Socket();
    thread_.join();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port = 0;
  std::atomic<int> clients = 0;
  std::string received;  ///< to be read when the answer has come

 private:
  void run() {
    for (;;) {
      const Socket client(accept(socket_.get(), nullptr, nullptr));
      if (!client) return;
      ++clients;
      while (received.find(request_end_) == std::string::npos) {
        char bytes[512];
        const int count = recv(client.get(), bytes, sizeof bytes, 0);
        if (count <= 0) break;
        received.append(bytes, static_cast<std::size_t>(count));
      }
      answer_(client.get());
    }
  }

  const Winsock winsock_;
  Socket socket_;
  std::function<void(SOCKET)> answer_;
  std::string request_end_;
  std::thread thread_;
};

void say(SOCKET client, std::string_view text) {
  send(client, text.data(), static_cast<int>(text.size()), 0);
}

/// "200" or the reason why there is no answer.
std::string ask(const value::HttpRequest& request, milliseconds time = milliseconds(5000)) {
  HttpNetwork network;
  const auto address = value::parse_web_address(request.url);
  REQUIRE(address);
  const auto connection = network.connect(*address, network.now() + time);
  if (!connection) return connection.error().detail;
  const auto head = http::exchange(**connection, request, *address);
  return head ? std::to_string(head->status) : head.error().detail;
}

std::string url(const Server& server, const char* host = "127.0.0.1") {
  return "http://" + std::string(host) + ":" + std::to_string(server.port) + "/x?y";
}

value::HttpRequest head_of(std::string address) {
  return {std::move(address), {}, "1.1", "HEAD"};
}

struct CertificateRelease {
  void operator()(const CERT_CONTEXT* certificate) const { CertFreeCertificateContext(certificate); }
};
using Certificate = std::unique_ptr<const CERT_CONTEXT, CertificateRelease>;

/// Signed by itself.
Certificate self_signed() {
  BYTE encoded[256];
  DWORD size = sizeof encoded;
  REQUIRE(CertStrToNameW(X509_ASN_ENCODING, L"CN=polc.test", CERT_X500_NAME_STR, nullptr, encoded, &size,
                         nullptr) != 0);
  CERT_NAME_BLOB name{size, encoded};
  Certificate made(CertCreateSelfSignCertificate(0, &name, 0, nullptr, nullptr, nullptr, nullptr, nullptr));
  REQUIRE(made);
  return made;
}

}  // namespace

TEST_CASE("a server receives exactly the request that the policy asks for") {
  const Winsock winsock;
  const struct {
    value::HttpRequest request;
    std::string sent;
  } cases[] = {
      {{"", "", "1.0", "HEAD"}, "HEAD /x?y HTTP/1.0\r\nHost:\r\n\r\n"},
      {{"", {}, "1.0", "GET"}, "GET /x?y HTTP/1.0\r\n\r\n"},
      {{"", "a:1", "1.1", "OPTIONS"}, "OPTIONS /x?y HTTP/1.1\r\nHost: a:1\r\nConnection: close\r\n\r\n"},
  };
  for (const auto& one : cases) {
    Server server([](SOCKET client) { say(client, "HTTP/1.1 200 OK\r\n\r\n"); });
    value::HttpRequest request = one.request;
    request.url = url(server);
    CHECK(ask(request) == "200");
    CHECK(server.received == one.sent);
  }
}

TEST_CASE("a redirect is the answer, and nobody is asked again") {
  const Winsock winsock;
  Server server([&](SOCKET client) { say(client, "HTTP/1.1 302 Found\r\nLocation: /x?y\r\n\r\n"); });
  CHECK(ask(head_of(url(server))) == "302");
  CHECK(server.clients == 1);
}

TEST_CASE("IPv6, and a name of which only the second address answers") {
  const Winsock winsock;
  Server six([](SOCKET client) { say(client, "HTTP/1.1 204 No\r\n\r\n"); }, AF_INET6);
  CHECK(ask(head_of(url(six, "[::1]"))) == "204");
  Server four([](SOCKET client) { say(client, "HTTP/1.1 200 OK\r\n\r\n"); });
  CHECK(ask(head_of(url(four, "localhost"))) == "200");
}

TEST_CASE("a server that does not answer in time is given up") {
  const Winsock winsock;
  Server silent([](SOCKET client) {
    for (char byte = 0; recv(client, &byte, 1, 0) > 0;) continue;  // until the client has gone
  });
  const std::string place = "the answer of 127.0.0.1 port " + std::to_string(silent.port);
  CHECK(ask(head_of(url(silent)), milliseconds(300)) == place + " took too long");
}

TEST_CASE("a server that sends a little all the time is given up, too") {
  const Winsock winsock;
  std::atomic<bool> given_up = false;
  Server drip([&](SOCKET client) {
    say(client, "HTTP/1.1 200 OK\r\nX: ");
    for (; !given_up; std::this_thread::sleep_for(milliseconds(50))) say(client, "x");
  });
  CHECK(ask(head_of(url(drip)), milliseconds(300)).ends_with("took too long"));
  given_up = true;
}

TEST_CASE("a port where nobody listens is told, and is no answer") {
  const Winsock winsock;
  std::string address, place;
  {
    const Server gone([](SOCKET) {});
    address = url(gone);
    place = "127.0.0.1 port " + std::to_string(gone.port);
  }
  CHECK(ask(head_of(address)) == "connecting to " + place + " was refused: nobody listens there");
}

TEST_CASE("a server that closes at once, or in the middle") {
  const Winsock winsock;
  Server nothing([](SOCKET) {});
  CHECK(ask(head_of(url(nothing))) == "the server closed the connection without an answer");
  Server half([](SOCKET client) { say(client, "HTTP/1.1 200 OK\r\nServer: x\r\n"); });
  CHECK(ask(head_of(url(half))) == "the server closed the connection in the middle of the answer's head");
}

TEST_CASE("a server that speaks no TLS gives no answer to https") {
  const Winsock winsock;
  Server plain([](SOCKET client) { say(client, "HTTP/1.1 200 OK\r\n\r\n"); }, AF_INET, "\x16");
  const std::string address = "https" + url(plain).substr(4);
  const std::string why = ask(head_of(address));
  CAPTURE(why);
  // Windows sees at once that it is no TLS, Wine waits for more; and who closes first may break the connection.
  CHECK((why.find("the TLS handshake") != std::string::npos ||
         why.ends_with("the server broke the connection")));
}

TEST_CASE("a certificate that nobody vouches for is not believed") {
  const Certificate certificate = self_signed();
  const auto why = distrust(*certificate, "polc.test");
  REQUIRE(why);
  CHECK(why->reason == value::UnknownReason::NotCollected);
  CHECK(why->detail == "the certificate of polc.test is not believed: its issuer is not trusted");
}
