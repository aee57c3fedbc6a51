#include "server/access/identity/brakes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {
namespace {

using test::HandClock;

class BrakesTest : public ::testing::Test {
 protected:
  static Counted on(Brake brake, std::string_view who) { return {brake, brake_key({who})}; }
  void miss(Counted const& counted, int times) {
    for (int i = 0; i < times; ++i) brakes_.missed(counted);
  }
  // Tries once and misses; how long the try has to wait, 0 when it was admitted.
  int try_once(std::vector<Counted> const& counted) { return try_once(brakes_, counted); }
  static int try_once(Brakes& brakes, std::vector<Counted> const& counted) {
    auto begun = brakes.begin(counted);
    if (!begun) return begun.error().retry_after_s.value_or(-1);
    begun->missed();
    return 0;
  }
  HandClock clock_;
  Brakes brakes_{clock_};
  Counted code_ = on(Brake::typed_code, "device:7");
  Counted pair_ = on(Brake::sign_in_pair, "maija, 192.0.2.0/24");
};

TEST_F(BrakesTest, thirty_misses_an_hour_stop_typed_codes) {
  miss(code_, 29);
  EXPECT_TRUE(brakes_.may(code_));
  miss(code_, 1);
  auto const refused = brakes_.may(code_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, Problem::too_many_requests);
  EXPECT_EQ(refused.error().retry_after_s, 3600);
  EXPECT_TRUE(brakes_.may(on(Brake::typed_code, "device:8")));
}

TEST_F(BrakesTest, a_window_slides) {
  miss(code_, 15);
  clock_.advance(30 * minute_us);
  miss(code_, 15);
  EXPECT_EQ(brakes_.may(code_).error().retry_after_s, 1800);
  clock_.advance(30 * minute_us);
  EXPECT_TRUE(brakes_.may(code_));
  miss(code_, 15);
  EXPECT_FALSE(brakes_.may(code_));
}

TEST_F(BrakesTest, ten_tries_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour) {
  for (int i = 0; i < 10; ++i) ASSERT_EQ(try_once({pair_}), 0);
  for (int const wait : {2, 4, 8, 16, 32, 64}) {
    EXPECT_EQ(try_once({pair_}), wait);
    clock_.advance(wait * second_us);
    EXPECT_EQ(try_once({pair_}), 0) << wait;
  }
  int longest = 0;
  for (int i = 0; i < 30; ++i) {
    auto const wait = try_once({pair_});
    longest = std::max(longest, wait);
    clock_.advance(wait * second_us);
    EXPECT_EQ(try_once({pair_}), 0);  // never a lock
  }
  EXPECT_LE(longest, 900);
  EXPECT_GE(longest, 256);
}

TEST_F(BrakesTest, an_hour_forgives_as_many_as_are_free) {
  for (int i = 0; i < 10; ++i) try_once({pair_});
  clock_.advance(18 * minute_us);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_once({pair_}), 0);
  EXPECT_GT(try_once({pair_}), 0);
}

TEST_F(BrakesTest, a_refused_try_is_kept_nowhere_and_moves_no_running_delay) {
  auto const network = on(Brake::sign_in_network, "192.0.2.0/24");
  for (int i = 0; i < 100; ++i) try_once({network});
  for (int i = 0; i < 1000; ++i) {
    auto const name = on(Brake::sign_in_pair, "name" + std::to_string(i));
    EXPECT_EQ(try_once({network, name}), 2);
  }
  EXPECT_EQ(brakes_.size(Brake::sign_in_pair), 0U);
  EXPECT_EQ(brakes_.size(Brake::sign_in_network), 1U);
}

TEST_F(BrakesTest, a_running_delay_is_never_pushed_out_by_new_keys) {
  auto limits = limit_table;
  for (auto& limit : limits) limit.size = 100;
  Brakes small(clock_, limits);
  for (int i = 0; i < 24; ++i) {
    clock_.advance(try_once(small, {pair_}) * second_us);
  }
  auto const running = try_once(small, {pair_});
  ASSERT_GT(running, 60);
  for (int i = 0; i < 29; ++i) small.missed(code_);
  small.missed(code_);
  for (int i = 0; i < 10'000; ++i) {
    auto const other = "other" + std::to_string(i);
    EXPECT_EQ(try_once(small, {on(Brake::sign_in_pair, other)}), 0);
    small.missed(on(Brake::typed_code, other));
  }
  EXPECT_EQ(small.size(Brake::sign_in_pair), 100U);
  EXPECT_EQ(try_once(small, {pair_}), running);
  EXPECT_FALSE(small.may(code_));
}

TEST_F(BrakesTest, a_try_that_was_never_settled_is_given_back) {
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(brakes_.begin({pair_})) << i;
  EXPECT_EQ(brakes_.size(Brake::sign_in_pair), 0U);
}

TEST_F(BrakesTest, tries_at_the_same_time_count_before_they_are_settled) {
  std::vector<Result<Try>> under_way;
  while (under_way.size() < 100) {
    auto begun = brakes_.begin({pair_});
    if (!begun) break;
    under_way.push_back(std::move(begun));
  }
  EXPECT_EQ(under_way.size(), 24U);
  for (auto& one : under_way) one->missed();
  EXPECT_EQ(try_once({pair_}), 900);
}

TEST_F(BrakesTest, behind_the_free_tries_they_come_one_at_a_time) {
  for (int i = 0; i < 10; ++i) try_once({pair_});
  clock_.advance(2 * second_us);
  auto const first = brakes_.begin({pair_});
  EXPECT_TRUE(first);
  EXPECT_FALSE(brakes_.begin({pair_}));
}

TEST_F(BrakesTest, a_right_password_starts_the_pair_anew_and_gives_the_network_its_try_back) {
  auto const network = on(Brake::sign_in_network, "192.0.2.0/24");
  for (int i = 0; i < 9; ++i) try_once({network, pair_});
  auto begun = brakes_.begin({network, pair_});
  ASSERT_TRUE(begun);
  begun->right();
  EXPECT_EQ(brakes_.size(Brake::sign_in_pair), 0U);
  for (int i = 0; i < 91; ++i) {
    EXPECT_EQ(try_once({network, on(Brake::sign_in_pair, std::to_string(i))}), 0) << i;
  }
  EXPECT_EQ(try_once({network, pair_}), 2);  // nine misses of before still stand
}

TEST(LimitTable, stands_in_the_order_of_its_numbers) {
  for (std::size_t i = 0; i < limit_table.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(limit_table[i].brake), i);
  }
  for (std::size_t i = 0; i < guess_table.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(guess_table[i].what), i);
  }
}

std::string text_of_file(std::string const& path) {
  std::ifstream in(std::string(KAIKU_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(LimitTable, is_what_the_readme_of_the_room_shows) {
  auto const readme = text_of_file("server/access/README.md");
  static constexpr std::array<std::string_view, 3> words{", window", ", day", ", doubling"};
  for (auto const& limit : limit_table) {
    auto const row = "| `" + std::string(limit.name) + "` | " + std::string(limit.counted_per) +
                     " | " + std::to_string(limit.free) +
                     std::string(words.at(static_cast<std::size_t>(limit.growth))) + " | " +
                     std::to_string(limit.at_once) + " | " + std::to_string(limit.size) + " |";
    EXPECT_NE(readme.find(row), std::string::npos) << row;
  }
  for (auto const& guess : guess_table) {
    auto const row = "| " + std::string(guess.name) + " | " + std::string(guess.brakes) + " | " +
                     std::string(guess.same_answer_as) + " |";
    EXPECT_NE(readme.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace kaiku::access
