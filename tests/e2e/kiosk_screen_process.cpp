#include "tests/e2e/kiosk_screen_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "kiosk/screen/frame.hpp"

namespace kaiku::kiosk_tests {

namespace {

constexpr auto patience = std::chrono::seconds(15);
// Longer than what the kiosk takes for one burst of a scanner.
constexpr auto between_keys = std::chrono::milliseconds(75);

std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }

void become_the_kiosk(std::string const& slave, std::string const& locale,
                      std::vector<std::string> arguments) {
  ::setsid();
  int const file = ::open(slave.c_str(), O_RDWR);
  if (file < 0) ::_exit(126);
  for (int const target : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(file, target);
  if (file > STDERR_FILENO) ::close(file);
  ::setenv("TERM", "xterm-256color", 1);
  ::setenv("LC_ALL", locale.c_str(), 1);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(KAIKU_KIOSK_BINARY, pointers.data());
  ::_exit(127);
}

void set_size(int terminal, int columns, int rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = static_cast<unsigned short>(rows);
  ::ioctl(terminal, TIOCSWINSZ, &size);
}

void write_keys(char const* bytes, std::size_t length, void* terminal) {
  [[maybe_unused]] auto const wrote = ::write(*static_cast<int*>(terminal), bytes, length);
}

}  // namespace

ScreenProcess::ScreenProcess(std::string const& directory, Terminal const& terminal,
                             std::vector<std::string> const& more_arguments)
    : rows_(terminal.rows), columns_(terminal.columns) {
  terminal_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  std::array<char, 64> slave{};
  if (terminal_ < 0 || ::grantpt(terminal_) != 0 || ::unlockpt(terminal_) != 0 ||
      ::ptsname_r(terminal_, slave.data(), slave.size()) != 0) {
    throw std::runtime_error("no pseudo-terminal");
  }
  set_size(terminal_, columns_, rows_);
  emulator_ = ::vterm_new(rows_, columns_);
  ::vterm_set_utf8(emulator_, 1);
  ::vterm_output_set_callback(emulator_, write_keys, &terminal_);
  screen_ = ::vterm_obtain_screen(emulator_);
  static VTermScreenCallbacks const callbacks = [] {
    VTermScreenCallbacks made{};
    made.bell = &ScreenProcess::rang;
    return made;
  }();
  ::vterm_screen_set_callbacks(screen_, &callbacks, this);
  ::vterm_screen_enable_altscreen(screen_, 1);
  ::vterm_screen_reset(screen_, 1);
  std::vector<std::string> arguments{"kaiku-kiosk", "run", "--dir", directory};
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  process_ = ::fork();
  if (process_ == 0) become_the_kiosk(slave.data(), terminal.locale, std::move(arguments));
}

ScreenProcess::~ScreenProcess() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::vterm_free(emulator_);
  ::close(terminal_);
}

int ScreenProcess::rang(void* self) {
  ++static_cast<ScreenProcess*>(self)->bells_;
  return 1;
}

// False when the program has left its terminal.
bool ScreenProcess::read_some(int milliseconds) {
  pollfd entry{terminal_, POLLIN, 0};
  if (::poll(&entry, 1, milliseconds) <= 0) return true;
  std::array<char, 16'384> buffer;
  auto const got = ::read(terminal_, buffer.data(), buffer.size());
  if (got <= 0) return false;
  written_.append(buffer.data(), static_cast<std::size_t>(got));
  ::vterm_input_write(emulator_, buffer.data(), static_cast<std::size_t>(got));
  return true;
}

bool ScreenProcess::wait_until(std::function<bool()> const& condition) {
  auto const end = now() + patience;
  while (!condition()) {
    if (now() > end || !read_some(20)) return condition();
  }
  return true;
}

bool ScreenProcess::wait(std::string const& wanted, bool present) {
  return wait_until([&] { return (text().find(wanted) != std::string::npos) == present; });
}

void ScreenProcess::watch(int milliseconds) {
  auto const end = now() + std::chrono::milliseconds(milliseconds);
  while (now() < end && read_some(10)) {
  }
}

void ScreenProcess::send(std::string const& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    auto const wrote = ::write(terminal_, bytes.data() + sent, bytes.size() - sent);
    if (wrote <= 0) throw std::runtime_error("the terminal takes no keys");
    sent += static_cast<std::size_t>(wrote);
  }
}

void ScreenProcess::type(std::string const& text) {
  for (char const c : text) {
    std::this_thread::sleep_for(between_keys);
    send(std::string(1, c));
  }
  std::this_thread::sleep_for(between_keys);
}

void ScreenProcess::press_key(int key) {
  ::vterm_keyboard_key(emulator_, static_cast<VTermKey>(key), VTERM_MOD_NONE);
  std::this_thread::sleep_for(between_keys);  // what comes in the same moment is a scanner's
}
void ScreenProcess::press_function(int number) { press_key(VTERM_KEY_FUNCTION(number)); }
void ScreenProcess::press_enter() {
  std::this_thread::sleep_for(2 * between_keys);  // not the second Enter of a scanner
  press_key(VTERM_KEY_ENTER);
}
void ScreenProcess::press_escape() { press_key(VTERM_KEY_ESCAPE); }
void ScreenProcess::press_down() { press_key(VTERM_KEY_DOWN); }

void ScreenProcess::resize(int columns, int rows) {
  rows_ = rows;
  columns_ = columns;
  ::vterm_set_size(emulator_, rows, columns);
  set_size(terminal_, columns, rows);
  ::kill(process_, SIGWINCH);
}

std::string ScreenProcess::row(int number) const {
  std::u32string line;
  for (int column = 0; column < columns_; ++column) {
    VTermScreenCell cell;
    ::vterm_screen_get_cell(screen_, {number, column}, &cell);
    line += cell.chars[0] == 0 ? U' ' : static_cast<char32_t>(cell.chars[0]);
  }
  auto const end = line.find_last_not_of(U' ');
  line.resize(end == std::u32string::npos ? 0 : end + 1);
  return kiosk::encode_utf8(line);
}

std::string ScreenProcess::text() const {
  std::string out;
  for (int number = 0; number < rows_; ++number) out += row(number) + "\n";
  return out;
}

int ScreenProcess::exit_code() {
  auto const end = now() + patience;
  int status = 0;
  while (::waitpid(process_, &status, WNOHANG) == 0) {
    if (now() > end) return -1;
    if (!read_some(20)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  process_ = -1;
  while (read_some(0) && now() < end) {
  }  // what it wrote last is seen too
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int ScreenProcess::terminate() {
  ::kill(process_, SIGTERM);
  return exit_code();
}

}  // namespace kaiku::kiosk_tests
