// Layout of program files, one function a structure, used for writing and for reading.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "runtime/ir/archive.hpp"
#include "runtime/ir/op_info.hpp"
#include "runtime/ir/program.hpp"

namespace polc::ir {

/// Sets and maps inside one constant.
inline constexpr int kValueDepth = 8;

template <class Archive, class T, class Layout>
void optional(Archive& a, Subject<Archive, std::optional<T>> v, Layout layout) {
  bool has = v.has_value();
  a.flag(has);
  if (!has) return;
  if constexpr (!Archive::kWriting) v.emplace();
  layout(a, *v);
}

template <class Archive, class... Numbers>
void numbers(Archive& a, Numbers&... values) {
  (a.number(values), ...);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Integer> v) {
  bool negative = v.is_negative();
  bool infinite = v.is_infinite();
  std::uint64_t magnitude = v.magnitude();
  a.flag(infinite);
  if (!infinite) {
    a.flag(negative);
    a.number(magnitude);
  }
  if constexpr (!Archive::kWriting) {
    const auto positive = value::Integer::of_unsigned(magnitude);
    v = infinite ? value::Integer::infinity() : positive;
    if (!negative) return;
    const auto below_zero = value::subtract(value::Integer(), positive);
    if (below_zero) v = *below_zero;
    if (!below_zero || magnitude == 0) a.fail();
  }
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Number> v) {
  bool exact = v.exact();
  a.flag(exact);
  fields(a, v.low);
  if (!exact) {
    fields(a, v.high);
    a.flag(v.open_ended);
  } else if constexpr (!Archive::kWriting) {
    v.high = v.low;
  }
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Addresses> v) {
  a.list(v.ranges, 33, [](auto& archive, auto& range) {
    archive.flag(range.v6);
    archive.raw(range.first);
    archive.raw(range.last);
  });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Principal> v) {
  a.choice(v.form, value::Principal::Form::Name);
  a.number(v.rid);
  a.text(v.sid);
  a.text(v.name);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::RegistryData> v) {
  a.choice(v.type, value::RegistryType::Other);
  a.number(v.other_type);
  auto kind = static_cast<std::uint8_t>(v.data.index());
  a.byte(kind);
  const auto alternative = [&](auto example, auto layout) {
    using T = decltype(example);
    if constexpr (!Archive::kWriting) v.data = T{};
    layout(*std::get_if<T>(&v.data));
  };
  switch (kind) {
    case 0:
      break;
    case 1:
      return alternative(std::uint64_t{}, [&](auto& x) { a.number(x); });
    case 2:
      return alternative(std::string{}, [&](auto& x) { a.text(x); });
    case 3:
      return alternative(std::vector<std::string>{}, [&](auto& x) {
        a.list(x, 1, [](auto& archive, auto& text) { archive.text(text); });
      });
    case 4:
      return alternative(std::vector<std::uint8_t>{}, [&](auto& x) { a.raw(x); });
    default:
      if constexpr (!Archive::kWriting) a.fail();
  }
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::PolicyState> v) {
  a.choice(v.state, value::PolicyState::State::Disabled);
  optional<Archive, std::string>(a, v.option, [](auto& archive, auto& text) { archive.text(text); });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Value> v, int depth = 0);

template <class Archive>
void values(Archive& a, Subject<Archive, std::vector<value::Value>> v, int depth) {
  a.list(v, 1, [depth](auto& archive, auto& element) { fields(archive, element, depth + 1); });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::MapValue> v, int depth) {
  a.list(v.entries, 2, [depth](auto& archive, auto& entry) {
    fields(archive, entry.key, depth + 1);
    fields(archive, entry.value, depth + 1);
  });
  a.flag(v.complete);
}

/// The tag is the index of the alternative; records never stand in a program.
template <class Archive>
void fields(Archive& a, Subject<Archive, value::Value> v, int depth) {
  auto tag = static_cast<std::uint8_t>(v.data.index());
  a.byte(tag);
  if constexpr (!Archive::kWriting) {
    if (depth > kValueDepth) return a.fail();
  }
  const auto alternative = [&](auto example, auto layout) {
    using T = decltype(example);
    if constexpr (!Archive::kWriting) v.data = T{};
    layout(*std::get_if<T>(&v.data));
  };
  switch (tag) {
    case 0:
      break;
    case 1:
      return alternative(bool{}, [&](auto& x) { a.flag(x); });
    case 2:
      return alternative(value::Number{}, [&](auto& x) { fields(a, x); });
    case 3:
      return alternative(std::string{}, [&](auto& x) { a.text(x); });
    case 4:
      return alternative(value::Duration{}, [&](auto& x) { fields(a, x.seconds); });
    case 5:
      return alternative(value::Date{}, [&](auto& x) { a.signed_number(x.days); });
    case 6:
      return alternative(value::Port{}, [&](auto& x) {
        a.number(x.number);
        a.choice(x.protocol, value::Protocol::Udp);
      });
    case 7:
      return alternative(value::Principal{}, [&](auto& x) { fields(a, x); });
    case 8:
      return alternative(value::Rights{}, [&](auto& x) { numbers(a, x.self, x.subfolders, x.files); });
    case 9:
      return alternative(value::AddressSet{}, [&](auto& x) {
        fields(a, x.low);
        fields(a, x.high);
      });
    case 10:
      return alternative(value::Symbol{}, [&](auto& x) { a.text(x.name); });
    case 11:
      return alternative(value::RegistryData{}, [&](auto& x) { fields(a, x); });
    case 12:
      return alternative(value::PolicyState{}, [&](auto& x) { fields(a, x); });
    case 13:
      return alternative(value::SetValue{}, [&](auto& x) {
        values(a, x.low, depth);
        optional<Archive, std::vector<value::Value>>(
            a, x.high, [depth](auto& archive, auto& elements) { values(archive, elements, depth); });
      });
    case 14:
      return alternative(value::ListValue{}, [&](auto& x) {
        values(a, x.items, depth);
        a.flag(x.complete);
      });
    case 15:
      return alternative(value::MapValue{}, [&](auto& x) { fields(a, x, depth); });
    default:
      if constexpr (!Archive::kWriting) a.fail();
  }
}
static_assert(std::variant_size_v<decltype(value::Value::data)> == 17, "a new kind of value needs a layout");

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Type> v) {
  a.choice(v.kind, value::TypeKind::EmptyList);
  a.choice(v.element, value::TypeKind::EmptyList);
  a.choice(v.key, value::TypeKind::EmptyList);
  a.number(v.detail);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, PolicyInfo> v) {
  numbers(a, v.id, v.title, v.version, v.description, v.source, v.language, v.range);
  optional<Archive, std::uint64_t>(a, v.evidence_max_age,
                                   [](auto& archive, auto& age) { archive.number(age); });
  a.flag(v.allow_network);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, SourceFile> v) {
  a.number(v.path);
  a.flag(v.embedded);
  a.raw(v.sha256);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, SourceRange> v) {
  numbers(a, v.file, v.begin, v.end, v.line, v.column, v.end_line, v.end_column);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, value::Address> v) {
  a.choice(v.resource, value::ResourceKind::Volumes);
  a.number(v.attribute);
  values(a, v.arguments, 0);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, ReadPattern> v) {
  a.choice(v.resource, value::ResourceKind::Volumes);
  a.number(v.attribute);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, DefaultRow> v) {
  numbers(a, v.min_build, v.max_build, v.value);
  a.byte(v.roles);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Node> v) {
  a.choice(v.op, kLastOp);
  a.choice(v.comparison, kLastComparison);
  a.choice(v.absence, AbsenceRule::Settled);
  a.flag(v.negated);
  a.flag(v.guard);
  fields(a, v.type);
  numbers(a, v.first_operand, v.operand_count, v.data, v.defaults, v.range, v.expansion);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Expansion> v) {
  numbers(a, v.caller, v.call, v.title, v.body, v.excerpt);
  a.flag(v.negated);
}

template <class Archive>
void bounds(Archive& a, Subject<Archive, std::optional<value::Integer>> v) {
  optional<Archive, value::Integer>(a, v, [](auto& archive, auto& bound) { fields(archive, bound); });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, SettingElement> v) {
  numbers(a, v.label, v.key, v.value);
  a.choice(v.type, value::RegistryType::Other);
  a.list(v.options, 2, [](auto& archive, auto& option) { numbers(archive, option.label, option.value); });
  bounds(a, v.min);
  bounds(a, v.max);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Setting> v) {
  a.choice(v.scope, Scope::Both);
  fields(a, v.type);
  numbers(a, v.path, v.key, v.value_name, v.enabled, v.disabled, v.inf_section, v.inf_key, v.right,
          v.audit_guid, v.defaults, v.range);
  a.choice(v.registry_type, value::RegistryType::Other);
  a.flag(v.disabled_deletes);
  a.list(v.elements, 7, [](auto& archive, auto& element) { fields(archive, element); });
  bounds(a, v.min);
  bounds(a, v.max);
}

template <class Archive>
void ids(Archive& a, Subject<Archive, std::vector<std::uint32_t>> v) {
  a.list(v, 1, [](auto& archive, auto& id) { archive.number(id); });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Manual> v) {
  numbers(a, v.instruction, v.key, v.range);
  optional<Archive, std::uint64_t>(a, v.within,
                                   [](auto& archive, auto& seconds) { archive.number(seconds); });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Control> v) {
  numbers(a, v.id, v.title, v.description, v.group, v.because, v.fix, v.guard, v.guard_range, v.guard_excerpt,
          v.header, v.range);
  a.choice(v.severity, Severity::Critical);
  ids(a, v.tags);
  a.list(v.references, 2, [](auto& archive, auto& reference) {
    archive.choice(reference.kind, ReferenceKind::Url);
    archive.number(reference.text);
  });
  a.list(v.requires_, 4, [](auto& archive, auto& require) {
    numbers(archive, require.label, require.root, require.range, require.excerpt);
  });
  optional<Archive, Manual>(a, v.manual, [](auto& archive, auto& manual) { fields(archive, manual); });
  ids(a, v.formerly);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Waiver> v) {
  numbers(a, v.target, v.host, v.reason, v.owner, v.ticket, v.range);
  ids(a, v.controls);
  optional<Archive, value::Date>(a, v.from,
                                 [](auto& archive, auto& date) { archive.signed_number(date.days); });
  a.signed_number(v.until.days);
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Parameter> v) {
  numbers(a, v.name, v.doc, v.domain, v.value, v.origin, v.range);
  fields(a, v.type);
  a.list(v.sources, 3,
         [](auto& archive, auto& source) { numbers(archive, source.value, source.origin, source.range); });
}

template <class Archive>
void fields(Archive& a, Subject<Archive, Profile> v) {
  numbers(a, v.name, v.title, v.origin, v.range);
  ids(a, v.extends);
  ids(a, v.excluded);
  a.list(v.regraded, 3, [](auto& archive, auto& regrading) {
    numbers(archive, regrading.control, regrading.range);
    archive.choice(regrading.from, Severity::Critical);
  });
  a.list(v.loosened, 4, [](auto& archive, auto& loosening) {
    numbers(archive, loosening.profile, loosening.target, loosening.because, loosening.range);
  });
}

}  // namespace polc::ir
