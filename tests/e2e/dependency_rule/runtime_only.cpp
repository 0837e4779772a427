// Evaluates a program file against a snapshot with the runtime alone: `runtime_only PROGRAM SNAPSHOT`.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "runtime/backends/backend.hpp"
#include "runtime/base/source.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/evaluate.hpp"
#include "runtime/evaluate/plan.hpp"
#include "runtime/ir/serialise.hpp"

namespace {

std::string read_file(const char* path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

int main(int argc, char** argv) {
  using namespace polc;
  if (argc != 3) return 64;
  const auto program = ir::deserialise(read_file(argv[1]), "program");
  if (!program) return 3;
  base::SourceManager sources;
  const base::FileId file = sources.add("snapshot", read_file(argv[2]));
  const backends::PlanSlice slice = evaluate::plan_slice(*program);
  base::DiagnosticSink sink;
  auto evidence = backends::collect({.file = file, .name = "snapshot", .bytes = sources.find(file)->text()},
                                    {.slice = &slice}, sink);
  if (!evidence) return 4;
  const std::int64_t clock = evidence->front().collected_at.value_or(0);
  const derive::HostFacts facts(*program, std::move(evidence->front()), value::Layer::Effective, clock);
  for (const auto& result :
       evaluate::evaluate(*program, facts, {clock, value::Layer::Effective, {}}).controls) {
    const std::string verdict(evaluate::verdict_name(result.verdict));
    const std::string id(program->text(program->controls[result.control].id));
    std::printf("%s %s\n", verdict.c_str(), id.c_str());
  }
  return 0;
}
