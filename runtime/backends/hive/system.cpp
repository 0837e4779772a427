// Host, services and shares, from the current control set of a SYSTEM hive.
#include <fmt/format.h>

#include <array>

#include "runtime/backends/hive/sections.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/formats/security_descriptor.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends::hive {
namespace {

using value::EvidenceSection;
using value::FactStatus;
using value::PrincipalEvidence;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

/// Of a service's Type (winsvc.h): SERVICE_WIN32_OWN_PROCESS and SERVICE_WIN32_SHARE_PROCESS. Drivers have neither.
constexpr std::uint32_t kWin32Service = 0x30;

Unknown not_in_a_hive(std::string_view what) {
  return {UnknownReason::Unsupported, {}, std::string(what)};
}

TextReading start_of(const KeyValues& values) {
  constexpr std::array<std::string_view, 5> kStarts{"boot", "system", "automatic", "manual", "disabled"};
  constexpr std::uint32_t kAutomatic = 2;
  const NumberReading start = values.dword("Start");
  if (!start.present()) return without_value<std::string>(start);
  if (start.value >= kStarts.size()) {
    return TextReading::unreadable({UnknownReason::Corrupt, {}, fmt::format("start type {}", start.value)},
                                   start.origin);
  }
  if (start.value != kAutomatic) return TextReading::of(std::string(kStarts[start.value]), start.origin);
  const Reading<bool> delayed = values.flag("DelayedAutostart");
  if (delayed.present() && delayed.value) return TextReading::of("automatic_delayed", start.origin);
  if (delayed.present() || delayed.status == FactStatus::Absent)
    return TextReading::of("automatic", start.origin);
  return without_value<std::string>(delayed);
}

/// The row of a service; nullopt for drivers and for keys that are no service.
std::optional<value::ServiceRow> service_row(HiveReader& reader, formats::HiveKey key) {
  const KeyReading reading = reader.reading_of(std::move(key));
  const KeyValues values(reader, reading);
  const NumberReading type = values.dword("Type");
  if (type.status == FactStatus::Absent) return std::nullopt;
  if (type.present() && (type.value & kWin32Service) == 0) return std::nullopt;
  value::ServiceRow row;
  row.name = reading.value.name;
  row.origin = reading.origin;
  row.state =
      TextReading::unreadable(not_in_a_hive("a hive does not tell which services run"), reading.origin);
  row.start = start_of(values);
  row.account = converted(values.text("ObjectName"),
                          [](const std::string& name) { return PrincipalEvidence{.sid = {}, .name = name}; });
  return row;
}

/// "Path=C:\Data" among the texts of a share.
TextReading share_field(const DataReading& data, std::string_view field) {
  if (!data.present()) return without_value<std::string>(data);
  const auto* texts = std::get_if<std::vector<std::string>>(&data.value.data);
  if (texts == nullptr)
    return TextReading::unreadable({UnknownReason::Corrupt, {}, "not a list of texts"}, data.origin);
  for (const std::string& text : *texts) {
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos && base::equal_folded(text.substr(0, equals), field))
      return TextReading::of(text.substr(equals + 1), data.origin);
  }
  return TextReading::absent(data.origin);
}

TextReading share_security(const KeyValues& security, const std::string& name) {
  const BytesReading bytes = security.bytes(name);
  if (bytes.status == FactStatus::Absent) {
    return TextReading::unreadable(
        {UnknownReason::DefaultUnknown, {}, "the share has no permissions of its own"}, bytes.origin);
  }
  if (!bytes.present()) return without_value<std::string>(bytes);
  auto text = formats::security_descriptor_text(bytes.value);
  if (text) return TextReading::of(std::move(*text), bytes.origin);
  return TextReading::unreadable({UnknownReason::Corrupt, {}, text.error().what}, bytes.origin);
}

}  // namespace

bool needs(const PlanSlice* slice, EvidenceSection section) {
  return slice == nullptr || slice->needs(section);
}

NumberReading current_control_set(HiveReader& reader) {
  return KeyValues(reader, reader.key(reader.root(), "Select")).dword("Current");
}

KeyReading control_set(HiveReader& reader) {
  const NumberReading number = current_control_set(reader);
  if (!number.present()) return without_value<formats::HiveKey>(number);
  KeyReading key = reader.key(reader.root(), fmt::format("ControlSet{:03}", number.value));
  if (key.status != FactStatus::Absent) return key;
  return KeyReading::unreadable(
      {UnknownReason::Corrupt,
       {},
       fmt::format("Select names control set {}, which is not there", number.value)},
      number.origin);
}

void read_system_host(HiveReader& reader) {
  value::HostEvidence& host = reader.evidence().host;
  const KeyReading set = control_set(reader);
  host.name = KeyValues(reader, reader.key(set, "Control\\ComputerName\\ComputerName")).text("ComputerName");
  // Written when the machine starts; a hive without it may be of a machine without UEFI.
  const auto secure =
      KeyValues(reader, reader.key(set, "Control\\SecureBoot\\State")).flag("UEFISecureBootEnabled");
  if (secure.present()) host.secure_boot = secure;
}

void read_services(HiveReader& reader) {
  auto& section = reader.evidence().services;
  const KeyReading services = reader.key(control_set(reader), "Services");
  if (!services.present()) return unreadable(section, services.unknown, services.origin);
  section.origin = services.origin;
  auto list = reader.subkeys(services);
  for (formats::HiveKey& key : list.items) {
    if (key.is_link) continue;
    if (auto row = service_row(reader, std::move(key))) section.rows.push_back(std::move(*row));
  }
  close(section, list.error ? std::optional(reader.corrupt(*list.error)) : std::nullopt);
}

void read_shares(HiveReader& reader) {
  auto& section = reader.evidence().shares;
  const KeyReading shares = reader.key(control_set(reader), "Services\\LanmanServer\\Shares");
  if (!shares.present()) {
    const Unknown missing{UnknownReason::NotCollected, {}, "the hive has no list of shares"};
    return unreadable(section, shares.status == FactStatus::Absent ? missing : shares.unknown, shares.origin);
  }
  section.origin = shares.origin;
  const KeyValues values(reader, shares);
  const KeyValues security(reader, reader.key(shares, "Security"));
  for (const formats::HiveValue& value : values.list().items) {
    if (value.name.empty()) continue;
    value::ShareRow row;
    row.name = value.name;
    const DataReading data = reader.data(value);
    row.origin = data.origin;
    row.path = share_field(data, "Path");
    row.sddl = share_security(security, value.name);
    section.rows.push_back(std::move(row));
  }
  // C$, ADMIN$ and IPC$ are made when the service starts.
  const Unknown administrative{UnknownReason::NotCollected, {}, "administrative shares are in no hive"};
  close(section, values.list().error ? reader.corrupt(*values.list().error) : administrative);
}

}  // namespace polc::backends::hive
