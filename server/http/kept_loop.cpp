// g++ 12 with a sanitizer mistakes the coroutine frames' own operator new for a foreign one.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include "server/http/kept_loop.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace kaiku::http {

namespace asio = boost::asio;

asio::awaitable<void> keep_running(std::function<asio::awaitable<void>()> loop,
                                   std::string_view event, telemetry::FaultReport& faults,
                                   std::chrono::milliseconds pause) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    try {
      co_await loop();
      co_return;
    } catch (std::exception const& fault) {
      faults.tell(event, fault.what());
    }
    timer.expires_after(pause);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

void run_handlers(std::function<void()> const& run, telemetry::FaultReport& faults) {
  for (;;) {
    try {
      run();
      return;
    } catch (std::exception const& fault) {
      faults.tell("connection_failed", fault.what());
    }
  }
}

}  // namespace kaiku::http
