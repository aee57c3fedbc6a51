#include "kiosk/lines/lines.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "kiosk/device/forgetting.hpp"
#include "kiosk/door/same_scan.hpp"
#include "kiosk/lines/line_request.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

namespace {

constexpr char const* cut_off_fault = "stopped: the line had no end, and nothing was given";
constexpr int patience_at_stop_ms = 2'000;
constexpr int most_reads_at_stop = 64;  // of 4 KiB
// A server that is there has answered by then; the first line then need not try it in vain.
constexpr std::int64_t first_contact_us = 1'200'000;

// False when output was closed, or when its reader does not read though we are told to stop.
bool write_line(int output, int stop_fd, std::string line) {
  line += '\n';
  std::string_view rest = line;
  while (!rest.empty()) {
    auto const wrote = ::write(output, rest.data(), rest.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      // Who reads late still gets every line.
      std::array<pollfd, 2> late{{{output, POLLOUT, 0}, {stop_fd, POLLIN, 0}}};
      ::poll(late.data(), late.size(), -1);
      bool const stops = late[1].revents != 0 && late[0].revents == 0;
      if (stops && ::poll(late.data(), 1, patience_at_stop_ms) <= 0) return false;
      continue;
    }
    if (wrote < 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

// Cuts what arrives into lines; a line over the limit is told of once and skipped to its end. When
// told to stop, it still hands out what had arrived; a line without its end is `cut_off` then.
class LineReader {
 public:
  enum class Got { line, cut_off, end };
  LineReader(int input, int stop_fd) : input_(input), stop_fd_(stop_fd) {}

  Got next(std::string& line) {
    for (;;) {
      if (cut(line)) return stopping_ && !whole_ ? Got::cut_off : Got::line;
      if (ended_) return Got::end;
      std::array<pollfd, 2> entries{{{stop_fd_, POLLIN, 0}, {input_, POLLIN, 0}}};
      int const ready = ::poll(entries.data(), entries.size(), -1);
      if (ready < 0 && errno == EINTR) continue;
      if (entries[0].revents == 0) {
        fill();
      } else {
        take_the_rest();
      }
    }
  }

 private:
  // What is there now, and no more: whoever keeps writing must not keep us from stopping.
  void take_the_rest() {
    stopping_ = true;
    pollfd more{input_, POLLIN, 0};
    for (int reads = 0; reads < most_reads_at_stop && !ended_; ++reads) {
      if (::poll(&more, 1, 0) <= 0) break;
      fill();
    }
    ended_ = true;
  }
  bool cut(std::string& line) {
    auto const end = bytes_.find('\n');
    whole_ = end != std::string::npos;
    if (end == std::string::npos) {
      if (bytes_.size() > 2 * longest_line) bytes_.resize(longest_line + 1);
      if (!ended_ || bytes_.empty()) return false;
      line = bytes_;
      wipe(bytes_);
      return true;
    }
    line = bytes_.substr(0, end);
    std::string rest(bytes_, end + 1);
    wipe(bytes_);
    bytes_.swap(rest);
    return true;
  }
  void fill() {
    std::array<char, 4096> buffer;
    auto const got = ::read(input_, buffer.data(), buffer.size());
    if (got > 0)
      bytes_.append(buffer.data(), static_cast<std::size_t>(got));
    else if (got == 0 || errno != EINTR)
      ended_ = true;
  }

  int input_;
  int stop_fd_;
  std::string bytes_;
  bool ended_ = false;
  bool stopping_ = false;
  bool whole_ = true;
};

// Answers one line; remembers the last uses, so that a card read twice is one use.
class Turnstile {
 public:
  explicit Turnstile(Kiosk& kiosk) : kiosk_(kiosk) {}

  std::string answer(std::string const& line) {
    auto const request = read_line_request(line);
    if (auto const* fault = std::get_if<LineFault>(&request)) return line_for(*fault);
    try {
      if (auto const* look = std::get_if<Look>(&request)) {
        return line_for(kiosk_.door().look(look->card, look->event));
      }
      if (auto const* undo = std::get_if<UndoOf>(&request)) {
        scans_.forget();  // the card may be read again at once, and mean it
        return line_for(*undo, kiosk_.door().undo(undo->sequence));
      }
      return decide(std::get<Ask>(request));
    } catch (StorageFailure const&) {
      return line_for(
          LineFault{"journal_failed: the device cannot write; nothing was given. "
                    "Free space on its disk or restart it."});
    }
  }

 private:
  std::string decide(Ask const& ask) {
    auto const input = contract::parse_card_input(ask.card);
    auto const now_us = kiosk_.clock().monotonic_us();
    if (input) {
      auto const* told = scans_.repeated(code_of(*input), ask.event, ask.tickets, now_us);
      if (told) return *told;
    }
    auto const result = kiosk_.door().look_and_give(ask);
    auto line = line_for(result);
    if (input && std::holds_alternative<Given>(result)) {
      scans_.gave(code_of(*input), ask.event, ask.tickets, kiosk_.clock().monotonic_us(), line);
    }
    return line;
  }

  Kiosk& kiosk_;
  SameScan scans_;
};

bool is_blank(std::string const& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

}  // namespace

bool serve_lines(Kiosk& kiosk, int input, int output, int stop_fd) {
  LineReader reader(input, stop_fd);
  Turnstile turnstile(kiosk);
  kiosk.contact().wait_for_first(first_contact_us);
  std::string line;
  for (;;) {
    wipe(line);
    scrub_stack();
    switch (reader.next(line)) {
      case LineReader::Got::line:
        if (!is_blank(line) && !write_line(output, stop_fd, turnstile.answer(line))) return false;
        break;
      case LineReader::Got::cut_off:
        if (is_blank(line)) break;
        if (!write_line(output, stop_fd, line_for(LineFault{cut_off_fault}))) return false;
        break;
      case LineReader::Got::end: return true;
    }
  }
}

}  // namespace kaiku::kiosk
