// Where a lane leaves the response of one request and its connection picks it up.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "server/http/message.hpp"

namespace kaiku::http {

class ReplySlot {
 public:
  // Any thread. The first call counts; nullopt stands for a Reply that was dropped unanswered.
  void answer(std::optional<Response> response);

  // The rest is for the connection alone.
  // True once answered or abandoned; what there is, is then in take().
  bool settled() const;
  std::optional<Response> take();
  // Calls `handler()` through its executor when settled.
  template <class Handler>
  void wait(Handler handler);
  // Wakes the connection without a response; a later answer is dropped.
  void abandon();

 private:
  struct Waiter {
    virtual ~Waiter() = default;
    // Posts the handler to its executor and gives the waiter up.
    virtual void wake() = 0;
  };
  template <class Handler>
  struct WaiterOf final : Waiter {
    explicit WaiterOf(Handler given) : handler(std::move(given)) {}
    void wake() override {
      auto const executor = boost::asio::get_associated_executor(handler);
      boost::asio::post(executor, std::move(handler));
    }
    Handler handler;
  };
  void settle(std::optional<Response> response);

  mutable std::mutex mutex_;
  bool settled_ = false;
  std::optional<Response> response_;
  std::unique_ptr<Waiter> waiter_;
};

// A Reply over the slot; when its last copy goes uncalled, the slot hears nullopt.
Reply make_reply(std::shared_ptr<ReplySlot> slot);

template <class Handler>
void ReplySlot::wait(Handler handler) {
  auto waiter = std::make_unique<WaiterOf<Handler>>(std::move(handler));
  std::lock_guard const lock(mutex_);
  if (settled_) {
    waiter->wake();
  } else {
    waiter_ = std::move(waiter);
  }
}

}  // namespace kaiku::http
