// The real kaiku-server, started and ended as an operator, a crash or a power cut would.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kaiku::e2e {

// `kaiku-server demo` on free loopback ports, over a folder that outlives it.
class DemoServer {
 public:
  explicit DemoServer(std::filesystem::path dir) : dir_(std::move(dir)) {}
  ~DemoServer() { kill_hard(); }
  DemoServer(DemoServer const&) = delete;
  DemoServer& operator=(DemoServer const&) = delete;

  // Returns once requests are taken. Throws when the program ends or takes more than four minutes.
  void start();
  // Starts it and kills it after so long, or as soon as it is ready.
  void start_and_kill_within(int ms);
  // SIGKILL; returns when the process is gone.
  void kill_hard();
  // SIGTERM; the exit code.
  int terminate();
  // credentials.json as the running server wrote it.
  nlohmann::json credentials() const;
  std::uint16_t port() const;

 private:
  void launch();
  // False: not within `ms`. Throws when the program has ended by itself.
  bool ready_within(int ms);
  int wait();

  std::filesystem::path dir_;
  int process_ = -1;
  int output_ = -1;
  std::string said_;
};

struct Finished {
  int exit_code = -1;
  std::string output;
};
// Any other subcommand, to its end.
Finished run_kaiku_server(std::vector<std::string> const& arguments);

// A number from the environment, for longer runs by hand.
int setting(char const* name, int usual);

}  // namespace kaiku::e2e
