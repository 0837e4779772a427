// Any bytes as what an editor sends: messages are read and answered, and every answer is a message that can be read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "authoring/language_server/server.hpp"
#include "authoring/language_server/transport.hpp"

namespace {

using namespace polc;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_answer(const std::string& json) {
  require(authoring::Json::accept(json));
  std::stringstream stream;
  authoring::write_message(stream, json);
  std::string content;
  require(authoring::read_message(stream, content) == authoring::ReadOutcome::Message && content == json);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  os::MemoryFileSystem files;
  files.folder = "/ws";
  files.files["/ws/p.pol"] = "policy \"p\" \"P\" { version \"1.0.0\" }\n";
  authoring::Server server(files, check_answer);
  std::istringstream in(std::string(data, data + size));
  std::string content;
  while (!server.finished()) {
    const authoring::ReadOutcome outcome = authoring::read_message(in, content);
    if (outcome == authoring::ReadOutcome::Message) {
      server.handle(content);
    } else if (outcome == authoring::ReadOutcome::TooLarge) {
      server.refuse_large_message();
    } else {
      break;
    }
  }
  if (server.is_stale()) server.publish();
  return 0;
}
