#include "tests/unit/backends/random_evidence.hpp"

#include <fmt/format.h>

#include <random>
#include <set>

#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends {
namespace {

using namespace value;

constexpr UnknownReason kReasons[] = {
    UnknownReason::AccessDenied,   UnknownReason::Unsupported,   UnknownReason::Corrupt,
    UnknownReason::TimedOut,       UnknownReason::Stale,         UnknownReason::Conflict,
    UnknownReason::Overflow,       UnknownReason::Budget,        UnknownReason::NetworkDenied,
    UnknownReason::UnresolvedName, UnknownReason::DefaultUnknown};

/// Pieces that are put together to texts.
constexpr const char* kPieces[] = {
    "a",          "B7",       " ",        "  ",         "\n",         "\r\n",
    "\t",         "'",        "\"",       "\\",         ":",          ": ",
    " #",         "#",        "-",        "- ",         "? ",         "{",
    "}",          "[",        "]",        ",",          "&x",         "*x",
    "!t",         "|",        ">",        "%",          "@",          "`",
    "~",          "null",     "true",     "absent",     "0x1F",       "007",
    "1.5",        "\x01",     "\x1b[31m", "\x7f",       "\x04",       "...",
    "---",        "<<",       "\u00e9",   "\u6f22",     "\u202e",     "\u200b",
    "\u0085",     "\u2028",   "\ufeff",   "\U0001f600", "\ufffe",     "{absent: true}",
    "unreadable", "complete", "mistyped", "yes",        "2026-11-20", "%SystemRoot%",
    "C:\\x",      "\u00a0"};

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  Evidence evidence() {
    Evidence e;
    e.backend = "snapshot";
    e.layer = chance(4) ? Layer::Policy : Layer::Effective;
    layer_ = e.layer;
    if (!chance(4)) e.collected_at = instant();
    fill_host(e.host);
    if (!chance(5)) fill_registry(e);
    fill_policies(e);
    fill_objects(e);
    fill_firewall(e.firewall);
    fill_security(e);
    fill_observations(e);
    fill_statements(e);
    return e;
  }

 private:
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }
  bool chance(std::uint32_t one_in) { return below(one_in) == 0; }

  std::string text(bool may_be_empty = false) {
    std::string out;
    const std::uint32_t pieces = below(5) + (may_be_empty ? 0 : 1);
    for (std::uint32_t i = 0; i < pieces; ++i) out += kPieces[below(std::size(kPieces))];
    if (chance(60)) out.append(2000, 'x');
    return out;
  }

  /// Of a kind that has no normal form of its own, without line ends.
  std::string name(bool may_be_long = true) {
    std::string out = fmt::format("n{}", counter_++);
    for (const char* piece : {" ", "'", ": ", "#", "\u00e9", "{"}) {
      if (chance(3)) out += piece;
    }
    if (may_be_long && chance(40)) out.append(1500, 'k');
    return out + "z";
  }

  std::string sid() { return fmt::format("S-1-5-21-{}-{}-{}", below(1000), below(1000), counter_++); }
  std::int64_t instant() { return std::int64_t{1'700'000'000} + below(90'000'000); }
  Date date() { return {static_cast<std::int32_t>(below(40'000))}; }
  std::string word(std::string_view enumeration) {
    const auto& members = enumerations()[enumeration_index(enumeration)].members;
    return std::string(members[below(static_cast<std::uint32_t>(members.size()))]);
  }

  Unknown unknown() {
    Unknown why{kReasons[below(std::size(kReasons))], {}, {}};
    if (chance(2)) why.detail = "e" + text();
    if (chance(8)) why = {UnknownReason::NotCollected, {}, "left for later: " + text()};
    return why;
  }

  template <class T>
  Reading<T> reading(T present, bool may_be_absent = true) {
    switch (below(6)) {
      case 0:
        return Reading<T>::unreadable(unknown());
      case 1:
        return may_be_absent ? Reading<T>::absent() : Reading<T>{};
      case 2:
        if (chance(2)) return Reading<T>{};
        return {FactStatus::Mistyped, {}, {UnknownReason::NotCollected, {}, text(true)}, 0};
      default:
        return Reading<T>::of(std::move(present));
    }
  }
  template <class T>
  Reading<T> certain(T present) {
    return reading(std::move(present), false);
  }

  /// A row whose only fact must say something.
  template <class T>
  Reading<T> fact(T present) {
    auto one = reading(std::move(present));
    const bool silent = one.status == FactStatus::Unknown && one.unknown == Unknown{};
    return silent ? Reading<T>::absent() : one;
  }

  template <class Row, class Make>
  void table(Section<Row>& section, Make make, bool open = false, bool may_be_missing = false) {
    if (chance(5)) return;
    section.collected = true;
    if (may_be_missing && chance(6)) {
      section.object_missing = true;
      return;
    }
    for (std::uint32_t rows = below(4); rows > 0; --rows) section.rows.push_back(make());
    if (chance(3)) section.unreadable = unknown();
    if (!open && !section.unreadable) section.complete = chance(2);
  }

  template <class Make>
  auto list(Make make) {
    std::vector<decltype(make())> out;
    for (std::uint32_t items = below(4); items > 0; --items) out.push_back(make());
    return out;
  }

  PrincipalEvidence principal() {
    switch (below(3)) {
      case 0:
        return {sid(), {}};
      case 1:
        return {{}, name()};
      default:
        return {sid(), chance(5) ? sid() : text()};
    }
  }
  auto principals() {
    return list([this] { return principal(); });
  }

  void fill_host(HostEvidence& h) {
    h.name = certain(text());
    h.os = certain(text());
    h.build = certain(below(99'999));
    h.ubr = reading(below(9'999));
    h.edition = certain(text());
    h.installation_type = certain(word("installation_type"));
    h.role = certain(static_cast<HostRole>(below(3)));
    h.domain = reading(text());
    h.domain_sid = reading(sid());
    h.machine_sid = reading(sid());
    h.secure_boot = reading(chance(2));
    h.addresses = certain(list([this] { return fmt::format("10.0.{}.{}/24", below(256), below(256)); }));
    if (chance(2)) h.variables["SYSTEMROOT"] = text();
    if (chance(2)) h.variables["PROGRAMFILES(X86)"] = text();
  }

  RegistryData data() {
    RegistryData d;
    d.type = static_cast<RegistryType>(below(8));
    switch (d.type) {
      case RegistryType::Dword:
        d.data = std::uint64_t{below(UINT32_MAX)};
        break;
      case RegistryType::Qword:
        d.data = (std::uint64_t{below(UINT32_MAX)} << 32U) + below(UINT32_MAX);
        break;
      case RegistryType::Sz:
      case RegistryType::ExpandSz:
        d.data = chance(10) ? text() + std::string(1, '\0') + "x" : text(true);
        break;
      case RegistryType::MultiSz:
        d.data = list([this] { return text(true); });
        break;
      case RegistryType::Other:
        d.other_type = 8 + below(100);
        [[fallthrough]];
      case RegistryType::None:
      case RegistryType::Binary:
        d.data = list([this] { return static_cast<std::uint8_t>(below(256)); });
        break;
    }
    return d;
  }

  void fill_key(RegistryKeyEvidence& key) {
    key.presence = Reading<bool>::of(true);
    if (chance(5)) key.presence = Reading<bool>::absent();
    if (chance(5)) key.presence = Reading<bool>::unreadable(unknown());
    if (key.presence.status == FactStatus::Absent) return;
    for (std::uint32_t values = below(4); values > 0; --values) {
      const std::string spelled = chance(6) ? std::string() : name();
      key.values.try_emplace(folded(spelled), RegistryValueEvidence{spelled, fact(data())});
    }
    for (std::uint32_t subkeys = below(3); subkeys > 0; --subkeys) {
      const std::string spelled = name();
      key.subkeys.emplace(folded(spelled), spelled);
    }
    key.values_complete = chance(2);
    key.subkeys_complete = chance(3);
  }

  void fill_registry(Evidence& e) {
    e.registry_collected = true;
    for (std::uint32_t keys = below(5); keys > 0; --keys) {
      const std::string path = "HKLM\\SOFTWARE\\" + name(false) + "\\" + name(false);
      fill_key(e.registry[folded(path)]);
      e.registry[folded(path)].path = path;
    }
  }

  void fill_policies(Evidence& e) {
    const bool policy = layer_ == Layer::Policy;
    AccountPolicyEvidence& p = e.account_policy;
    const auto count = [&](std::int64_t least) { return Integer::of(least + below(100)); };
    const auto seconds = [&] {
      return Integer::of((1 + std::int64_t{below(90)}) * (chance(2) ? 60 : 86'400));
    };
    p.min_length = reading(count(0), policy);
    p.complexity = reading(chance(2), policy);
    p.history = reading(count(0), policy);
    p.max_age = reading(chance(4) ? Integer::infinity() : seconds(), policy);
    p.min_age = reading(seconds(), policy);
    p.reversible_encryption = reading(chance(2), policy);
    p.lockout_threshold = reading(chance(4) ? Integer::infinity() : count(1), policy);
    p.lockout_duration = reading(chance(4) ? Integer::infinity() : seconds());
    p.lockout_window = reading(seconds());

    std::set<std::string> taken;
    table(e.user_rights, [&] {
      const auto& all = privileges();
      std::string right;
      do right = all[below(static_cast<std::uint32_t>(all.size()))].name;
      while (!taken.insert(right).second);
      return UserRightRow{right, fact(principals())};
    });
    table(e.audit_policy, [&] {
      const auto& all = audit_subcategories();
      std::string guid;
      do
        guid = chance(4) ? fmt::format("0cce9215-69ae-11d9-bed3-50505450{:04}", counter_++ % 10000)
                         : std::string(all[below(static_cast<std::uint32_t>(all.size()))].guid);
      while (!taken.insert(guid).second);
      return AuditRow{guid, fact(list([this] { return word("audit_outcome"); }))};
    });
    table(e.users, [&] {
      UserProfileEvidence user;
      user.sid = taken.insert("Default").second ? "Default" : sid();
      if (chance(2)) user.name = text();
      user.hive_readable = !chance(3);
      if (!user.hive_readable) user.hive_unreadable = unknown();
      return user;
    });
  }

  ListenerRow listener(Protocol protocol) {
    return {{static_cast<std::uint16_t>(below(65'536)), protocol},
            chance(2) ? "0.0.0.0" : "fe80::1",
            reading(text()),
            reading(text()),
            0};
  }

  void fill_objects(Evidence& e) {
    table(e.services, [&] {
      return ServiceRow{name(), reading(word("service_state")), reading(word("service_start")),
                        reading(principal()), 0};
    });
    table(e.local_groups, [&] {
      PrincipalEvidence group{chance(2) ? sid() : std::string(), name()};
      if (chance(4)) group = {sid(), {}};
      return LocalGroupRow{group, reading(principals())};
    });
    table(e.accounts, [&] {
      return AccountRow{{sid(), name()}, certain(chance(2)), certain(chance(2)), certain(chance(2)), 0};
    });
    table(e.names, [&] { return NameRow{"D\\" + name(), sid()}; });
    table(e.tcp_listeners, [&] { return listener(Protocol::Tcp); });
    table(e.udp_listeners, [&] { return listener(Protocol::Udp); });
    table(e.windows_features, [&] { return FeatureRow{name(), fact(chance(2))}; });
    table(e.volumes, [&] {
      return VolumeRow{name(), chance(2) ? text() : std::string(), reading(chance(2)), 0};
    });
    for (const char* store : {"My", "Root"}) {
      if (chance(2)) continue;
      auto& section = e.certificates[folded(store)];
      section.collected = true;
      table(
          section, [&] { return certificate(store); }, false, true);
    }
  }

  CertificateRow certificate(const char* store) {
    CertificateRow c;
    c.store = store;
    c.subject = text(true);
    c.issuer = text(true);
    c.thumbprint = text();
    if (chance(2)) c.not_before = date();
    c.not_after = date();
    if (chance(2)) c.key_bits = below(10'000);
    if (chance(2)) c.signature_algorithm = text();
    c.has_private_key = reading(chance(2));
    return c;
  }

  FirewallRuleRow rule(FirewallStore store) {
    FirewallRuleRow r;
    r.store = store;
    r.name = text(true);
    if (chance(2)) r.id = text();
    if (chance(3)) r.group = text();
    r.active = !chance(3);
    r.inbound = !chance(3);
    r.allow = !chance(3);
    r.profiles = list([this] { return static_cast<FirewallProfile>(below(3)); });
    if (chance(2)) r.protocol = below(256);
    const auto port = [this] {
      return chance(3) ? "RPC-EPMap" : chance(2) ? "70-74" : std::to_string(below(65'536));
    };
    r.local_ports = list(port);
    r.remote_ports = list(port);
    const auto address = [this] { return std::string(chance(2) ? "LocalSubnet" : "10.0.0.1-10.0.0.9"); };
    r.local_addresses = list(address);
    r.remote_addresses = list(address);
    r.interface_types = list([this] { return text(); });
    r.interfaces = list([this] { return text(); });
    if (chance(2)) r.program = text();
    if (chance(2)) r.service = text();
    r.edge_traversal = chance(4);
    r.bypass = chance(4);
    r.has_owner_condition = chance(4);
    r.has_other_conditions = chance(4);
    return r;
  }

  void fill_firewall(FirewallEvidence& f) {
    f.active = certain(list([this] { return static_cast<FirewallProfile>(below(3)); }));
    if (!chance(4)) {
      f.profiles.collected = true;
      for (const FirewallStore store : {FirewallStore::Local, FirewallStore::Policy}) {
        for (std::uint32_t profile = 0; profile < 3; ++profile) {
          if (chance(3)) continue;
          f.profiles.rows.push_back({static_cast<FirewallProfile>(profile), store, reading(chance(2)),
                                     reading(chance(2)), reading(chance(2)), reading(chance(2)),
                                     reading(chance(2)), 0});
        }
      }
      f.profiles.complete = chance(2);
      if (!f.profiles.complete && chance(2)) f.profiles.unreadable = unknown();
    }
    table(f.policy_rules, [&] { return rule(FirewallStore::Policy); });
    table(f.local_rules, [&] { return rule(FirewallStore::Local); });
  }

  SecurityRow object(std::string path) {
    SecurityRow row{std::move(path), fact(std::string("O:BAG:SYD:P(A;OICI;FA;;;SY)")), {}};
    for (std::uint32_t names = below(3); names > 0; --names) row.names.push_back({sid(), text()});
    return row;
  }

  void fill_security(Evidence& e) {
    table(e.file_security, [&] { return object(fmt::format("C:\\d\\{}", counter_++)); });
    table(e.key_security, [&] { return object(fmt::format("HKLM\\SOFTWARE\\K{} '{{", counter_++)); });
    table(
        e.shares,
        [&] {
          return ShareRow{name(), reading(text()), reading(std::string("D:(A;;FA;;;WD)")), 0};
        },
        false, true);
    e.iis.version = reading(text());
    table(
        e.iis.files,
        [&] {
          const std::string xml =
              chance(5) ? ""
                        : fmt::format("<a>\n  <b c='{}'/>\n\t<d/>\n</a>{}", counter_, chance(2) ? "\n" : "");
          return ConfigurationFileRow{fmt::format("C:\\w{}\\web.config", counter_++), fact(xml), 0};
        },
        false, true);
    if (e.iis.files.object_missing || !e.iis.files.collected) {
      e.iis.version = {};
      if (!e.iis.files.collected) e.iis.files = {};
    }
  }

  HttpRow answer() {
    HttpRow row;
    row.url = text();
    row.version = text();
    row.method = text();
    row.vantage = text();
    row.host_given = chance(2);
    if (row.host_given) row.host = text(true);
    row.status = reading(100 + below(900));
    for (std::uint32_t headers = below(3); headers > 0; --headers) {
      const std::string header = name();
      for (std::uint32_t times = 1 + below(2); times > 0; --times)
        row.headers.emplace_back(header, text(true));
    }
    row.headers_complete = chance(2);
    row.taken_at = instant();
    return row;
  }

  void fill_observations(Evidence& e) {
    table(
        e.http, [&] { return answer(); }, true);
    if (chance(3)) return;
    e.exposure.collected = true;
    if (chance(3)) e.exposure.unreadable = unknown();
    for (const char* vantage : {"a: b", "internet"}) {
      std::int64_t at = 1'700'000'000;
      for (std::uint32_t scans = below(3); scans > 0; --scans) {
        at += 60;
        std::uint16_t port = 1;
        for (const std::string_view state : enumerations()[enumeration_index("exposure_state")].members) {
          for (std::uint32_t ports = below(5); ports > 0; --ports) {
            port = static_cast<std::uint16_t>(port + 1 + below(2));
            e.exposure.rows.push_back({vantage, {port, Protocol::Tcp}, std::string(state), at, 0});
          }
        }
      }
    }
  }

  void fill_statements(Evidence& e) {
    table(
        e.attestations,
        [&] {
          return AttestationRow{text(),
                                chance(2),
                                text(),
                                date(),
                                chance(2) ? std::optional(date()) : std::nullopt,
                                chance(2) ? text() : "",
                                chance(2) ? text() : "",
                                0};
        },
        true);
    if (chance(3)) return;
    e.passwords.collected = true;
    if (chance(4)) e.passwords.unreadable = unknown();
    for (const char* secret : {"MySQL", "mysql", "z: #"}) {
      for (std::uint32_t statements = below(3); statements > 0; --statements) {
        PasswordRow row;
        row.name = secret;
        if (chance(2)) row.length = Number::at_least(Integer::of(below(30)));
        if (chance(2)) row.classes = list([this] { return word("character_class"); });
        if (chance(2)) row.in_breach_list = chance(2);
        row.owner = text();
        row.date = date();
        e.passwords.rows.push_back(std::move(row));
      }
    }
  }

  std::mt19937 random_;
  std::uint32_t counter_ = 1;
  Layer layer_ = Layer::Effective;
};

}  // namespace

value::Evidence random_evidence(std::uint32_t seed) {
  return Generator(seed).evidence();
}

}  // namespace polc::backends
