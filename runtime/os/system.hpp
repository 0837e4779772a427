// The process's surroundings besides files: clock, environment, terminal, and the ways a secret can be handed over.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "runtime/base/secret.hpp"

namespace polc::os {

enum class Stream { Out, Error };

/// Columns where there is no terminal to ask.
inline constexpr unsigned kDefaultWidth = 100;

class System {
 public:
  virtual ~System() = default;

  /// Seconds since 1970, UTC.
  virtual std::int64_t now() const = 0;

  /// Whether the machine this process runs on can itself be the target `live`.
  virtual bool is_windows() const = 0;

  virtual std::optional<std::string> variable(const std::string& name) const = 0;

  virtual bool is_terminal(Stream stream) const = 0;

  /// Columns of the terminal; kDefaultWidth when there is none.
  virtual unsigned width(Stream stream) const = 0;

  /// Secrets. nullopt when there is none to read (no such variable, closed descriptor, no terminal to ask on, or
  /// longer than limits::kSecretBytes). One trailing line ending of a descriptor's text is dropped.
  virtual std::optional<base::SecretBuffer> secret_variable(const std::string& name) = 0;
  virtual std::optional<base::SecretBuffer> secret_descriptor(int descriptor) = 0;
  virtual std::optional<base::SecretBuffer> secret_prompt(const std::string& question) = 0;

  /// Keeps secrets out of core files and crash dumps. Called once, before the first secret is read.
  virtual void forbid_core_files() = 0;
};

std::unique_ptr<System> real_system();

}  // namespace polc::os
