#include "tests/e2e/server/server_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace kaiku::e2e {
namespace {

constexpr int patience_ms = 240'000;  // a first start hashes many passwords
constexpr char ready_words[] = "Stop it with Ctrl-C.";

struct Started {
  int process;
  int output;  // what it writes to standard output
};

Started start_program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), KAIKU_SERVER_BINARY);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  int const parent = ::getpid();
  int const process = ::fork();
  if (process < 0) throw std::runtime_error("no process");
  if (process == 0) {
    // Should the test itself be killed, its server goes too.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::dup2(pipe[1], STDOUT_FILENO);
    ::execv(KAIKU_SERVER_BINARY, pointers.data());
    ::_exit(127);
  }
  ::close(pipe[1]);
  return {process, pipe[0]};
}

enum class Heard { text, nothing_yet, end };

// Appends what comes within `ms`.
Heard listen(int descriptor, int ms, std::string& text) {
  pollfd entry{descriptor, POLLIN, 0};
  if (::poll(&entry, 1, ms) <= 0) return Heard::nothing_yet;
  std::array<char, 4096> piece;
  auto const got = ::read(descriptor, piece.data(), piece.size());
  if (got <= 0) return Heard::end;
  text.append(piece.data(), static_cast<std::size_t>(got));
  return Heard::text;
}

// Hears it out until its output ends with it; one that hangs is killed and so fails the test.
void end_within_patience(int process, int output, std::string& said) {
  for (;;) {
    auto const heard = listen(output, patience_ms, said);
    if (heard == Heard::end) return;
    if (heard == Heard::nothing_yet) ::kill(process, SIGKILL);
  }
}

int exit_code_of(int process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

void DemoServer::launch() {
  auto const started =
      start_program({"demo", "--dir", dir_.string(), "--port", "0", "--device-port", "0", "--cards",
                     "60", "--months", "0", "--quiet"});
  process_ = started.process;
  output_ = started.output;
  said_.clear();
}

bool DemoServer::ready_within(int ms) {
  using Clock = std::chrono::steady_clock;
  auto const until = Clock::now() + std::chrono::milliseconds(ms);
  while (said_.find(ready_words) == std::string::npos) {
    auto const left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return false;
    if (listen(output_, static_cast<int>(left), said_) != Heard::end) continue;
    throw std::runtime_error("kaiku-server ended with " + std::to_string(wait()) +
                             " before it was ready");
  }
  return true;
}

void DemoServer::start() {
  launch();
  if (ready_within(patience_ms)) return;
  kill_hard();
  throw std::runtime_error("kaiku-server was not ready in four minutes");
}

void DemoServer::start_and_kill_within(int ms) {
  launch();
  ready_within(ms);
  kill_hard();
}

int DemoServer::wait() {
  int const code = exit_code_of(process_);
  ::close(output_);
  process_ = -1;
  output_ = -1;
  return code;
}

void DemoServer::kill_hard() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  wait();
}

int DemoServer::terminate() {
  ::kill(process_, SIGTERM);
  end_within_patience(process_, output_, said_);
  return wait();
}

nlohmann::json DemoServer::credentials() const {
  std::ifstream in(dir_ / "credentials.json");
  return nlohmann::json::parse(in);
}

std::uint16_t DemoServer::port() const {
  auto const url = credentials().at("base_url").get<std::string>();
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

Finished run_kaiku_server(std::vector<std::string> const& arguments) {
  auto const started = start_program(arguments);
  Finished finished;
  end_within_patience(started.process, started.output, finished.output);
  ::close(started.output);
  finished.exit_code = exit_code_of(started.process);
  return finished;
}

int setting(char const* name, int usual) {
  auto const* const text = std::getenv(name);
  return text == nullptr ? usual : std::atoi(text);
}

}  // namespace kaiku::e2e
