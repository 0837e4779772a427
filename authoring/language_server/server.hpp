// The language server: messages of an editor in, answers and diagnostics out. Reads files of the workspace; opens no
// network, starts no program, writes nothing.
// Source: Language Server Protocol 3.17 (microsoft.github.io/language-server-protocol).
#pragma once

#include <functional>
#include <map>
#include <string>

#include "authoring/language_server/answers.hpp"
#include "authoring/language_server/session.hpp"

namespace polc::authoring {

class Server {
 public:
  using Send = std::function<void(const std::string& json)>;
  /// Whether the editor has lost interest in the request with this id, as JSON text.
  using IsCancelled = std::function<bool(const std::string& id)>;

  Server(const os::FileSystem& files, Send send, IsCancelled is_cancelled = {});

  /// One message; requests are answered before it returns.
  void handle(const std::string& message);

  /// Instead of a message that was skipped.
  void refuse_large_message();

  /// Whether publish() has something to do: it can wait until the editor is silent.
  bool is_stale() const { return running() && session_.is_stale(); }
  void publish();

  bool finished() const { return finished_; }
  int exit_code() const { return shut_down_ ? 0 : 1; }

 private:
  using Request = Json (Server::*)(const Json& parameters);
  using Notification = void (Server::*)(const Json& parameters);
  static const std::map<std::string, Request>& requests();
  static const std::map<std::string, Notification>& notifications();

  bool running() const { return initialized_ && !shut_down_; }
  void handle_request(const Json& message, const std::string& method);
  void handle_notification(const Json& message, const std::string& method);
  void respond(const Json& id, Json result);
  void respond_error(const Json& id, int code, const std::string& message);
  void notify(const std::string& method, Json parameters);

  Json initialize(const Json& parameters);
  Json shutdown(const Json& parameters);
  void did_open(const Json& parameters);
  void did_change(const Json& parameters);
  void did_close(const Json& parameters);
  void did_change_files(const Json& parameters);
  void exit(const Json& parameters);

  Json hover(const Json& parameters);
  Json completion(const Json& parameters);
  Json definition(const Json& parameters);
  Json references(const Json& parameters);
  Json prepare_rename(const Json& parameters);
  Json rename(const Json& parameters);
  Json formatting(const Json& parameters);
  Json document_symbols(const Json& parameters);
  Json semantic_tokens(const Json& parameters);
  Json code_actions(const Json& parameters);

  /// Every place that means what stands at the position, in all policies of the workspace; ordered, without repetitions.
  struct FoundPlace {
    std::string uri;
    Json range;
    std::string text;
    bool declaration = false;
  };
  std::vector<FoundPlace> places(const Json& parameters);
  std::vector<FoundPlace> places_of(const std::string& uri, Position position);

  /// The first analysis of the file that the parameters name, and the place in it.
  struct Asked {
    const Analysis* analysis = nullptr;
    compiler::ModuleId module = 0;
    Ranges ranges;
    std::uint32_t offset = 0;
    Query query() const { return {*analysis, module, offset}; }
    base::FileId file() const { return analysis->package->tree(module).file(); }
  };
  std::optional<Asked> asked(const Json& parameters);
  Asked asked(const Covering& covering, Position position);

  Send send_;
  IsCancelled is_cancelled_;
  Session session_;
  PositionEncoding encoding_ = PositionEncoding::Utf16;
  std::map<std::string, std::string> published_;  ///< last diagnostics by URI
  bool initialized_ = false;
  bool shut_down_ = false;
  bool finished_ = false;
};

}  // namespace polc::authoring
