#include "schema/contract/card_state.hpp"

#include <array>
#include <cassert>

namespace kaiku::contract {

namespace {

// Words in the order of their enum; an index is the value.
constexpr std::array<std::string_view, 5> stored_words{"stock", "registered", "blocked", "replaced",
                                                       "void"};
constexpr std::array<std::string_view, 7> shown_words{
    "stock", "valid", "not_yet_valid", "expired", "blocked", "replaced", "void"};
constexpr std::array<std::string_view, 2> card_kind_words{"personal", "community"};
constexpr std::array<std::string_view, 4> sector_words{"culture", "education", "science", "sport"};
constexpr std::array<std::string_view, 3> use_kind_words{"admission", "course", "season_pass"};

template <class Enum, std::size_t N>
std::string_view word_in(std::array<std::string_view, N> const& words, Enum value) {
  auto const index = static_cast<std::size_t>(value);
  assert(index < N);
  return words[index];
}

template <class Enum, std::size_t N>
std::optional<Enum> value_in(std::array<std::string_view, N> const& words, std::string_view word) {
  for (std::size_t index = 0; index < N; ++index) {
    if (words[index] == word) return static_cast<Enum>(index);
  }
  return std::nullopt;
}

}  // namespace

ShownState shown_state(StoredState stored, Day first_valid, Day last_valid, Day today) {
  switch (stored) {
    case StoredState::stock: return ShownState::stock;
    case StoredState::blocked: return ShownState::blocked;
    case StoredState::replaced: return ShownState::replaced;
    case StoredState::void_: return ShownState::void_;
    case StoredState::registered: break;
  }
  // A period whose days are the wrong way round was never valid: it counts as over.
  if (today > last_valid) return ShownState::expired;
  if (today < first_valid) return ShownState::not_yet_valid;
  return ShownState::valid;
}

std::string_view word_of(StoredState state) { return word_in(stored_words, state); }
std::string_view word_of(ShownState state) { return word_in(shown_words, state); }
std::string_view word_of(CardKind kind) { return word_in(card_kind_words, kind); }
std::string_view word_of(Sector sector) { return word_in(sector_words, sector); }
std::string_view word_of(UseKind kind) { return word_in(use_kind_words, kind); }

std::optional<StoredState> stored_state_from(std::string_view word) {
  return value_in<StoredState>(stored_words, word);
}
std::optional<CardKind> card_kind_from(std::string_view word) {
  return value_in<CardKind>(card_kind_words, word);
}
std::optional<Sector> sector_from(std::string_view word) {
  return value_in<Sector>(sector_words, word);
}
std::optional<UseKind> use_kind_from(std::string_view word) {
  return value_in<UseKind>(use_kind_words, word);
}

}  // namespace kaiku::contract
