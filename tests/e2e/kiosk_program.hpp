// Runs the real kaiku-kiosk with a folder of its own.
#pragma once

#include <string>
#include <vector>

namespace kaiku::kiosk_tests {

struct Finished {
  int exit_code = -1;
  std::string output;
  std::string errors;
};

class KioskProgram {
 public:
  KioskProgram();
  ~KioskProgram();
  KioskProgram(KioskProgram const&) = delete;
  KioskProgram& operator=(KioskProgram const&) = delete;

  std::string const& directory() const { return directory_; }
  std::string write_file(std::string const& name, std::string const& text) const;
  // Runs it to its end with `input` on stdin.
  Finished run(std::vector<std::string> arguments, std::string const& input = "") const;

 private:
  std::string directory_;
};

// `kaiku-kiosk lines`, asked line by line.
class LinesProcess {
 public:
  explicit LinesProcess(std::string const& directory);
  ~LinesProcess();
  LinesProcess(LinesProcess const&) = delete;
  LinesProcess& operator=(LinesProcess const&) = delete;

  // The answer line, without its end; empty when the process is gone.
  std::string ask(std::string const& line);
  void send(std::string const& line);
  void kill_hard();
  // Closes stdin, or sends SIGTERM; returns the exit code.
  int finish();
  int terminate();
  // Bytes as they are, without a line's end.
  void send_raw(std::string_view bytes);
  // SIGTERM, and everything that it still says, line by line.
  std::vector<std::string> last_words();
  // VmRSS in KiB.
  long resident_kib() const;
  int process() const { return process_; }

 private:
  int wait();
  int process_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string bytes_;
};

}  // namespace kaiku::kiosk_tests
