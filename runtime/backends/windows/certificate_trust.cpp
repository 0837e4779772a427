#include "runtime/backends/windows/certificate_trust.hpp"

#include <fmt/format.h>

#include <array>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

struct ChainRelease {
  void operator()(const CERT_CHAIN_CONTEXT* chain) const { CertFreeCertificateChain(chain); }
};
using Chain = std::unique_ptr<const CERT_CHAIN_CONTEXT, ChainRelease>;

/// The chain as far as it can be built without the network.
Chain chain_of(const CERT_CONTEXT& certificate) {
  std::string purpose = szOID_PKIX_KP_SERVER_AUTH;
  std::array<char*, 1> purposes{purpose.data()};
  CERT_CHAIN_PARA wanted{};
  wanted.cbSize = sizeof wanted;
  wanted.RequestedUsage.dwType = USAGE_MATCH_TYPE_AND;
  wanted.RequestedUsage.Usage.cUsageIdentifier = static_cast<DWORD>(purposes.size());
  wanted.RequestedUsage.Usage.rgpszUsageIdentifier = purposes.data();
  const CERT_CHAIN_CONTEXT* chain = nullptr;
  CertGetCertificateChain(nullptr, &certificate, nullptr, certificate.hCertStore, &wanted,
                          CERT_CHAIN_CACHE_ONLY_URL_RETRIEVAL, nullptr, &chain);
  return Chain(chain);
}

std::string words_for(DWORD status) {
  switch (static_cast<HRESULT>(status)) {
    case CERT_E_UNTRUSTEDROOT:
      return "its issuer is not trusted";
    case CERT_E_CN_NO_MATCH:
      return "it is of another name";
    case CERT_E_EXPIRED:
      return "it is not valid at this time";
    case CERT_E_CHAINING:
      return "its issuer is not known";
    case CERT_E_WRONG_USAGE:
      return "it is not meant for servers";
    default:
      return fmt::format("Windows says 0x{:08X}", status);
  }
}

}  // namespace

std::optional<value::Unknown> distrust(const CERT_CONTEXT& certificate, const std::string& host) {
  const Chain chain = chain_of(certificate);
  auto name = os::wide_text(host);
  if (!chain || !name) return failure("CertGetCertificateChain", GetLastError());
  SSL_EXTRA_CERT_CHAIN_POLICY_PARA server{};
  server.cbSize = sizeof server;
  server.dwAuthType = AUTHTYPE_SERVER;
  server.pwszServerName = name->data();
  CERT_CHAIN_POLICY_PARA rules{};
  rules.cbSize = sizeof rules;
  rules.pvExtraPolicyPara = &server;
  CERT_CHAIN_POLICY_STATUS status{};
  status.cbSize = sizeof status;
  if (CertVerifyCertificateChainPolicy(CERT_CHAIN_POLICY_SSL, chain.get(), &rules, &status) == 0)
    return failure("CertVerifyCertificateChainPolicy", GetLastError());
  if (status.dwError == 0) return std::nullopt;
  return value::Unknown{
      value::UnknownReason::NotCollected,
      {},
      fmt::format("the certificate of {} is not believed: {}", host, words_for(status.dwError))};
}

}  // namespace polc::backends::windows
