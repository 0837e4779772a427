// An editor in the same process: a workspace in memory, requests as calls.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "authoring/language_server/server.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::authoring::test {

class Client {
 public:
  /// `marked` texts below: `|` marks the place that position() gives, and is not part of the text.
  explicit Client(bool initialize = true, const Json& capabilities = Json::object());

  os::MemoryFileSystem files;  ///< below /ws
  std::vector<Json> sent;      ///< notifications of the server
  Server server;

  /// The whole answer, "result" or "error" in it.
  Json call(const std::string& method, const Json& parameters = Json::object());
  Json result(const std::string& method, const Json& parameters);
  void notify(const std::string& method, const Json& parameters = Json::object());

  void open(const std::string& path, const std::string& text);
  /// Opens a text with a mark; gives the parameters that ask about it.
  Json open_marked(const std::string& path, std::string text);

  /// Messages and codes of what publish() says about a file: "1:8 POL2100".
  std::string published(const std::string& path);

 private:
  std::vector<Json> answers_;
  int next_id_ = 1;
};

std::string uri(const std::string& path);
Json document(const std::string& path);

/// The text with the edits that a WorkspaceEdit or a list of TextEdits holds for it (one line each).
std::string edited(const std::string& text, Json edits);

}  // namespace polc::authoring::test
