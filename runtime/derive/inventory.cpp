// Plain lists of what a machine has: features, certificates, volumes, shares.
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::Fact;

constexpr std::string_view kDefaultStore = "My";

template <class T>
Fact optional_field(const std::optional<T>& field, value::OriginId origin, value::Value (*convert)(T)) {
  return field ? Fact::present(convert(*field), origin)
               : Fact::unknown(value::UnknownReason::NotCollected, {}, origin);
}

value::Value date_value(value::Date date) {
  return value::Value(date);
}

value::Value number_value(std::uint32_t n) {
  return unsigned_integer(n);
}

value::Value certificate_record(const value::CertificateRow& row) {
  return RecordBuilder(row.origin)
      .field("subject", value::text(row.subject))
      .field("issuer", value::text(row.issuer))
      .field("thumbprint", value::text(row.thumbprint))
      .field("not_after", date_value(row.not_after))
      .field("not_before", optional_field(row.not_before, row.origin, date_value))
      .field("key_bits", optional_field(row.key_bits, row.origin, number_value))
      .field("signature_algorithm", row.signature_algorithm.empty()
                                        ? Fact::unknown(value::UnknownReason::NotCollected, {}, row.origin)
                                        : Fact::present(value::text(row.signature_algorithm), row.origin))
      .field("has_private_key", fact_of(row.has_private_key, AbsentLevel::Value, boolean))
      .build();
}

}  // namespace

Fact windows_feature_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.windows_features;
  const std::string* name = address.argument<std::string>(0);
  const auto row =
      std::find_if(section.rows.begin(), section.rows.end(), [&](const value::FeatureRow& feature) {
        return name != nullptr && base::equal_folded(feature.name, *name);
      });
  if (row == section.rows.end()) return missing_row(section, AbsentLevel::Object);
  return fact_of(row->installed, AbsentLevel::Object, boolean);
}

Fact certificates_fact(const Context& context, const value::Address& address) {
  const std::string* written = address.argument<std::string>(0);
  const std::string store = value::folded(written == nullptr ? kDefaultStore : std::string_view(*written));
  const auto found = context.evidence.certificates.find(store);
  if (found == context.evidence.certificates.end()) return Fact::unknown(value::UnknownReason::NotCollected);
  return list_of_rows(found->second, certificate_record);
}

Fact volumes_fact(const Context& context) {
  return list_of_rows(context.evidence.volumes, [](const value::VolumeRow& row) {
    return RecordBuilder(row.origin)
        .field("name", value::text(row.name))
        .field("filesystem", value::text(row.filesystem))
        .field("encrypted", fact_of(row.encrypted, AbsentLevel::Value, boolean))
        .build();
  });
}

Fact shares_fact(const Context& context) {
  return list_of_rows(context.evidence.shares, [](const value::ShareRow& row) {
    return RecordBuilder(row.origin)
        .field("name", value::text(row.name))
        .field("path", fact_of(row.path, AbsentLevel::Value,
                               [](const std::string& path) { return value::text(path); }))
        .build();
  });
}

}  // namespace polc::derive
