// How an entry of the registry becomes a payload struct: emit sites write
// `diag::UnknownResource{.name = "regsitry", .suggestion = "registry"}.at(span)`. Include the header of a phase,
// which has the structs of that phase only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "runtime/base/diagnostic.hpp"

#define POLC_EXPAND(...) POLC_EXPAND3(POLC_EXPAND3(POLC_EXPAND3(__VA_ARGS__)))
#define POLC_EXPAND3(...) POLC_EXPAND2(POLC_EXPAND2(POLC_EXPAND2(__VA_ARGS__)))
#define POLC_EXPAND2(...) POLC_EXPAND1(POLC_EXPAND1(POLC_EXPAND1(__VA_ARGS__)))
#define POLC_EXPAND1(...) __VA_ARGS__
#define POLC_PARENS ()
#define POLC_FOR_EACH(macro, ...) __VA_OPT__(POLC_EXPAND(POLC_FOR_EACH_STEP(macro, __VA_ARGS__)))
#define POLC_FOR_EACH_STEP(macro, head, ...) \
  macro(head) __VA_OPT__(POLC_FOR_EACH_AGAIN POLC_PARENS(macro, __VA_ARGS__))
#define POLC_FOR_EACH_AGAIN() POLC_FOR_EACH_STEP

#define POLC_FIELD_MEMBER(name) std::string name{};
#define POLC_FIELD_VALUE(name) base::Field{#name, std::move(name)},
#define POLC_FIELDS(...) __VA_ARGS__

#define POLC_PAYLOAD(number, Name, level, fields, message, hint, help)                          \
  struct Name {                                                                                 \
    static constexpr std::uint16_t kCode = number;                                              \
    POLC_FOR_EACH(POLC_FIELD_MEMBER, fields)                                                    \
    base::Diagnostic at(base::Span span = {}) {                                                 \
      return base::Diagnostic{number, span, {POLC_FOR_EACH(POLC_FIELD_VALUE, fields)}, {}, {}}; \
    }                                                                                           \
  };
