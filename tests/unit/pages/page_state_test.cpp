#include "server/pages/frame/page_state.hpp"

#include <gmock/gmock.h>

#include "tests/unit/pages/visit.hpp"

namespace kaiku::pages {
namespace {

using test::Visit;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view page = "/accounts/new";
http::FormPairs const typed{{"username", "maija.m"}, {"fault", "username taken"}};

class PageStates : public access::IdentityTest {
 protected:
  using Account = std::optional<std::int64_t>;
  Instant now() const { return database_.clock.now(); }
  std::string address_for(Account const& account, std::string_view path = page) {
    return with_state(Visit(services_, now(), account).call, path, page, typed);
  }
  std::optional<PageState> seen_by(Account const& account, std::string_view address,
                                   std::string_view at = page) {
    return state_of(Visit(services_, now(), account, address).call, at);
  }
  // One that is there, but opens no more.
  bool is_old_for(Account const& account, std::string_view address, std::string_view at = page) {
    auto const state = seen_by(account, address, at);
    return state && state->is_old && state->told.empty();
  }
};

TEST_F(PageStates, tell_the_next_page_what_was_typed_as_often_as_it_is_opened) {
  auto const address = address_for(12);
  for (int again = 0; again < 2; ++again) {
    auto const state = seen_by(12, address);
    ASSERT_TRUE(state);
    EXPECT_FALSE(state->is_old);
    EXPECT_EQ(state->told, typed);
  }
}

TEST_F(PageStates, are_none_where_the_address_has_none) {
  EXPECT_FALSE(seen_by(12, "/accounts/new"));
  EXPECT_FALSE(seen_by(12, "/accounts/new?role=venue_staff&k="));
}

TEST_F(PageStates, go_behind_what_the_address_says_already) {
  auto const address = address_for(12, "/accounts/new?role=venue_staff");
  EXPECT_THAT(address, ::testing::StartsWith("/accounts/new?role=venue_staff&k="));
  EXPECT_EQ(seen_by(12, address)->told, typed);
}

TEST_F(PageStates, hold_nothing_in_clear_and_look_different_each_time) {
  auto const address = address_for(12);
  EXPECT_THAT(address, Not(HasSubstr("maija")));
  EXPECT_THAT(address, Not(HasSubstr("username")));
  EXPECT_THAT(address, Not(HasSubstr(to_base64url(bytes_of("maija.m")).substr(0, 8))));
  EXPECT_NE(address, address_for(12)) << "two tabs with the same words";
}

TEST_F(PageStates, of_two_tabs_each_keep_their_own) {
  auto const first = address_for(12);
  auto const second =
      with_state(Visit(services_, now(), 12).call, page, page, {{"username", "pekka"}});
  EXPECT_EQ(seen_by(12, second)->told, (http::FormPairs{{"username", "pekka"}}));
  EXPECT_EQ(seen_by(12, first)->told, typed);
}

TEST_F(PageStates, of_another_account_or_of_nobody_do_not_open) {
  auto const address = address_for(12);
  EXPECT_TRUE(is_old_for(13, address));
  EXPECT_TRUE(is_old_for(std::nullopt, address));
  EXPECT_TRUE(is_old_for(12, address_for(std::nullopt)));
}

TEST_F(PageStates, of_another_page_do_not_open) {
  EXPECT_TRUE(is_old_for(12, address_for(12), "/accounts/{id}"));
  EXPECT_TRUE(is_old_for(12, address_for(12), ""));
}

TEST_F(PageStates, grow_too_old_after_half_an_hour_and_for_strangers_after_ten_minutes) {
  auto const own = address_for(12);
  auto const strangers = address_for(std::nullopt);
  database_.clock.advance(10 * minute_us);
  EXPECT_EQ(seen_by(std::nullopt, strangers)->told, typed);
  database_.clock.advance(1);
  EXPECT_TRUE(is_old_for(std::nullopt, strangers));
  database_.clock.advance(20 * minute_us - 1);
  EXPECT_EQ(seen_by(12, own)->told, typed);
  database_.clock.advance(1);
  EXPECT_TRUE(is_old_for(12, own));
}

TEST_F(PageStates, do_not_open_once_a_character_is_changed_lost_or_added) {
  auto const address = address_for(12);
  auto const begin = address.find("k=") + 2;
  for (auto at = begin; at < address.size(); ++at) {
    auto changed = address;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    // The last sign may carry bits that stand for nothing: then it is no base64url at all.
    EXPECT_TRUE(is_old_for(12, changed)) << at;
    EXPECT_TRUE(is_old_for(12, address.substr(0, at) + (at == begin ? "A" : ""))) << at;
  }
  EXPECT_TRUE(is_old_for(12, address + "A"));
  EXPECT_TRUE(is_old_for(12, "/accounts/new?k=not-ours"));
}

TEST_F(PageStates, of_another_installation_do_not_open) {
  auto const address = address_for(12);
  database_.keys.csrf[0] ^= 1;
  EXPECT_TRUE(is_old_for(12, address));
}

}  // namespace
}  // namespace kaiku::pages
