// TLS over another connection, by SCHANNEL. Windows only.
#pragma once

#include <windows.h>
// After windows.h, which it needs.
#define SECURITY_WIN32
#include <sspi.h>

#include <memory>
#include <string>

#include "runtime/backends/http/connection.hpp"

namespace polc::backends::windows {

/// Whether the certificate of the server must be trusted and be of its name.
enum class Trust : std::uint8_t { Required, NotAsked };

class TlsConnection final : public http::Connection {
 public:
  /// Agrees on TLS with `host`, in the versions that Windows offers to programs. No certificate of this machine is shown.
  /// The server may send limits::kTlsHandshakeBytes until it has agreed.
  static http::Attempt<std::unique_ptr<http::Connection>> open(std::unique_ptr<http::Connection> wire,
                                                               const std::string& host, Trust trust);
  ~TlsConnection() override;
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;

  std::optional<value::Unknown> send(std::string_view bytes) override;
  http::Attempt<std::string> receive(std::size_t most) override;
  std::string description() const override;

 private:
  using Failure = std::optional<value::Unknown>;

  TlsConnection(std::unique_ptr<http::Connection> wire, const std::string& host, Trust trust)
      : wire_(std::move(wire)), host_(host), trust_(trust) {}

  Failure acquire_credentials();
  Failure agree();
  SECURITY_STATUS step(std::wstring& target, std::string& token);
  Failure check_certificate();
  Failure read_limits();
  Failure receive_encrypted();
  SECURITY_STATUS decrypt();
  Failure next_plain();

  std::unique_ptr<http::Connection> wire_;
  std::string host_;
  Trust trust_;
  CredHandle credentials_{};
  CtxtHandle context_{};
  bool has_credentials_ = false;
  bool has_context_ = false;
  SecPkgContext_StreamSizes sizes_{};
  std::string encrypted_;            ///< received and not yet used
  std::string plain_;                ///< decrypted and not yet handed out
  std::size_t handshake_bytes_ = 0;  ///< received for handshakes, the later ones of TLS 1.3 included
  bool closed_ = false;              ///< the server has said that nothing follows
};

}  // namespace polc::backends::windows
