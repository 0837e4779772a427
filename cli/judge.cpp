#include "cli/judge.hpp"

#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/plan.hpp"

namespace polc::cli {

std::unique_ptr<Judgement> judge(Session& session, const ir::Program& program) {
  auto controls = session.select(program);
  return controls ? judge(session, program, std::move(*controls)) : nullptr;
}

std::unique_ptr<Judgement> judge(Session& session, const ir::Program& program,
                                 std::vector<std::uint32_t> controls) {
  auto collected = session.collect(program, evaluate::plan_slice(program));
  if (!collected) return nullptr;
  const value::Layer layer = collected->evidence.layer;
  auto facts =
      std::make_unique<derive::HostFacts>(program, std::move(collected->evidence), layer, session.clock());
  evaluate::Options options{session.clock(), layer, std::move(controls)};
  evaluate::Evaluation evaluation = evaluate::evaluate(program, *facts, options);
  return std::make_unique<Judgement>(
      Judgement{program, std::move(*collected), std::move(facts), std::move(options), std::move(evaluation)});
}

}  // namespace polc::cli
