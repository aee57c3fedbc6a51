#include "schema/contract/card_state.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaiku::contract {
namespace {

Day day(int year, unsigned month, unsigned of_month) { return *day_from(year, month, of_month); }

TEST(ShownState, of_a_registered_card_follows_the_days_both_inclusive) {
  auto const first = day(2026, 11, 22);
  auto const last = day(2027, 11, 21);
  auto const on = [&](Day today) {
    return shown_state(StoredState::registered, first, last, today);
  };
  EXPECT_EQ(on(first + -1), ShownState::not_yet_valid);
  EXPECT_EQ(on(first), ShownState::valid);
  EXPECT_EQ(on(last), ShownState::valid);
  EXPECT_EQ(on(last + 1), ShownState::expired);
}

TEST(ShownState, of_one_day_is_valid_on_that_day_alone) {
  auto const only = day(2028, 2, 29);
  EXPECT_EQ(shown_state(StoredState::registered, only, only, only), ShownState::valid);
  EXPECT_EQ(shown_state(StoredState::registered, only, only, only + 1), ShownState::expired);
  EXPECT_EQ(shown_state(StoredState::registered, only, only, only + -1), ShownState::not_yet_valid);
}

TEST(ShownState, of_a_period_the_wrong_way_round_is_never_valid) {
  for (int at = -3; at <= 3; ++at) {
    auto const state = shown_state(StoredState::registered, Day{1}, Day{-1}, Day{at});
    EXPECT_NE(state, ShownState::valid) << at;
  }
}

TEST(ShownState, of_other_stored_states_does_not_ask_the_day) {
  for (auto const today : {Day{0}, Day{20'000}, Day{40'000}}) {
    auto const on = [&](StoredState stored) {
      return shown_state(stored, Day{19'000}, Day{21'000}, today);
    };
    EXPECT_EQ(on(StoredState::stock), ShownState::stock);
    EXPECT_EQ(on(StoredState::blocked), ShownState::blocked);
    EXPECT_EQ(on(StoredState::replaced), ShownState::replaced);
    EXPECT_EQ(on(StoredState::void_), ShownState::void_);
  }
}

TEST(Words, of_states_kinds_and_sectors_are_those_of_the_contract) {
  std::array const shown{"stock",   "valid",    "not_yet_valid", "expired",
                         "blocked", "replaced", "void"};
  for (std::size_t index = 0; index < shown.size(); ++index) {
    EXPECT_EQ(word_of(static_cast<ShownState>(index)), shown[index]);
  }
  std::array const stored{"stock", "registered", "blocked", "replaced", "void"};
  for (std::size_t index = 0; index < stored.size(); ++index) {
    EXPECT_EQ(word_of(static_cast<StoredState>(index)), stored[index]);
    EXPECT_EQ(stored_state_from(stored[index]), static_cast<StoredState>(index));
  }
  std::array const sectors{"culture", "education", "science", "sport"};
  for (std::size_t index = 0; index < sectors.size(); ++index) {
    EXPECT_EQ(word_of(static_cast<Sector>(index)), sectors[index]);
    EXPECT_EQ(sector_from(sectors[index]), static_cast<Sector>(index));
  }
  std::array const uses{"admission", "course", "season_pass"};
  for (std::size_t index = 0; index < uses.size(); ++index) {
    EXPECT_EQ(word_of(static_cast<UseKind>(index)), uses[index]);
    EXPECT_EQ(use_kind_from(uses[index]), static_cast<UseKind>(index));
  }
  EXPECT_EQ(card_kind_from("personal"), CardKind::personal);
  EXPECT_EQ(card_kind_from("community"), CardKind::community);
  EXPECT_EQ(word_of(CardKind::community), "community");
}

TEST(Words, that_are_unknown_read_as_nothing) {
  EXPECT_EQ(stored_state_from("valid"), std::nullopt);
  EXPECT_EQ(stored_state_from("void_"), std::nullopt);
  EXPECT_EQ(card_kind_from("Personal"), std::nullopt);
  EXPECT_EQ(sector_from(""), std::nullopt);
  EXPECT_EQ(use_kind_from("season-pass"), std::nullopt);
}

}  // namespace
}  // namespace kaiku::contract
