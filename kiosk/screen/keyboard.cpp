#include "kiosk/screen/keyboard.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

namespace {

// A code or QR text of ours; what fingers pressed in the same moment is none.
bool reads(std::u32string_view text) {
  return !contract::parse_card_input(encode_utf8(text)).has_error();
}

void pass_on(BurstOutcome const& outcome, Keyboard::Take const& take) {
  for (char32_t const character : outcome.typed) take(TypedCharacter{character});
  if (outcome.scan) take(Scanned{encode_utf8(*outcome.scan), outcome.pace});
  if (!outcome.unfinished.empty()) take(UnfinishedScan{encode_utf8(outcome.unfinished)});
  for (Key const key : outcome.keys) take(KeyPress{key});
}

}  // namespace

void Keyboard::read(Terminal& terminal, Clock const& clock, Take const& take) {
  while (auto const key = terminal.next_key()) {
    auto const now_us = clock.monotonic_us();
    if (auto const* character = std::get_if<char32_t>(&*key))
      pass_on(burst_.add(*character, now_us), take);
    else
      pass_on(burst_.press(std::get<Key>(*key), now_us, reads), take);
  }
  pass_on(burst_.settle(clock.monotonic_us()), take);
}

int Keyboard::wait_ms(int otherwise_ms) const {
  return burst_.is_waiting() ? static_cast<int>(burst_.patience_us() / 1000) + 5 : otherwise_ms;
}

bool wait_for_input(int answers, int stop, int wait_ms) {
  std::array<pollfd, 3> entries{
      {{STDIN_FILENO, POLLIN, 0}, {stop, POLLIN, 0}, {answers, POLLIN, 0}}};
  int const ready = ::poll(entries.data(), entries.size(), wait_ms);
  if (ready < 0) return errno == EINTR;  // a resize
  bool const terminal_gone = (entries[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
  return entries[1].revents == 0 && !terminal_gone;
}

}  // namespace kaiku::kiosk
