#include <csignal>
#include <iostream>

#include "server/commands/command.hpp"

namespace kaiku::commands {
namespace {

// The signals that steer a server; blocked in every thread so that one thread waits for them.
sigset_t steering_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

int serve(AppSettings const& settings, std::function<void(App&)> const& ready) {
  auto const signals = steering_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  SystemClock const clock;
  SystemRandom random;
  App app(settings, clock, random);
  app.start();
  if (ready) ready(app);
  for (;;) {
    int caught = 0;
    sigwait(&signals, &caught);
    if (caught != SIGHUP) break;
    app.reload_certificates();
  }
  app.stop();
  return good;
}

}  // namespace kaiku::commands
