#include "server/domain/caller.hpp"

#include <gtest/gtest.h>

namespace kaiku::domain {
namespace {

TEST(Caller, has_an_own_venue_as_staff_alone) {
  VenueId const pool{7};
  Caller caller;
  caller.role = Role::venue_staff;
  EXPECT_EQ(caller.own_venue(), std::nullopt);
  caller.venues = {pool};
  EXPECT_EQ(caller.own_venue(), pool);
  for (auto const role : {Role::device, Role::agent}) {
    caller.role = role;
    EXPECT_TRUE(caller.stands_at(pool));
    EXPECT_EQ(caller.own_venue(), std::nullopt) << word_of(role);
  }
}

TEST(Role, coordinates_an_area_or_all_or_has_a_place_or_neither) {
  for (int n = 0; n < static_cast<int>(role_count); ++n) {
    auto const role = static_cast<Role>(n);
    EXPECT_FALSE(coordinates(role) && has_local_place(role)) << word_of(role);
    EXPECT_TRUE(coordinates(role) || !is_national(role)) << word_of(role);
  }
  EXPECT_TRUE(coordinates(Role::area_coordinator));
  EXPECT_FALSE(is_national(Role::area_coordinator));
  EXPECT_TRUE(is_national(Role::admin));
  EXPECT_TRUE(is_national(Role::national_coordinator));
  EXPECT_TRUE(has_local_place(Role::issuer_worker));
  EXPECT_TRUE(has_local_place(Role::venue_staff));
  EXPECT_FALSE(coordinates(Role::anonymous) || coordinates(Role::device));
}

}  // namespace
}  // namespace kaiku::domain
