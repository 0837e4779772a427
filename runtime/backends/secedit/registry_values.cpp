// [Registry Values] of a security template.
#include <algorithm>

#include "runtime/backends/origins.hpp"
#include "runtime/backends/secedit/security_template.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/formats/registry_data.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using value::RegistryData;
using value::RegistryType;
using Data = RegistryBuilder::Data;

/// A multi-line notice is written as a list and kept by Windows as one text.
constexpr std::string_view kNoticeText = "LegalNoticeText";

value::Unknown bad_value(std::string detail) {
  return {value::UnknownReason::Corrupt, {}, std::move(detail)};
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    if (!text.empty()) text += "\r\n";
    text += line;
  }
  return text;
}

/// `type,data,...` of a line; numbers are decimal.
tl::expected<RegistryData, std::string> template_data(std::string_view name,
                                                      const std::vector<std::string>& fields) {
  const auto type = fields.empty() ? std::nullopt : value::Integer::parse(fields.front());
  if (!type) return tl::unexpected<std::string>("no registry type");
  const std::vector<std::string> rest(fields.begin() + 1, fields.end());
  const std::string only = rest.empty() ? std::string() : rest.front();
  const std::uint64_t number = type->as_unsigned().value_or(UINT64_MAX);
  if (number == formats::kRegMultiSz) {
    if (base::equal_folded(name, kNoticeText)) return RegistryData{RegistryType::Sz, 0, joined_lines(rest)};
    const bool empty = rest.size() == 1 && only.empty();
    return RegistryData{RegistryType::MultiSz, 0, empty ? std::vector<std::string>() : rest};
  }
  if (rest.size() > 1) return tl::unexpected<std::string>("several values for one");
  if (number == formats::kRegSz) return RegistryData{RegistryType::Sz, 0, only};
  if (number == formats::kRegExpandSz) return RegistryData{RegistryType::ExpandSz, 0, only};
  const auto parsed = value::Integer::parse(only);
  const auto unsigned_value = parsed ? parsed->as_unsigned() : std::nullopt;
  if (number == formats::kRegDword && unsigned_value && *unsigned_value <= UINT32_MAX) {
    return RegistryData{RegistryType::Dword, 0, *unsigned_value};
  }
  // A single byte is all that templates write here; the form of more is not documented.
  if (number == formats::kRegBinary && unsigned_value && *unsigned_value <= 9) {
    return RegistryData{RegistryType::Binary, 0,
                        std::vector<std::uint8_t>{static_cast<std::uint8_t>(*unsigned_value)}};
  }
  return tl::unexpected<std::string>("data that does not fit its type");
}

}  // namespace

void read_registry_values(const formats::InfFile& file, const TemplateUse& use) {
  for (const TemplateLine& found : lines_of(file.find("Registry Values"))) {
    // Windows, too, takes what stands behind the last backslash for the name.
    const std::string_view whole = found.line->key;
    const auto cut = whole.rfind('\\');
    const auto key = cut == std::string_view::npos ? std::nullopt : template_key(whole.substr(0, cut));
    const auto name =
        cut == std::string_view::npos ? std::nullopt : value::canonical_value_name(whole.substr(cut + 1));
    if (!key || !name) {
      use.sink.add(diag::NotARegistryPath{.path = std::string(whole)}.at(use.place(found.line->line)));
      continue;
    }
    const value::OriginId origin = use.origin(found.line->line);
    auto data = template_data(*name, found.line->fields);
    Data reading = found.doubt ? Data::unreadable(*found.doubt, origin)
                   : data      ? Data::of(std::move(*data), origin)
                               : Data::unreadable(bad_value(data.error()), origin);
    use.registry.set(*key, *name, std::move(reading));
  }
}

}  // namespace polc::backends
