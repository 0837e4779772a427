#include "tests/bench/editor.hpp"

#include <string>

#include "authoring/language_server/server.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measure.hpp"

namespace polc::bench {
namespace {

using authoring::Json;

constexpr const char* kUri = "file:///bench/bench.pol";

class Editor {
 public:
  explicit Editor(const std::string& text) : server_(files_, [](const std::string&) {}) {
    send("initialize", {{"rootUri", "file:///bench"}, {"capabilities", Json::object()}}, true);
    send("textDocument/didOpen", {{"textDocument", {{"uri", kUri}, {"text", text}}}}, false);
    server_.publish();
  }

  /// Types a blank at the beginning.
  void type() {
    const Json place{{"line", 0}, {"character", 0}};
    send("textDocument/didChange",
         {{"textDocument", {{"uri", kUri}}},
          {"contentChanges", {{{"range", {{"start", place}, {"end", place}}}, {"text", " "}}}}},
         false);
  }

  void publish() { server_.publish(); }

  void complete() {
    send("textDocument/completion",
         {{"textDocument", {{"uri", kUri}}}, {"position", {{"line", 7}, {"character", 10}}}}, true);
  }

 private:
  void send(const std::string& method, const Json& parameters, bool request) {
    Json message{{"jsonrpc", "2.0"}, {"method", method}, {"params", parameters}};
    if (request) message["id"] = 1;
    server_.handle(message.dump());
  }

  os::MemoryFileSystem files_;
  authoring::Server server_;
};

}  // namespace

EditorFigures editor_figures(std::size_t controls, int rounds) {
  Editor editor(policy_text(controls));
  EditorFigures figures;
  figures.diagnostics_ms = median_ms(
      [&] {
        editor.type();
        editor.publish();
      },
      rounds);
  figures.completion_ms = median_ms(
      [&] {
        editor.type();
        editor.complete();
      },
      rounds);
  return figures;
}

}  // namespace polc::bench
