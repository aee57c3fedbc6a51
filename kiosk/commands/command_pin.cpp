#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/commands/command.hpp"
#include "kiosk/till/pin.hpp"

namespace kaiku::kiosk {

namespace {

// Nobody reads it over a shoulder; a pipe has no echo.
class NoEcho {
 public:
  NoEcho() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  ~NoEcho() {
    if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  NoEcho(NoEcho const&) = delete;
  NoEcho& operator=(NoEcho const&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

int tell(char const* words) {
  std::fprintf(stderr, "%s\n", words);
  return exit_usage;
}

}  // namespace

bool may_change_pin(Folder const& folder) {
  struct stat owned {};
  if (::stat(folder.directory.c_str(), &owned) != 0) return true;  // told of elsewhere
  bool const may = ::geteuid() == 0 || ::geteuid() == owned.st_uid;
  if (!may) std::fputs("Only the owner of the kiosk's folder changes its PIN.\n", stderr);
  return may;
}

int command_pin(Folder const& folder) {
  if (!folder.has_database()) return tell_not_enrolled(folder);
  if (!may_change_pin(folder)) return exit_could_not;
  FolderLock const lock(folder.lock());
  if (!lock.held()) return tell_in_use(folder);
  std::string first;
  std::string again;
  {
    NoEcho const silent;
    std::fputs("New PIN, 4-8 digits, twice:\n", stderr);
    std::getline(std::cin, first);
    std::getline(std::cin, again);
  }
  if (!is_pin(first)) return tell("A PIN has 4-8 digits.");
  if (first != again) return tell("The PINs are not the same.");
  Database database(folder.database(), Database::Mode::read_write);
  SystemRandom random;
  set_setting(database, "pin", make_pin_record(first, random));
  set_setting(database, "pin_failures", "0");
  return exit_good;
}

}  // namespace kaiku::kiosk
