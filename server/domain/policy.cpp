#include "server/domain/policy.hpp"

#include <algorithm>
#include <array>

namespace kaiku::domain {
namespace {

constexpr std::array<std::string_view, 5> block_words{"lost", "stolen", "misuse", "ended",
                                                      "moved_away"};
constexpr std::array<std::string_view, 3> replace_words{"lost", "stolen", "worn"};
constexpr std::array<std::string_view, 4> undo_words{"wrong_card", "wrong_count", "not_entered",
                                                     "mistake"};
constexpr std::array<std::string_view, 5> override_words{
    "left_and_returned", "scanned_twice", "other_person", "known_here", "network_down"};

template <class Enum, std::size_t N>
std::optional<Enum> enum_from(std::array<std::string_view, N> const& words, std::string_view word) {
  auto const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string const& LocalText::in(contract::Language language) const {
  auto const& wanted = language == contract::Language::fi   ? fi
                       : language == contract::Language::sv ? sv
                                                            : en;
  if (!wanted.empty()) return wanted;
  if (!fi.empty()) return fi;
  return sv.empty() ? en : sv;
}

Day last_valid_day_under(Policy const& policy, Day first) {
  if (policy.fixed_end) return *policy.fixed_end;
  return last_valid_day(first, policy.validity_months);
}

bool old_enough(int birth_year, Day today) { return civil_of(today).year - birth_year >= 16; }

std::string_view word_of(BlockReason reason) {
  return block_words[static_cast<std::size_t>(reason)];
}
std::string_view word_of(ReplaceReason reason) {
  return replace_words[static_cast<std::size_t>(reason)];
}
std::optional<BlockReason> block_reason_from(std::string_view word) {
  return enum_from<BlockReason>(block_words, word);
}
std::optional<ReplaceReason> replace_reason_from(std::string_view word) {
  return enum_from<ReplaceReason>(replace_words, word);
}
std::span<std::string_view const> undo_reasons() { return undo_words; }
std::span<std::string_view const> override_reasons() { return override_words; }

bool is_undo_reason(std::string_view word) {
  return word == "not_confirmed" ||
         std::find(undo_words.begin(), undo_words.end(), word) != undo_words.end();
}
bool is_override_reason(std::string_view word) {
  return std::find(override_words.begin(), override_words.end(), word) != override_words.end();
}

}  // namespace kaiku::domain
