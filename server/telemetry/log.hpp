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

  explicit Log(int file_descriptor = 2, Level least = Level::info);
  // Fields never hold a card code, token, name or body; thread-safe, one write(2) a line.
  void write(Level level, std::string_view event, std::initializer_list<Field> fields);

 private:
  int file_descriptor_;
  Level least_;
  std::mutex mutex_;
};

}  // namespace kaiku::telemetry
