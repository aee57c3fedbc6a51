// One JSON object a line on standard error (or a file). Whatever is thrown at it, a line
// stays one line.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kaiku::telemetry {

enum class Level { debug, info, warning, error };

class Log {
 public:
  using Value = std::variant<std::string_view, std::int64_t, bool>;
  using Field = std::pair<std::string_view, Value>;

  // each_line: one write(2) a line. gathered: lines wait for a warning or an error, for 32 KiB of
  // them, or for `flush`, which somebody has to call now and then; a process that is killed loses
  // those that still wait.
  enum class Writing { each_line, gathered };

  explicit Log(int file_descriptor = 2, Level least = Level::info,
               Writing writing = Writing::each_line);
  ~Log();
  Log(Log const&) = delete;
  Log& operator=(Log const&) = delete;
  // Fields never hold a card code, token, name or body; thread-safe.
  void write(Level level, std::string_view event, std::initializer_list<Field> fields);
  void flush();

 private:
  int file_descriptor_;
  Level least_;
  Writing writing_;
  std::mutex mutex_;
  std::string waiting_;
};

}  // namespace kaiku::telemetry
