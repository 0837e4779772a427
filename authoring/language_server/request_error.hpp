// A request that cannot be answered. Thrown by the functions that answer requests, caught where they are called, and
// nowhere else.
#pragma once

#include <stdexcept>
#include <string>

namespace polc::authoring {

/// Codes of JSON-RPC 2.0 and of the Language Server Protocol 3.17.
enum ErrorCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParameters = -32602,
  kNotInitialized = -32002,
  kRequestCancelled = -32800,
  kRequestFailed = -32803,
};

class RequestError : public std::runtime_error {
 public:
  RequestError(int error_code, const std::string& message) : std::runtime_error(message), code(error_code) {}
  int code;
};

}  // namespace polc::authoring
