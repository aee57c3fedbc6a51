#include "tests/e2e/kiosk_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace kaiku::kiosk_tests {

namespace {

constexpr int patience_ms = 60'000;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
};

int start(std::vector<std::string> arguments, int input, int output, int errors) {
  int const process = ::fork();
  if (process != 0) return process;
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  if (errors >= 0) ::dup2(errors, STDERR_FILENO);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(KAIKU_KIOSK_BINARY, pointers.data());
  ::_exit(127);
}

std::string read_to_end(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    auto const got = ::read(descriptor, buffer.data(), buffer.size());
    if (got <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(descriptor);
  return text;
}

int exit_code_of(int process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

KioskProgram::KioskProgram() {
  char pattern[] = "/tmp/kaiku-kiosk-e2e-XXXXXX";
  directory_ = ::mkdtemp(pattern);
}

KioskProgram::~KioskProgram() { std::filesystem::remove_all(directory_); }

std::string KioskProgram::write_file(std::string const& name, std::string const& text) const {
  auto const path = directory_ + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

Finished KioskProgram::run(std::vector<std::string> arguments, std::string const& input) const {
  arguments.insert(arguments.begin(), "kaiku-kiosk");
  arguments.insert(arguments.end(), {"--dir", directory_});
  Pipe in, out, err;
  int const process = start(std::move(arguments), in.ends[0], out.ends[1], err.ends[1]);
  for (int const mine : {in.ends[0], out.ends[1], err.ends[1]}) ::close(mine);
  // Inputs of the tests are smaller than a pipe.
  [[maybe_unused]] auto const wrote = ::write(in.ends[1], input.data(), input.size());
  ::close(in.ends[1]);
  Finished finished;
  finished.output = read_to_end(out.ends[0]);
  finished.errors = read_to_end(err.ends[0]);
  finished.exit_code = exit_code_of(process);
  return finished;
}

LinesProcess::LinesProcess(std::string const& directory) {
  Pipe in, out;
  process_ = start({"kaiku-kiosk", "lines", "--dir", directory}, in.ends[0], out.ends[1], -1);
  ::close(in.ends[0]);
  ::close(out.ends[1]);
  input_ = in.ends[1];
  output_ = out.ends[0];
}

LinesProcess::~LinesProcess() {
  if (process_ > 0) kill_hard();
  ::close(output_);
}

void LinesProcess::send(std::string const& line) {
  auto const whole = line + "\n";
  [[maybe_unused]] auto const wrote = ::write(input_, whole.data(), whole.size());
}

std::string LinesProcess::ask(std::string const& line) {
  send(line);
  for (;;) {
    auto const end = bytes_.find('\n');
    if (end != std::string::npos) {
      auto answer = bytes_.substr(0, end);
      bytes_.erase(0, end + 1);
      return answer;
    }
    pollfd entry{output_, POLLIN, 0};
    std::array<char, 4096> buffer;
    if (::poll(&entry, 1, patience_ms) <= 0) return {};
    auto const got = ::read(output_, buffer.data(), buffer.size());
    if (got <= 0) return {};
    bytes_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

void LinesProcess::send_raw(std::string_view bytes) {
  [[maybe_unused]] auto const wrote = ::write(input_, bytes.data(), bytes.size());
}

std::vector<std::string> LinesProcess::last_words() {
  ::kill(process_, SIGTERM);
  std::array<char, 4096> buffer;
  for (;;) {
    auto const got = ::read(output_, buffer.data(), buffer.size());
    if (got <= 0) break;
    bytes_.append(buffer.data(), static_cast<std::size_t>(got));
  }
  wait();
  std::istringstream in(std::exchange(bytes_, {}));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

int LinesProcess::wait() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
  int const code = exit_code_of(process_);
  process_ = -1;
  return code;
}

void LinesProcess::kill_hard() {
  ::kill(process_, SIGKILL);
  wait();
}

int LinesProcess::finish() { return wait(); }

int LinesProcess::terminate() {
  ::kill(process_, SIGTERM);
  return wait();
}

long LinesProcess::resident_kib() const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  std::string word;
  while (status >> word) {
    long kib = 0;
    if (word == "VmRSS:" && status >> kib) return kib;
  }
  return -1;
}

}  // namespace kaiku::kiosk_tests
