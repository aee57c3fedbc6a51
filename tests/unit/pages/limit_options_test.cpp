#include "server/pages/coordinator/limit_options.hpp"

#include <gtest/gtest.h>

#include "schema/contract/limit_periods.hpp"

namespace kaiku::pages {
namespace {

TEST(LimitOptions, are_no_limit_and_then_every_period_by_its_word) {
  auto const options = limit_options(Language::sv);
  ASSERT_EQ(std::ssize(options), 1 + contract::limit_period_count);
  EXPECT_EQ(options[0].value, "none");
  EXPECT_EQ(options[0].label, "ingen gräns");
  EXPECT_EQ(options[1].value, "event");
  EXPECT_EQ(options[1].label, "per evenemang");
  EXPECT_EQ(options[4].value, "validity");
  EXPECT_EQ(options[4].label, "under giltighetstiden");
}

}  // namespace
}  // namespace kaiku::pages
