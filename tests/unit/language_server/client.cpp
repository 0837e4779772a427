#include "tests/unit/language_server/client.hpp"

#include <algorithm>

namespace polc::authoring::test {

std::string uri(const std::string& path) {
  return "file:///ws/" + path;
}

Json document(const std::string& path) {
  return {{"textDocument", {{"uri", uri(path)}}}};
}

Client::Client(bool initialize, const Json& capabilities)
    : server(files, [this](const std::string& json) {
        const Json message = Json::parse(json);
        (message.contains("id") ? answers_ : sent).push_back(message);
      }) {
  files.files["/ws/.git/HEAD"] = "";
  if (initialize) call("initialize", {{"rootUri", "file:///ws"}, {"capabilities", capabilities}});
}

Json Client::call(const std::string& method, const Json& parameters) {
  const int id = next_id_++;
  server.handle(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", parameters}}.dump());
  if (answers_.empty() || answers_.back()["id"] != id) return {{"error", "no answer"}};
  return answers_.back();
}

Json Client::result(const std::string& method, const Json& parameters) {
  const Json answer = call(method, parameters);
  return answer.contains("result") ? answer["result"] : answer["error"];
}

void Client::notify(const std::string& method, const Json& parameters) {
  server.handle(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", parameters}}.dump());
}

void Client::open(const std::string& path, const std::string& text) {
  notify("textDocument/didOpen",
         {{"textDocument", {{"uri", uri(path)}, {"languageId", "polc"}, {"version", 1}, {"text", text}}}});
}

Json Client::open_marked(const std::string& path, std::string text) {
  const std::size_t mark = text.find('|');
  text.erase(mark, 1);
  open(path, text);
  const Position at = LineIndex(text).position(static_cast<std::uint32_t>(mark), PositionEncoding::Utf16);
  Json parameters = document(path);
  parameters["position"] = {{"line", at.line}, {"character", at.character}};
  return parameters;
}

std::string Client::published(const std::string& path) {
  sent.clear();
  server.publish();
  std::string text;
  for (const Json& message : sent) {
    if (message["method"] != "textDocument/publishDiagnostics" || message["params"]["uri"] != uri(path))
      continue;
    for (const Json& diagnostic : message["params"]["diagnostics"]) {
      const Json& start = diagnostic["range"]["start"];
      text += start["line"].dump() + ":" + start["character"].dump() + " " +
              diagnostic["code"].get<std::string>() + "\n";
    }
    if (message["params"]["diagnostics"].empty()) text += "none\n";
  }
  return text;
}

std::string edited(const std::string& text, Json edits) {
  const LineIndex lines(text);
  const auto offset = [&](const Json& at) {
    return lines.offset({at["line"], at["character"]}, PositionEncoding::Utf16);
  };
  std::sort(edits.begin(), edits.end(), [&](const Json& a, const Json& b) {
    return offset(a["range"]["start"]) > offset(b["range"]["start"]);
  });
  std::string result = text;
  for (const Json& edit : edits) {
    const std::uint32_t begin = offset(edit["range"]["start"]);
    result.replace(begin, offset(edit["range"]["end"]) - begin, edit["newText"]);
  }
  return result;
}

}  // namespace polc::authoring::test
