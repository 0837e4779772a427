// Before schannel.h: UNICODE_STRING, and the credentials that TLS 1.3 takes.
#include "runtime/backends/windows/tls_connection.hpp"

#include <subauth.h>
#define SCHANNEL_USE_BLACKLISTS
#include <fmt/format.h>
#include <schannel.h>

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/backends/windows/certificate_trust.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/os/windows/wide_text.hpp"

namespace polc::backends::windows {
namespace {

using http::Attempt;
using value::Unknown;
using value::UnknownReason;

constexpr std::size_t kPiece = 16U << 10U;

Unknown tls_failure(std::string_view what, SECURITY_STATUS status) {
  return {UnknownReason::NotCollected,
          {},
          fmt::format("{} failed with 0x{:08X}", what, static_cast<std::uint32_t>(status))};
}

struct CertificateRelease {
  void operator()(const CERT_CONTEXT* certificate) const { CertFreeCertificateContext(certificate); }
};

SecBuffer buffer(unsigned long type, char* data = nullptr, std::size_t size = 0) {
  return {static_cast<unsigned long>(size), type, data};
}

template <std::size_t N>
SecBufferDesc description_of(std::array<SecBuffer, N>& buffers) {
  return {SECBUFFER_VERSION, static_cast<unsigned long>(N), buffers.data()};
}

/// What SCHANNEL did not use of the bytes it was given: it stands at their end.
template <std::size_t N>
std::string rest_of(const std::string& bytes, const std::array<SecBuffer, N>& buffers) {
  for (const SecBuffer& one : buffers) {
    const bool rest = one.BufferType == SECBUFFER_EXTRA && one.cbBuffer <= bytes.size();
    if (rest) return bytes.substr(bytes.size() - one.cbBuffer);
  }
  return {};
}

SECURITY_STATUS acquire(void* authentication, CredHandle* credentials) {
  std::wstring package = UNISP_NAME_W;
  return AcquireCredentialsHandleW(nullptr, package.data(), SECPKG_CRED_OUTBOUND, nullptr, authentication,
                                   nullptr, nullptr, credentials, nullptr);
}

std::string_view version_name(DWORD protocol) {
  switch (protocol) {
    case SP_PROT_SSL3_CLIENT:
      return "SSL 3.0";
    case SP_PROT_TLS1_CLIENT:
      return "TLS 1.0";
    case SP_PROT_TLS1_1_CLIENT:
      return "TLS 1.1";
    case SP_PROT_TLS1_2_CLIENT:
      return "TLS 1.2";
    case SP_PROT_TLS1_3_CLIENT:
      return "TLS 1.3";
    default:
      return "TLS";
  }
}

}  // namespace

Attempt<std::unique_ptr<http::Connection>> TlsConnection::open(std::unique_ptr<http::Connection> wire,
                                                               const std::string& host, Trust trust) {
  std::unique_ptr<TlsConnection> tls(new TlsConnection(std::move(wire), host, trust));
  for (Failure (TlsConnection::*part)() : {&TlsConnection::acquire_credentials, &TlsConnection::agree,
                                           &TlsConnection::check_certificate, &TlsConnection::read_limits}) {
    if (auto why = (*tls.*part)()) return tl::unexpected<Unknown>(std::move(*why));
  }
  return tls;
}

TlsConnection::~TlsConnection() {
  if (has_context_) DeleteSecurityContext(&context_);
  if (has_credentials_) FreeCredentialsHandle(&credentials_);
}

/// TLS 1.3 takes a form that Windows before 1809 does not know.
TlsConnection::Failure TlsConnection::acquire_credentials() {
  constexpr DWORD kFlags = SCH_CRED_MANUAL_CRED_VALIDATION | SCH_CRED_NO_DEFAULT_CREDS;
  SCH_CREDENTIALS newer{};
  newer.dwVersion = SCH_CREDENTIALS_VERSION;
  newer.dwFlags = kFlags;
  SECURITY_STATUS status = acquire(&newer, &credentials_);
  if (status != SEC_E_OK) {
    SCHANNEL_CRED older{};
    older.dwVersion = SCHANNEL_CRED_VERSION;
    older.dwFlags = kFlags;
    status = acquire(&older, &credentials_);
  }
  has_credentials_ = status == SEC_E_OK;
  return has_credentials_ ? std::nullopt : Failure(tls_failure("AcquireCredentialsHandle", status));
}

/// One turn of the handshake: takes what was received, gives what is to be sent.
SECURITY_STATUS TlsConnection::step(std::wstring& target, std::string& token) {
  constexpr ULONG kWanted = ISC_REQ_SEQUENCE_DETECT | ISC_REQ_REPLAY_DETECT | ISC_REQ_CONFIDENTIALITY |
                            ISC_REQ_STREAM | ISC_REQ_ALLOCATE_MEMORY | ISC_REQ_MANUAL_CRED_VALIDATION |
                            ISC_REQ_USE_SUPPLIED_CREDS;
  std::array<SecBuffer, 2> in{buffer(SECBUFFER_TOKEN, encrypted_.data(), encrypted_.size()),
                              buffer(SECBUFFER_EMPTY)};
  std::array<SecBuffer, 1> out{buffer(SECBUFFER_TOKEN)};
  SecBufferDesc input = description_of(in);
  SecBufferDesc output = description_of(out);
  ULONG granted = 0;
  const SECURITY_STATUS status = InitializeSecurityContextW(
      &credentials_, has_context_ ? &context_ : nullptr, target.data(), kWanted, 0, 0,
      has_context_ ? &input : nullptr, 0, &context_, &output, &granted, nullptr);
  if (status == SEC_E_OK || status == SEC_I_CONTINUE_NEEDED) has_context_ = true;
  if (out[0].pvBuffer != nullptr) {
    token.assign(static_cast<const char*>(out[0].pvBuffer), out[0].cbBuffer);
    FreeContextBuffer(out[0].pvBuffer);
  }
  if (status != SEC_E_INCOMPLETE_MESSAGE) encrypted_ = rest_of(encrypted_, in);
  return status;
}

TlsConnection::Failure TlsConnection::agree() {
  auto target = os::wide_text(host_);
  if (!target) return Unknown{UnknownReason::Unsupported, {}, "the host is no name"};
  for (;;) {
    std::string token;
    const SECURITY_STATUS status = step(*target, token);
    if (!token.empty()) {
      if (auto why = wire_->send(token)) return why;
    }
    if (status == SEC_E_OK) return std::nullopt;
    if (status != SEC_I_CONTINUE_NEEDED && status != SEC_E_INCOMPLETE_MESSAGE)
      return tls_failure("the TLS handshake", status);
    if (status == SEC_I_CONTINUE_NEEDED && !encrypted_.empty()) continue;
    const std::size_t before = encrypted_.size();
    if (auto why = receive_encrypted()) return why;
    if (closed_)
      return Unknown{
          UnknownReason::NotCollected, {}, "the server closed the connection during the TLS handshake"};
    handshake_bytes_ += encrypted_.size() - before;
    if (handshake_bytes_ > limits::kTlsHandshakeBytes) {
      return Unknown{UnknownReason::Budget,
                     {},
                     fmt::format("a TLS handshake of more than {} bytes", limits::kTlsHandshakeBytes)};
    }
  }
}

TlsConnection::Failure TlsConnection::check_certificate() {
  if (trust_ == Trust::NotAsked) return std::nullopt;
  const CERT_CONTEXT* certificate = nullptr;
  const SECURITY_STATUS status =
      QueryContextAttributesW(&context_, SECPKG_ATTR_REMOTE_CERT_CONTEXT, &certificate);
  if (status != SEC_E_OK || certificate == nullptr)
    return tls_failure("reading the server's certificate", status);
  const std::unique_ptr<const CERT_CONTEXT, CertificateRelease> owner(certificate);
  return distrust(*certificate, host_);
}

TlsConnection::Failure TlsConnection::read_limits() {
  const SECURITY_STATUS status = QueryContextAttributesW(&context_, SECPKG_ATTR_STREAM_SIZES, &sizes_);
  return status == SEC_E_OK ? std::nullopt : Failure(tls_failure("QueryContextAttributes", status));
}

TlsConnection::Failure TlsConnection::receive_encrypted() {
  const auto piece = wire_->receive(kPiece);
  if (!piece) return piece.error();
  closed_ = piece->empty();
  encrypted_ += *piece;
  return std::nullopt;
}

std::optional<Unknown> TlsConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, sizes_.cbMaximumMessage);
    bytes.remove_prefix(part.size());
    std::string record(sizes_.cbHeader + part.size() + sizes_.cbTrailer, '\0');
    char* data = record.data() + sizes_.cbHeader;
    std::copy(part.begin(), part.end(), data);
    std::array<SecBuffer, 4> buffers{buffer(SECBUFFER_STREAM_HEADER, record.data(), sizes_.cbHeader),
                                     buffer(SECBUFFER_DATA, data, part.size()),
                                     buffer(SECBUFFER_STREAM_TRAILER, data + part.size(), sizes_.cbTrailer),
                                     buffer(SECBUFFER_EMPTY)};
    SecBufferDesc message = description_of(buffers);
    const SECURITY_STATUS status = EncryptMessage(&context_, 0, &message, 0);
    if (status != SEC_E_OK) return tls_failure("EncryptMessage", status);
    record.resize(buffers[0].cbBuffer + buffers[1].cbBuffer + buffers[2].cbBuffer);
    if (auto why = wire_->send(record)) return why;
  }
  return std::nullopt;
}

/// Decrypts one record of what was received, if it is whole.
SECURITY_STATUS TlsConnection::decrypt() {
  if (encrypted_.empty()) return SEC_E_INCOMPLETE_MESSAGE;
  std::array<SecBuffer, 4> buffers{buffer(SECBUFFER_DATA, encrypted_.data(), encrypted_.size()),
                                   buffer(SECBUFFER_EMPTY), buffer(SECBUFFER_EMPTY), buffer(SECBUFFER_EMPTY)};
  SecBufferDesc message = description_of(buffers);
  const SECURITY_STATUS status = DecryptMessage(&context_, &message, 0, nullptr);
  if (status == SEC_E_INCOMPLETE_MESSAGE) return status;
  for (const SecBuffer& one : buffers) {
    if (status == SEC_E_OK && one.BufferType == SECBUFFER_DATA)
      plain_.append(static_cast<const char*>(one.pvBuffer), one.cbBuffer);
  }
  encrypted_ = rest_of(encrypted_, buffers);
  return status;
}

TlsConnection::Failure TlsConnection::next_plain() {
  const std::size_t largest = std::size_t{sizes_.cbHeader} + sizes_.cbMaximumMessage + sizes_.cbTrailer;
  while (plain_.empty() && !closed_) {
    Failure why;
    switch (const SECURITY_STATUS status = decrypt(); status) {
      case SEC_E_OK:
        break;
      case SEC_E_INCOMPLETE_MESSAGE:
        if (encrypted_.size() > largest + kPiece)
          return Unknown{UnknownReason::Corrupt, {}, "a TLS record that is longer than TLS allows"};
        why = receive_encrypted();
        break;
      case SEC_I_CONTEXT_EXPIRED:
        closed_ = true;
        break;
      case SEC_I_RENEGOTIATE:  // also tickets and new keys of TLS 1.3
        why = agree();
        break;
      default:
        why = tls_failure("DecryptMessage", status);
    }
    if (why) return why;
  }
  return std::nullopt;
}

Attempt<std::string> TlsConnection::receive(std::size_t most) {
  if (auto why = next_plain()) return tl::unexpected<Unknown>(std::move(*why));
  std::string bytes = plain_.substr(0, most);
  plain_.erase(0, bytes.size());
  return bytes;
}

std::string TlsConnection::description() const {
  SecPkgContext_ConnectionInfo info{};
  auto* context = const_cast<CtxtHandle*>(&context_);  // the call takes no const handle and changes nothing
  const SECURITY_STATUS status = QueryContextAttributesW(context, SECPKG_ATTR_CONNECTION_INFO, &info);
  return fmt::format("{}, {}, certificate {}", wire_->description(),
                     version_name(status == SEC_E_OK ? info.dwProtocol : 0),
                     trust_ == Trust::Required ? "trusted" : "not verified (loopback)");
}

}  // namespace polc::backends::windows
