// Any bytes as a policy file: what parses is formatted without loss, and formatting again changes nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "authoring/format/format.hpp"
#include "grammar/parse.hpp"

namespace {

using namespace polc;

void require(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const std::string text(data, data + size);
  const grammar::SyntaxTree tree = grammar::parse(sources, sources.add("fuzz.pol", text), sink);
  if (sink.has_errors()) return 0;
  const std::string once = authoring::format(tree);
  const grammar::SyntaxTree again = grammar::parse(sources, sources.add("once.pol", once), sink);
  require(!sink.has_errors());
  require(authoring::same_meaning(tree, again));
  require(authoring::format(again) == once);
  return 0;
}
