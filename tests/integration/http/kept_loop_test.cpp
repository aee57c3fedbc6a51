// Loops that a fault does not end unseen.
#include "server/http/kept_loop.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <stdexcept>

namespace kaiku::http {
namespace {

using ::testing::HasSubstr;
namespace asio = boost::asio;

class KeptLoop : public ::testing::Test {
 protected:
  telemetry::Metrics metrics_;
  telemetry::Log log_{-1};
  telemetry::FaultReport faults_{log_, metrics_};
  asio::io_context io_;
};

TEST_F(KeptLoop, begins_again_after_each_fault_and_tells_it) {
  int runs = 0;
  auto const loop = [&]() -> asio::awaitable<void> {
    if (++runs < 4) throw std::runtime_error("no memory");
    co_return;
  };
  asio::co_spawn(io_, keep_running(loop, "accept_failed", faults_, std::chrono::milliseconds(1)),
                 asio::detached);
  io_.run();
  EXPECT_EQ(runs, 4);
  EXPECT_THAT(metrics_.text(), HasSubstr("\nkaiku_accept_failed_total 3\n"));
}

TEST_F(KeptLoop, a_handler_that_throws_ends_neither_the_thread_nor_the_others) {
  int done = 0;
  asio::post(io_, [] { throw std::runtime_error("a handler's own"); });
  asio::post(io_, [&] { ++done; });
  run_handlers([&] { io_.run(); }, faults_);
  EXPECT_EQ(done, 1);
  EXPECT_THAT(metrics_.text(), HasSubstr("\nkaiku_connection_failed_total 1\n"));
}

}  // namespace
}  // namespace kaiku::http
