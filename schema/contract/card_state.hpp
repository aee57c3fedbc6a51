// The state of a card: what is stored, and what follows from it and the days.
#pragma once

#include <optional>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::contract {

enum class StoredState { stock, registered, blocked, replaced, void_ };  // "void" in text
enum class ShownState { stock, valid, not_yet_valid, expired, blocked, replaced, void_ };
enum class CardKind { personal, community };
enum class Sector { culture, education, science, sport };
enum class UseKind { admission, course, season_pass };

// The one place where time turns a stored state into a shown one; both days are inclusive.
ShownState shown_state(StoredState stored, Day first_valid, Day last_valid, Day today);

std::string_view word_of(StoredState state);
std::string_view word_of(ShownState state);
std::string_view word_of(CardKind kind);
std::string_view word_of(Sector sector);
std::string_view word_of(UseKind kind);
std::optional<StoredState> stored_state_from(std::string_view word);
std::optional<CardKind> card_kind_from(std::string_view word);
std::optional<Sector> sector_from(std::string_view word);
std::optional<UseKind> use_kind_from(std::string_view word);

}  // namespace kaiku::contract
