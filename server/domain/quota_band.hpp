// How far an event's quota was used, as coordinators are told: an exact count says who was there
// and who was not.
#pragma once

#include <cstdint>
#include <string_view>

namespace kaiku::domain {

enum class QuotaBand : std::uint8_t {
  none,
  used,  // of a quota too small for bands: one place or all of them
  to_quarter,
  to_half,
  to_three_quarters,
  under_full,
  full,
};
inline constexpr std::int64_t smallest_banded_quota = 20;

std::string_view word_of(QuotaBand band);
// Of a quota above zero; more used than there is now is full.
QuotaBand band_of(std::int64_t used, std::int64_t quota);

}  // namespace kaiku::domain
