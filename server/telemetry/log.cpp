#include "server/telemetry/log.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>

#include "schema/values/utf8.hpp"

namespace kaiku::telemetry {
namespace {

// A longer value is cut, so that a line stays under PIPE_BUF and goes out in one piece.
constexpr std::size_t max_value_bytes = 512;
constexpr std::size_t gathered_bytes = 32 * 1024;

void append_escaped(std::string& out, std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  bool const cut = text.size() > max_value_bytes;
  text = text.substr(0, max_value_bytes);
  while (!text.empty()) {
    auto const c = static_cast<unsigned char>(text.front());
    if (c >= 0x20 && c < 0x7F) {
      if (c == '"' || c == '\\') out.push_back('\\');
      out.push_back(text.front());
      text.remove_prefix(1);
    } else if (c < 0x80) {
      out.append("\\u00");
      out.push_back(digits[c >> 4U]);
      out.push_back(digits[c & 15U]);
      text.remove_prefix(1);
    } else {
      auto const length = utf8_sequence(text);
      // U+0085, U+2028 and U+2029 end a line for some readers.
      bool const breaks = text.starts_with("\xC2\x85") || text.starts_with("\xE2\x80\xA8") ||
                          text.starts_with("\xE2\x80\xA9");
      out.append(length == 0 || breaks ? std::string_view{"\\ufffd"} : text.substr(0, length));
      text.remove_prefix(length == 0 ? 1 : length);
    }
  }
  if (cut) out.append("...");
}

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits;
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

// RFC 3339 in UTC with microseconds; the second's text is kept per thread.
void append_time(std::string& out) {
  thread_local std::time_t kept_second = -1;
  thread_local std::array<char, 32> kept{};
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (now.tv_sec != kept_second) {
    std::tm parts{};
    gmtime_r(&now.tv_sec, &parts);
    std::strftime(kept.data(), kept.size(), "%Y-%m-%dT%H:%M:%S.", &parts);
    kept_second = now.tv_sec;
  }
  out.append(kept.data());
  std::array<char, 6> fraction{};
  auto micro = now.tv_nsec / 1000;
  for (std::size_t i = fraction.size(); i-- > 0; micro /= 10) {
    fraction[i] = static_cast<char>('0' + micro % 10);
  }
  out.append(fraction.data(), fraction.size());
  out.push_back('Z');
}

std::string_view word_of(Level level) {
  static constexpr std::array<std::string_view, 4> words{"debug", "info", "warning", "error"};
  return words[static_cast<std::size_t>(level)];
}

void append_field(std::string& out, Log::Field const& field) {
  out.append(",\"");
  append_escaped(out, field.first);
  out.append("\":");
  if (auto const* text = std::get_if<std::string_view>(&field.second)) {
    out.push_back('"');
    append_escaped(out, *text);
    out.push_back('"');
  } else if (auto const* number = std::get_if<std::int64_t>(&field.second)) {
    append_number(out, *number);
  } else {
    out.append(std::get<bool>(field.second) ? "true" : "false");
  }
}

// A reader that stopped reading costs at most 100 ms a line, never a hang; the rest is dropped.
void write_whole(int file_descriptor, std::string_view line) {
  while (!line.empty()) {
    auto const written = ::write(file_descriptor, line.data(), line.size());
    if (written > 0) {
      line.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno != EAGAIN) return;
    pollfd waiting{file_descriptor, POLLOUT, 0};
    if (::poll(&waiting, 1, 100) <= 0) return;
  }
}

}  // namespace

Log::Log(int file_descriptor, Level least, Writing writing)
    : file_descriptor_(file_descriptor), least_(least), writing_(writing) {}

Log::~Log() { flush(); }

void Log::write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < least_) return;
  thread_local std::string line;
  line.assign("{\"time\":\"");
  append_time(line);
  line.append("\",\"level\":\"").append(word_of(level)).append("\",\"event\":\"");
  append_escaped(line, event);
  line.push_back('"');
  for (auto const& field : fields) append_field(line, field);
  line.append("}\n");
  std::lock_guard const lock(mutex_);
  bool const may_wait = writing_ == Writing::gathered && level < Level::warning;
  if (may_wait && waiting_.size() + line.size() <= gathered_bytes) {
    waiting_ += line;
    return;
  }
  waiting_ += line;
  write_whole(file_descriptor_, waiting_);
  waiting_.clear();
}

void Log::flush() {
  std::lock_guard const lock(mutex_);
  write_whole(file_descriptor_, waiting_);
  waiting_.clear();
}

}  // namespace kaiku::telemetry
