// What an area has decided for its cards and doors, and small texts in three languages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/contract/answers.hpp"
#include "schema/values/time.hpp"

namespace kaiku::domain {

// A text in Finnish, Swedish and English; an empty one falls back to the next that is not.
struct LocalText {
  std::string fi;
  std::string sv;
  std::string en;
  bool operator==(LocalText const&) const = default;
  std::string const& in(contract::Language language) const;
};

struct Policy {
  int validity_months = 12;
  std::optional<Day> fixed_end;  // trials: the last valid day of every card of the area
  int child_age_limit = 18;
  bool companion_allowed = true;
  bool local_only = false;  // cards of the area are good here alone, and only they are
  bool unknown_genuine_is_let_in = true;
  bool unknown_typed_is_let_in = false;  // the same for codes typed by hand
  int unknown_genuine_daily_limit = 10;
  int stale_warn_hours = 72;
  int stale_stop_days = 14;
  bool stale_may_be_overruled = true;  // with the reason that the network is down
  bool operator==(Policy const&) const = default;
};

// Validity of a card whose first valid day is `first`, under the area's policy.
Day last_valid_day_under(Policy const& policy, Day first);

// A holder is at least 16, or turns 16 during the calendar year of `today`.
bool old_enough(int birth_year, Day today);

// The municipality of Statistics Finland: three digits and its names.
struct Municipality {
  std::string code;
  LocalText name;
  bool operator==(Municipality const&) const = default;
};

// The reasons that may be chosen; free text is never asked for.
enum class BlockReason { lost, stolen, misuse, ended, moved_away };
enum class ReplaceReason { lost, stolen, worn };
std::string_view word_of(BlockReason reason);
std::string_view word_of(ReplaceReason reason);
std::optional<BlockReason> block_reason_from(std::string_view word);
std::optional<ReplaceReason> replace_reason_from(std::string_view word);
// Reasons for an undo and for giving a ticket in spite of a warning, as a person chooses them.
std::span<std::string_view const> undo_reasons();
std::span<std::string_view const> override_reasons();
// Those that are accepted: for an undo also `not_confirmed`, which a door gives by itself.
bool is_undo_reason(std::string_view word);
bool is_override_reason(std::string_view word);

}  // namespace kaiku::domain
