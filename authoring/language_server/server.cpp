// Life cycle and dispatch; the answers to questions about a text are in requests.cpp.
#include "authoring/language_server/server.hpp"

#include <algorithm>
#include <utility>

#include "authoring/language_server/request_error.hpp"
#include "authoring/language_server/transport.hpp"

namespace polc::authoring {

Server::Server(const os::FileSystem& files, Send send, IsCancelled is_cancelled)
    : send_(std::move(send)), is_cancelled_(std::move(is_cancelled)), session_(files) {}

const std::map<std::string, Server::Request>& Server::requests() {
  static const std::map<std::string, Request> all{
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shutdown},
      {"textDocument/hover", &Server::hover},
      {"textDocument/completion", &Server::completion},
      {"textDocument/definition", &Server::definition},
      {"textDocument/references", &Server::references},
      {"textDocument/prepareRename", &Server::prepare_rename},
      {"textDocument/rename", &Server::rename},
      {"textDocument/formatting", &Server::formatting},
      {"textDocument/documentSymbol", &Server::document_symbols},
      {"textDocument/semanticTokens/full", &Server::semantic_tokens},
      {"textDocument/codeAction", &Server::code_actions},
  };
  return all;
}

const std::map<std::string, Server::Notification>& Server::notifications() {
  static const std::map<std::string, Notification> all{
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didClose", &Server::did_close},
      {"workspace/didChangeWatchedFiles", &Server::did_change_files},
      {"exit", &Server::exit},
  };
  return all;
}

void Server::respond(const Json& id, Json result) {
  send_(Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}.dump(
      -1, ' ', false, Json::error_handler_t::replace));
}

void Server::respond_error(const Json& id, int code, const std::string& message) {
  const Json error{{"code", code}, {"message", message}};
  send_(Json{{"jsonrpc", "2.0"}, {"id", id}, {"error", error}}.dump(-1, ' ', false,
                                                                    Json::error_handler_t::replace));
}

void Server::notify(const std::string& method, Json parameters) {
  send_(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(parameters)}}.dump(
      -1, ' ', false, Json::error_handler_t::replace));
}

void Server::refuse_large_message() {
  respond_error(nullptr, kInvalidRequest, "the message is too large");
}

void Server::handle(const std::string& message) {
  const Json json = parse_message(message);
  if (json.is_discarded())
    return respond_error(nullptr, kParseError, "the message is not JSON, or nested too deeply");
  const bool valid = json.is_object() && json.value("jsonrpc", Json()) == "2.0";
  const bool is_response =
      valid && !json.contains("method") && (json.contains("result") || json.contains("error"));
  if (is_response) return;
  if (!valid || !json.value("method", Json()).is_string()) {
    return respond_error(nullptr, kInvalidRequest, "the message is no JSON-RPC 2.0 request");
  }
  const std::string method = json["method"];
  if (!json.contains("id")) return handle_notification(json, method);
  if (!json["id"].is_number_integer() && !json["id"].is_string()) {
    return respond_error(nullptr, kInvalidRequest, "the id is neither a number nor a string");
  }
  handle_request(json, method);
}

void Server::handle_request(const Json& message, const std::string& method) {
  const Json& id = message["id"];
  if (is_cancelled_ && is_cancelled_(id.dump())) return respond_error(id, kRequestCancelled, "cancelled");
  if (!initialized_ && method != "initialize")
    return respond_error(id, kNotInitialized, "initialize comes first");
  if (shut_down_) return respond_error(id, kInvalidRequest, "the server was shut down");
  const auto known = requests().find(method);
  if (known == requests().end()) return respond_error(id, kMethodNotFound, "unknown method " + method);
  try {
    respond(id, (this->*known->second)(message.value("params", Json::object())));
  } catch (const RequestError& error) {
    respond_error(id, error.code, error.what());
  } catch (const Json::exception&) {
    respond_error(id, kInvalidParameters, "the parameters of " + method + " are not those of the protocol");
  }
}

/// Nobody waits for an answer: what is not understood is dropped.
void Server::handle_notification(const Json& message, const std::string& method) {
  if (!running() && method != "exit") return;
  const auto known = notifications().find(method);
  if (known == notifications().end()) return;
  try {
    (this->*known->second)(message.value("params", Json::object()));
  } catch (const Json::exception&) {
    notify("window/logMessage",
           {{"type", 2}, {"message", "the parameters of " + method + " are not those of the protocol"}});
  }
}

namespace {

/// Editors offer what they understand; UTF-16 is what all of them do.
PositionEncoding chosen_encoding(const Json& capabilities) {
  const Json offered = capabilities.value("/general/positionEncodings"_json_pointer, Json::array());
  const bool utf8 = std::find(offered.begin(), offered.end(), "utf-8") != offered.end();
  return utf8 ? PositionEncoding::Utf8 : PositionEncoding::Utf16;
}

std::string root_uri(const Json& parameters) {
  const Json folders = parameters.value("workspaceFolders", Json());
  if (folders.is_array() && !folders.empty()) return folders.front().at("uri");
  const Json uri = parameters.value("rootUri", Json());
  return uri.is_string() ? uri.get<std::string>() : std::string();
}

}  // namespace

Json Server::initialize(const Json& parameters) {
  if (initialized_) throw RequestError(kInvalidRequest, "the server is initialized already");
  encoding_ = chosen_encoding(parameters.value("capabilities", Json::object()));
  if (const auto root = path_of_uri(root_uri(parameters))) session_.set_root(*root);
  initialized_ = true;
  const Json sync{{"openClose", true}, {"change", 2}};  // incremental
  const Json tokens{{"legend", {{"tokenTypes", semantic_token_types()}, {"tokenModifiers", Json::array()}}},
                    {"full", true}};
  return {{"capabilities",
           {{"positionEncoding", encoding_ == PositionEncoding::Utf8 ? "utf-8" : "utf-16"},
            {"textDocumentSync", sync},
            {"hoverProvider", true},
            {"completionProvider", {{"triggerCharacters", {".", "\"", "'", "/", "\\"}}}},
            {"definitionProvider", true},
            {"referencesProvider", true},
            {"renameProvider", {{"prepareProvider", true}}},
            {"documentFormattingProvider", true},
            {"documentSymbolProvider", true},
            {"semanticTokensProvider", tokens},
            {"codeActionProvider", {{"codeActionKinds", {"quickfix", "refactor.rewrite"}}}}}},
          {"serverInfo", {{"name", "polc"}}}};
}

Json Server::shutdown(const Json&) {
  shut_down_ = true;
  return nullptr;
}

void Server::exit(const Json&) {
  finished_ = true;
}

void Server::did_open(const Json& parameters) {
  const Json& document = parameters.at("textDocument");
  session_.open(document.at("uri"), document.at("text"));
}

void Server::did_change(const Json& parameters) {
  std::vector<TextChange> changes;
  for (const Json& change : parameters.at("contentChanges")) {
    TextChange made{{}, change.at("text")};
    if (change.contains("range")) {
      const Json& range = change["range"];
      made.range = {{range.at("start").at("line"), range.at("start").at("character")},
                    {range.at("end").at("line"), range.at("end").at("character")}};
    }
    changes.push_back(std::move(made));
  }
  session_.change(parameters.at("textDocument").at("uri"), changes, encoding_);
}

void Server::did_close(const Json& parameters) {
  session_.close(parameters.at("textDocument").at("uri"));
}

void Server::did_change_files(const Json&) {
  session_.forget_files();
}

/// Sends the diagnostics that differ from those sent last.
void Server::publish() {
  std::map<std::string, Json> by_uri;
  std::map<const Analysis*, Ranges> ranges;
  for (const Session::FileDiagnostics& file : session_.diagnostics()) {
    Json& all = by_uri.try_emplace(file.uri, Json::array()).first->second;
    Ranges& places = ranges.try_emplace(file.analysis, *file.analysis, encoding_).first->second;
    for (const base::Diagnostic* diagnostic : file.diagnostics) {
      Json json = diagnostic_json(*diagnostic, *file.analysis, places, session_);
      if (std::find(all.begin(), all.end(), json) == all.end()) all.push_back(std::move(json));
    }
  }
  for (const auto& [uri, last] : published_) by_uri.try_emplace(uri, Json::array());
  for (const auto& [uri, diagnostics] : by_uri) {
    const std::string text = diagnostics.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto last = published_.find(uri);
    const bool known = last != published_.end();
    if (known ? last->second == text : diagnostics.empty() && !session_.is_open(uri)) continue;
    published_[uri] = text;
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", diagnostics}});
  }
}

}  // namespace polc::authoring
