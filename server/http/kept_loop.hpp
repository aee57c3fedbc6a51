// Loops of the server that go on for as long as it runs.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <string_view>

#include "server/telemetry/faults.hpp"

namespace kaiku::http {

// Runs `loop` until it returns; one that throws is told as `event` (static storage) and begun again
// after `pause`, so that no fault leaves the server deaf and none makes it spin.
boost::asio::awaitable<void> keep_running(std::function<boost::asio::awaitable<void>()> loop,
                                          std::string_view event, telemetry::FaultReport& faults,
                                          std::chrono::milliseconds pause);

// Runs handlers until the context is stopped: `run` is its `run`. What a handler throws is told and
// ends that handler alone.
void run_handlers(std::function<void()> const& run, telemetry::FaultReport& faults);

}  // namespace kaiku::http
