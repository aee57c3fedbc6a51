#include "server/domain/door_line.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "schema/contract/card_token.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::domain {
namespace {

constexpr std::int64_t bounce_us = 1 * second_us;
constexpr std::int64_t repeat_us = 5 * second_us;
constexpr std::size_t most_of_a_bounce = 3;
constexpr int most_reasons = 4;
// As long as keys get, "P1 12ATK"; a card's code has twelve characters.
constexpr std::size_t longest_slip = 7;

// The letters and digits alone, in capitals.
std::string plain(std::string_view text) {
  std::string kept;
  for (char const c : text) {
    if (ascii::is_letter(c) || ascii::is_digit(c)) kept += ascii::upper(c);
  }
  return kept;
}

// Nothing printable but letters and digits: a hyphen or a letter of another script is no key. What
// the UTF-8 of no-break and zero-width spaces looks like is left out first.
bool is_plain(std::string_view text) {
  static constexpr std::string_view unseen[] = {"\xC2\xA0",     "\xE2\x80\x8B", "\xE2\x80\x8C",
                                                "\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xBB\xBF",
                                                "\xE2\x80\xAF"};
  while (!text.empty()) {
    auto const* const gap =
        std::ranges::find_if(unseen, [&](std::string_view one) { return text.starts_with(one); });
    if (gap != std::end(unseen)) {
      text.remove_prefix(gap->size());
      continue;
    }
    auto const c = static_cast<unsigned char>(text.front());
    bool const is_space = c <= ' ' || c == 0x7F;
    if (!is_space && plain(text.substr(0, 1)).empty()) return false;
    text.remove_prefix(1);
  }
  return true;
}

// One number of at most two digits and each letter at most once.
std::optional<TicketKeys> keys_of(std::string_view text) {
  TicketKeys keys;
  auto const once = [](bool& key) { return !std::exchange(key, true); };
  std::size_t digits = 0;
  bool in_number = false;
  for (char const c : text) {
    bool const is_digit = ascii::is_digit(c);
    if (is_digit) {
      if (++digits > 2 || (digits == 2 && !in_number)) return std::nullopt;
      keys.children = keys.children.value_or(0) * 10 + (c - '0');
    } else if (!(c == 'A' && once(keys.assistant)) && !(c == 'T' && once(keys.interpreter)) &&
               !(c == 'K' && once(keys.companion))) {
      return std::nullopt;
    }
    in_number = is_digit;
  }
  return keys;
}

// How many characters are to be seen; those of several bytes count once.
std::size_t seen_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char const c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte != 0x7F && (byte & 0xC0) != 0x80;
  }));
}

bool is_same_card(std::string_view line, std::string_view read) {
  auto const now = contract::parse_card_input(line);
  auto const before = contract::parse_card_input(read);
  return now && before && contract::code_of(*now) == contract::code_of(*before);
}

}  // namespace

DoorLine parse_door_line(std::string_view text) {
  DoorLine line;
  line.kind = DoorLine::Kind::card;
  if (!is_plain(text)) return line;
  auto const typed = plain(text);
  if (typed.empty()) return {};
  bool const names_reason =
      typed.size() > 1 && typed[0] == 'P' && typed[1] >= '1' && typed[1] <= '0' + most_reasons;
  auto const keys = keys_of(std::string_view(typed).substr(names_reason ? 2 : 0));
  if (!keys) return line;
  return {DoorLine::Kind::keys, *keys, names_reason ? typed[1] - '0' : 0};
}

bool is_slip(std::string_view text) {
  return parse_door_line(text).kind == DoorLine::Kind::card && seen_in(text) <= longest_slip;
}

bool is_bounce(std::string_view line, std::string_view read, std::int64_t since_read_us) {
  if (since_read_us < 0 || since_read_us >= repeat_us) return false;
  auto const now = plain(line);
  if (since_read_us < bounce_us && now.size() <= most_of_a_bounce) return true;
  bool const is_tail = now.size() >= most_of_a_bounce && plain(read).ends_with(now);
  return is_tail || is_same_card(line, read);
}

bool is_same_scan(std::string_view line, std::string_view read, std::int64_t since_read_us) {
  return since_read_us >= 0 && since_read_us < same_scan_us && is_same_card(line, read);
}

}  // namespace kaiku::domain
