// One policy judged on one host: the values that every later step refers to, kept together.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "cli/session.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/result.hpp"

namespace polc::cli {

struct Judgement {
  const ir::Program& program;
  Collected collected;  ///< its evidence has moved into `facts`
  std::unique_ptr<derive::HostFacts> facts;
  evaluate::Options options;
  evaluate::Evaluation evaluation;
};

/// Selects controls, plans, collects, derives and evaluates. nullptr: diagnostics are in the session's sink, the
/// exit code is session.error_code().
std::unique_ptr<Judgement> judge(Session& session, const ir::Program& program);

/// The same for the one control of `polc explain`.
std::unique_ptr<Judgement> judge(Session& session, const ir::Program& program,
                                 std::vector<std::uint32_t> controls);

}  // namespace polc::cli
