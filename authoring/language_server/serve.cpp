#include "authoring/language_server/serve.hpp"

#include <condition_variable>
#include <deque>
#include <istream>
#include <mutex>
#include <optional>
#include <ostream>
#include <set>
#include <thread>

#include "authoring/language_server/server.hpp"
#include "authoring/language_server/transport.hpp"
#include "authoring/limits.hpp"

namespace polc::authoring {
namespace {

struct Incoming {
  ReadOutcome outcome = ReadOutcome::End;
  std::string content;
};

/// What was read and not handled yet. Both threads use it.
class Inbox {
 public:
  /// Waits while the inbox is full.
  void put(Incoming incoming) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return messages_.size() < limits::kQueuedRequests; });
    messages_.push_back(std::move(incoming));
    changed_.notify_all();
  }

  /// The next message; with a limit, nullopt when none comes in that time.
  std::optional<Incoming> take(std::optional<std::chrono::milliseconds> limit) {
    std::unique_lock lock(mutex_);
    const auto ready = [&] { return !messages_.empty(); };
    if (!limit) changed_.wait(lock, ready);
    if (limit && !changed_.wait_for(lock, *limit, ready)) return std::nullopt;
    Incoming next = std::move(messages_.front());
    messages_.pop_front();
    changed_.notify_all();
    return next;
  }

  void cancel(const std::string& id) {
    const std::lock_guard lock(mutex_);
    if (cancelled_.size() < limits::kQueuedRequests) cancelled_.insert(id);
  }

  bool is_cancelled(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return cancelled_.erase(id) > 0;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Incoming> messages_;
  std::set<std::string> cancelled_;
};

/// Cancellations take effect before what waits in front of them; nothing is read behind `exit`.
bool read_on(const std::string& content, Inbox& inbox) {
  if (content.find("\"$/cancelRequest\"") == std::string::npos &&
      content.find("\"exit\"") == std::string::npos)
    return true;
  const Json json = parse_message(content);
  if (!json.is_object()) return true;
  const Json method = json.value("method", Json());
  if (method == "$/cancelRequest" && json.contains("/params/id"_json_pointer)) {
    inbox.cancel(json["params"]["id"].dump());
  }
  return method != "exit";
}

void read_messages(std::istream& in, Inbox& inbox) {
  bool more = true;
  while (more) {
    Incoming incoming;
    incoming.outcome = read_message(in, incoming.content);
    more = incoming.outcome == ReadOutcome::TooLarge ||
           (incoming.outcome == ReadOutcome::Message && read_on(incoming.content, inbox));
    inbox.put(std::move(incoming));
  }
}

/// False at the end of the input.
bool handle(Server& server, const Incoming& incoming) {
  switch (incoming.outcome) {
    case ReadOutcome::Message:
      server.handle(incoming.content);
      return true;
    case ReadOutcome::TooLarge:
      server.refuse_large_message();
      return true;
    default:
      return false;
  }
}

}  // namespace

int serve(std::istream& in, std::ostream& out, const os::FileSystem& files) {
  in.tie(nullptr);  // or the thread that reads would flush what this one is writing
  Inbox inbox;
  Server server(
      files, [&](const std::string& json) { write_message(out, json); },
      [&](const std::string& id) { return inbox.is_cancelled(id); });
  std::thread reader(read_messages, std::ref(in), std::ref(inbox));
  while (!server.finished()) {
    const auto incoming = inbox.take(server.is_stale() ? std::optional(kSilence) : std::nullopt);
    if (!incoming) {
      server.publish();
    } else if (!handle(server, *incoming)) {
      break;
    }
  }
  reader.join();
  return server.exit_code();
}

}  // namespace polc::authoring
