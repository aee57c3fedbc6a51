#include "server/domain/quota_band.hpp"

#include <gtest/gtest.h>

namespace kaiku::domain {
namespace {

TEST(QuotaBand, tells_quarters_of_a_quota_of_twenty_and_more) {
  EXPECT_EQ(band_of(0, 20), QuotaBand::none);
  EXPECT_EQ(band_of(1, 20), QuotaBand::to_quarter);
  EXPECT_EQ(band_of(5, 20), QuotaBand::to_quarter);
  EXPECT_EQ(band_of(6, 20), QuotaBand::to_half);
  EXPECT_EQ(band_of(10, 20), QuotaBand::to_half);
  EXPECT_EQ(band_of(11, 20), QuotaBand::to_three_quarters);
  EXPECT_EQ(band_of(15, 20), QuotaBand::to_three_quarters);
  EXPECT_EQ(band_of(16, 20), QuotaBand::under_full);
  EXPECT_EQ(band_of(19, 20), QuotaBand::under_full);
  EXPECT_EQ(band_of(20, 20), QuotaBand::full);
  EXPECT_EQ(band_of(21, 20), QuotaBand::full) << "the quota was made smaller";
}

TEST(QuotaBand, never_tells_one_to_four_of_a_small_quota) {
  for (std::int64_t quota = 1; quota < smallest_banded_quota; ++quota) {
    EXPECT_EQ(band_of(0, quota), QuotaBand::none);
    for (std::int64_t used = 1; used <= quota; ++used) {
      EXPECT_EQ(band_of(used, quota), QuotaBand::used) << used << " of " << quota;
    }
  }
}

// Each band of every larger quota holds at least four counts, but for none and full.
TEST(QuotaBand, leaves_open_which_of_at_least_four_counts_it_was) {
  for (std::int64_t quota = smallest_banded_quota; quota <= 200; ++quota) {
    std::int64_t counts[7] = {};
    for (std::int64_t used = 0; used <= quota; ++used) {
      ++counts[static_cast<std::size_t>(band_of(used, quota))];
    }
    for (auto const band : {QuotaBand::to_quarter, QuotaBand::to_half, QuotaBand::to_three_quarters,
                            QuotaBand::under_full}) {
      EXPECT_GE(counts[static_cast<std::size_t>(band)], 4) << word_of(band) << " of " << quota;
    }
  }
}

}  // namespace
}  // namespace kaiku::domain
