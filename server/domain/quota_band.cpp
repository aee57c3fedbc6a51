#include "server/domain/quota_band.hpp"

#include <array>

namespace kaiku::domain {

std::string_view word_of(QuotaBand band) {
  constexpr std::array<std::string_view, 7> words{
      "none", "used", "to_quarter", "to_half", "to_three_quarters", "under_full", "full"};
  return words.at(static_cast<std::size_t>(band));
}

QuotaBand band_of(std::int64_t used, std::int64_t quota) {
  if (used <= 0) return QuotaBand::none;
  if (quota < smallest_banded_quota) return QuotaBand::used;
  if (4 * used <= quota) return QuotaBand::to_quarter;
  if (2 * used <= quota) return QuotaBand::to_half;
  if (4 * used <= 3 * quota) return QuotaBand::to_three_quarters;
  return used < quota ? QuotaBand::under_full : QuotaBand::full;
}

}  // namespace kaiku::domain
