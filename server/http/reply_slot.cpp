#include "server/http/reply_slot.hpp"

#include <atomic>
#include <cassert>

namespace kaiku::http {
namespace {

class ReplyOnce {
 public:
  explicit ReplyOnce(std::shared_ptr<ReplySlot> slot) : slot_(std::move(slot)) {}
  ReplyOnce(ReplyOnce const&) = delete;
  ReplyOnce& operator=(ReplyOnce const&) = delete;
  ~ReplyOnce() {
    if (!called_) slot_->answer(std::nullopt);
  }
  void call(Response&& response) {
    bool const called_before = called_.exchange(true);
    assert(!called_before && "a Reply is called once");
    if (!called_before) slot_->answer(std::move(response));
  }

 private:
  std::shared_ptr<ReplySlot> slot_;
  std::atomic<bool> called_{false};
};

}  // namespace

// The waiter is woken under the lock: while abandon() waits for the lock, the executor that the
// waiter posts to is sure to live.
void ReplySlot::settle(std::optional<Response> response) {
  std::lock_guard const lock(mutex_);
  if (settled_) return;
  settled_ = true;
  response_ = std::move(response);
  if (waiter_) {
    auto const waiter = std::move(waiter_);
    waiter->wake();
  }
}

void ReplySlot::answer(std::optional<Response> response) { settle(std::move(response)); }

void ReplySlot::abandon() { settle(std::nullopt); }

bool ReplySlot::settled() const {
  std::lock_guard const lock(mutex_);
  return settled_;
}

std::optional<Response> ReplySlot::take() {
  std::lock_guard const lock(mutex_);
  return std::exchange(response_, std::nullopt);
}

Reply make_reply(std::shared_ptr<ReplySlot> slot) {
  auto once = std::make_shared<ReplyOnce>(std::move(slot));
  return [once = std::move(once)](Response&& response) { once->call(std::move(response)); };
}

}  // namespace kaiku::http
