// `kaiku-kiosk run` behind a terminal emulator: what a person at the door sees and presses.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

struct VTerm;
struct VTermScreen;

namespace kaiku::kiosk_tests {

struct Terminal {
  int columns = 80;
  int rows = 24;
  std::string locale = "C.UTF-8";
};

class ScreenProcess {
 public:
  explicit ScreenProcess(std::string const& directory, Terminal const& terminal = {},
                         std::vector<std::string> const& more_arguments = {});
  ~ScreenProcess();
  ScreenProcess(ScreenProcess const&) = delete;
  ScreenProcess& operator=(ScreenProcess const&) = delete;

  // Reads until the screen shows `text` (or no longer does), or the time is over.
  bool shows(std::string const& text) { return wait(text, true); }
  bool clears(std::string const& text) { return wait(text, false); }
  bool wait_until(std::function<bool()> const& condition);
  // Lets the program paint for so long.
  void watch(int milliseconds);

  void press_function(int number);
  void press_enter();
  void press_escape();
  void press_down();
  // Keys as fingers press them: one by one.
  void type(std::string const& text);
  // As a scanner does: all at once, and Enter.
  void scan(std::string const& text) { send(text + "\r"); }
  void send(std::string const& bytes);
  void resize(int columns, int rows);

  // The screen as it is now, a line a row without the blanks at its end.
  std::string text() const;
  std::string row(int number) const;
  int bells() const { return bells_; }
  // Every byte that the program has written.
  std::string const& written() const { return written_; }
  pid_t process() const { return process_; }
  int terminate();
  // Waits for it to end by itself.
  int exit_code();

 private:
  bool wait(std::string const& wanted, bool present);
  bool read_some(int milliseconds);
  void press_key(int key);
  static int rang(void* self);

  int rows_;
  int columns_;
  int terminal_ = -1;
  pid_t process_ = -1;
  VTerm* emulator_ = nullptr;
  VTermScreen* screen_ = nullptr;
  int bells_ = 0;
  std::string written_;
};

}  // namespace kaiku::kiosk_tests
