#include "server/access/identity/known_browser.hpp"

#include <gmock/gmock.h>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class KnownBrowserTest : public ::testing::Test {
 protected:
  static std::string value_of(std::string const& cookie) {
    auto const from = cookie.find('=') + 1;
    return cookie.substr(from, cookie.find(';') - from);
  }
  KnownBrowser back(KnownBrowser const& browser) {
    return KnownBrowser::read(value_of(browser.cookie())).value();
  }
  keys::KeyRing keys_ = test::test_keys();
  SeededRandom random_{3};
  Day today_{20'000};
  AccountId maija_{12}, pekka_{13};
};

TEST_F(KnownBrowserTest, knows_the_accounts_that_signed_in_and_no_others) {
  auto browser = KnownBrowser::fresh(random_);
  EXPECT_FALSE(browser.knows(keys_, maija_, today_));
  browser.note(keys_, maija_, today_);
  EXPECT_TRUE(back(browser).knows(keys_, maija_, today_));
  EXPECT_FALSE(back(browser).knows(keys_, pekka_, today_));
  browser.note(keys_, pekka_, today_ + 1);
  EXPECT_TRUE(back(browser).knows(keys_, maija_, today_ + 1));
  EXPECT_TRUE(back(browser).knows(keys_, pekka_, today_ + 1));
  EXPECT_EQ(back(browser).id(), browser.id());
}

TEST_F(KnownBrowserTest, forgets_after_400_days_and_beyond_eight_accounts) {
  auto browser = KnownBrowser::fresh(random_);
  browser.note(keys_, maija_, today_);
  EXPECT_TRUE(browser.knows(keys_, maija_, today_ + 399));
  EXPECT_FALSE(browser.knows(keys_, maija_, today_ + 400));
  EXPECT_FALSE(browser.knows(keys_, maija_, today_ + -1));
  for (std::int64_t id = 100; id < 108; ++id) browser.note(keys_, AccountId{id}, today_);
  EXPECT_FALSE(browser.knows(keys_, maija_, today_));
  EXPECT_TRUE(browser.knows(keys_, AccountId{100}, today_));
  browser.note(keys_, AccountId{100}, today_);  // again: takes no place of another's
  EXPECT_TRUE(browser.knows(keys_, AccountId{101}, today_));
}

TEST_F(KnownBrowserTest, is_nobodys_own_word) {
  auto browser = KnownBrowser::fresh(random_);
  browser.note(keys_, maija_, today_);
  auto other_keys = keys_;
  other_keys.browsers[0] ^= 1;
  EXPECT_FALSE(browser.knows(other_keys, maija_, today_));
  auto const whole = from_base64url(value_of(browser.cookie())).value();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] ^= 1;
    auto const read = KnownBrowser::read(to_base64url(changed));
    EXPECT_FALSE(read && read->knows(keys_, maija_, today_)) << at;
  }
  EXPECT_FALSE(KnownBrowser::read(""));
  EXPECT_FALSE(KnownBrowser::read("AAAA"));
  EXPECT_FALSE(KnownBrowser::read(std::string(5000, 'A')));
}

TEST_F(KnownBrowserTest, cookie_is_for_our_own_forms_alone_and_lasts) {
  auto const cookie = KnownBrowser::fresh(random_).cookie();
  EXPECT_THAT(cookie, StartsWith("__Host-kaiku-known="));
  EXPECT_THAT(cookie, HasSubstr("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=34560000"));
}

}  // namespace
}  // namespace kaiku::access
