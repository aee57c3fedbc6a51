// What an office does once it has given a card: it hands over what belongs to it, and puts right
// what went wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::domain {

// How the holder got the recovery code. The numbers of both stand in the ledger.
enum class HandoverWay { letter, paper };
enum class CorrectionReason { typing_error, holder_asks };
// What made the hand-over: its number stands in the row that follows from the entry.
enum class HandoverCause { registered, replaced, letter };
std::string_view word_of(HandoverWay way);
std::string_view word_of(CorrectionReason reason);
std::optional<HandoverWay> handover_way_from(std::string_view word);
std::optional<CorrectionReason> correction_reason_from(std::string_view word);

// A recovery code that nobody has handed over is readable for so long and then for nobody.
inline constexpr std::int64_t recovery_code_kept_us = 14 * day_us;

// For so long a registration, a renewal or a replacement may be undone, and a correction makes as
// if it had been right at once.
inline constexpr std::int64_t registration_is_fresh_us = 10 * minute_us;
inline bool is_fresh(Instant done_at, Instant now) {
  return now - done_at <= registration_is_fresh_us;
}

}  // namespace kaiku::domain
