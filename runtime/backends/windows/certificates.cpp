// Certificates of the machine's stores. Private keys are not touched: that there is one is a property of the certificate.
#include <windows.h>
// After windows.h, which it needs.
#include <wincrypt.h>

#include <array>
#include <map>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::windows {
namespace {

using value::CertificateRow;
using value::EvidenceSection;
using value::Reading;
using value::Section;

constexpr DWORD kMachineStores = CERT_SYSTEM_STORE_LOCAL_MACHINE;
constexpr DWORD kEncoding = X509_ASN_ENCODING | PKCS_7_ASN_ENCODING;

void close_store(HCERTSTORE store) {
  CertCloseStore(store, 0);
}
using CertificateStore = OwnedHandle<HCERTSTORE, &close_store>;

/// "CN=automate01.corp.example, O=Example": the parts in the order in which Windows shows them.
std::string name_text(CERT_NAME_BLOB name) {
  constexpr DWORD kForm = CERT_X500_NAME_STR | CERT_NAME_STR_REVERSE_FLAG;
  std::wstring text(CertNameToStrW(kEncoding, &name, kForm, nullptr, 0), L'\0');
  const DWORD units = CertNameToStrW(kEncoding, &name, kForm, text.data(), static_cast<DWORD>(text.size()));
  text.resize(units == 0 ? 0 : units - 1);
  return os::utf8_text(text);
}

/// SHA-1 of the encoded certificate, in lower-case hexadecimal; "" when it cannot be computed.
std::string thumbprint(const CERT_CONTEXT& certificate) {
  std::array<BYTE, 20> hash{};
  DWORD size = static_cast<DWORD>(hash.size());
  if (CryptHashCertificate(0, CALG_SHA1, 0, certificate.pbCertEncoded, certificate.cbCertEncoded, hash.data(),
                           &size) == 0)
    return {};
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const BYTE byte : hash) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

/// "sha256RSA"; the number of the algorithm where Windows has no name for it.
std::string algorithm_name(const char* number) {
  std::string oid(number == nullptr ? "" : number);
  const CRYPT_OID_INFO* info =
      CryptFindOIDInfo(CRYPT_OID_INFO_OID_KEY, oid.data(), CRYPT_SIGN_ALG_OID_GROUP_ID);
  return info != nullptr && info->pwszName != nullptr ? os::utf8_text(info->pwszName) : oid;
}

Reading<bool> key_reading(const CERT_CONTEXT& certificate, value::OriginId origin) {
  DWORD size = 0;
  if (CertGetCertificateContextProperty(&certificate, CERT_KEY_PROV_INFO_PROP_ID, nullptr, &size) != 0)
    return Reading<bool>::of(true, origin);
  const DWORD error = GetLastError();
  if (error == static_cast<DWORD>(CRYPT_E_NOT_FOUND)) return Reading<bool>::of(false, origin);
  return Reading<bool>::unreadable(failure("CertGetCertificateContextProperty", error), origin);
}

CertificateRow certificate_row(const CERT_CONTEXT& certificate, std::string_view store) {
  CERT_INFO& info = *certificate.pCertInfo;
  CertificateRow row;
  row.store = store;
  row.subject = name_text(info.Subject);
  row.issuer = name_text(info.Issuer);
  row.thumbprint = thumbprint(certificate);
  row.not_before = date_of(info.NotBefore);
  row.not_after = date_of(info.NotAfter);
  const DWORD bits = CertGetPublicKeyLength(kEncoding, &info.SubjectPublicKeyInfo);
  if (bits != 0) row.key_bits = bits;
  row.signature_algorithm = algorithm_name(info.SignatureAlgorithm.pszObjId);
  return row;
}

void read_certificates(value::Evidence& evidence, HCERTSTORE store, std::string_view name,
                       Section<CertificateRow>& section) {
  const CERT_CONTEXT* certificate = nullptr;
  // Each call gives back the certificate before.
  while ((certificate = CertEnumCertificatesInStore(store, certificate)) != nullptr) {
    CertificateRow row = certificate_row(*certificate, name);
    row.origin = add_origin(evidence, "certificate " + row.thumbprint + " in " + row.store);
    row.has_private_key = key_reading(*certificate, row.origin);
    if (add_row(section, std::move(row))) continue;
    CertFreeCertificateContext(certificate);
    return;
  }
  const DWORD error = GetLastError();
  const bool whole = error == static_cast<DWORD>(CRYPT_E_NOT_FOUND) || error == ERROR_NO_MORE_FILES;
  if (!whole) leave_open(section, failure("CertEnumCertificatesInStore", error));
  close(section);
}

void read_store(value::Evidence& evidence, const std::string& name) {
  Section<CertificateRow>& section = evidence.certificates[value::folded(name)];
  section.collected = true;
  section.origin = add_origin(evidence, "certificate store LocalMachine\\" + name);
  const auto wide = os::wide_text(name);
  constexpr DWORD kReadOnly = CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG;
  const CertificateStore store(
      wide ? CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, kMachineStores | kReadOnly, wide->c_str())
           : nullptr);
  if (store) return read_certificates(evidence, store.get(), name, section);
  const DWORD error = wide ? GetLastError() : ERROR_INVALID_NAME;
  if (error == ERROR_FILE_NOT_FOUND) {
    section.object_missing = true;
  } else {
    leave_open(section, failure("CertOpenStore", error, kAdministrator));
  }
}

/// Names of stores as written, by folded name.
using StoreNames = std::map<std::string, std::string>;

BOOL WINAPI note_store(const void* name, DWORD, CERT_SYSTEM_STORE_INFO*, void*, void* names) {
  const std::string text = os::utf8_text(static_cast<const wchar_t*>(name));
  static_cast<StoreNames*>(names)->emplace(value::folded(text), text);
  return TRUE;
}

}  // namespace

value::Date date_of(const FILETIME& time) {
  constexpr std::int64_t kTicksPerDay = 864'000'000'000;
  constexpr std::int64_t kDaysTo1970 = 134'774;  // from 1601-01-01
  const auto ticks =
      static_cast<std::int64_t>((std::uint64_t{time.dwHighDateTime} << 32U) | time.dwLowDateTime);
  return {static_cast<std::int32_t>(ticks / kTicksPerDay - kDaysTo1970)};
}

void collect_certificates(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, EvidenceSection::Certificates)) return;
  StoreNames names;
  const auto* asked = slice == nullptr ? nullptr : slice->objects(EvidenceSection::Certificates);
  if (asked != nullptr) {
    for (const std::string& name : *asked) names.emplace(value::folded(name), name);
  } else {
    CertEnumSystemStore(kMachineStores, nullptr, &names, &note_store);
  }
  for (const auto& [folded, name] : names) read_store(evidence, name);
}

}  // namespace polc::backends::windows
