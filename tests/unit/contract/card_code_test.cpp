#include "schema/contract/card_code.hpp"

#include <gtest/gtest.h>

#include <span>
#include <stdexcept>
#include <vector>

#include "schema/codec/personal_identity_code.hpp"

namespace kaiku::contract {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t length = 12;

// Multiplication in GF(32) mod x⁵+x²+1, written apart from the code under test.
unsigned product(unsigned a, unsigned b) {
  unsigned sum = 0;
  for (unsigned bit = 0; bit < 5; ++bit) {
    if ((b >> bit & 1U) != 0) sum ^= a << bit;
  }
  for (unsigned bit = 9; bit >= 5; --bit) {
    if ((sum >> bit & 1U) != 0) sum ^= 0b100101U << (bit - 5);
  }
  return sum;
}

unsigned weight(std::size_t position) {
  unsigned power = 1;
  for (std::size_t i = 0; i < position; ++i) power = product(power, 2);
  return power;
}

bool accepted(std::string const& code) { return CardCode::parse(code).has_value(); }

// A right code with digits `d` at `at` and `e` at `at + 1`: a digit elsewhere makes the sum fit.
std::string code_with(std::size_t at, char d, char e) {
  std::string code(length, '0');
  code[at] = d;
  if (at + 1 < code.size()) code[at + 1] = e;
  std::size_t const free = at == 0 ? length - 1 : 0;
  for (char const digit : alphabet) {
    code[free] = digit;
    if (accepted(code)) return code;
  }
  ADD_FAILURE() << "no digit makes a code right";
  return code;
}

TEST(CardCode, has_digits_whose_weighted_sum_is_zero) {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    std::string const code = CardCode::random(random).canonical();
    ASSERT_EQ(code.size(), length);
    unsigned sum = 0;
    for (std::size_t at = 0; at < code.size(); ++at) {
      sum ^= product(static_cast<unsigned>(alphabet.find(code[at])), weight(at));
    }
    ASSERT_EQ(sum, 0U) << code;
  }
}

TEST(CardCode, comes_back_from_all_its_text_forms) {
  SeededRandom random(2);
  for (int i = 0; i < 1000; ++i) {
    CardCode const code = CardCode::random(random);
    EXPECT_LE(code.bits(), CardCode::max_bits);
    EXPECT_EQ(CardCode::parse(code.text()).value(), code);
    EXPECT_EQ(CardCode::parse(code.canonical()).value(), code);
    EXPECT_EQ(CardCode::from_bits(code.bits()), code);
  }
}

TEST(CardCode, has_55_bits_and_shows_them_in_three_groups_of_four) {
  EXPECT_EQ(CardCode::max_bits, (std::uint64_t{1} << 55) - 1);
  EXPECT_EQ(CardCode::from_bits(0).text(), "0000-0000-0000");
  CardCode const code = CardCode::from_bits(0x23456789abcdefULL);
  EXPECT_EQ(code.canonical(), "8T5CY4TQKFFN");
  EXPECT_EQ(code.text(), "8T5C-Y4TQ-KFFN");
}

// Gives numbers in their order, as next64 would draw them.
class GivenRandom final : public Random {
 public:
  explicit GivenRandom(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<std::uint8_t>(numbers_.at(next_) >> (8 * (out.size() - 1 - i)));
    }
    ++next_;
  }

 private:
  std::vector<std::uint64_t> numbers_;
  std::size_t next_ = 0;
};

TEST(CardCode, is_never_drawn_in_the_shape_of_a_personal_identity_code) {
  std::uint64_t const at_the_start = CardCode::parse("131052A308TT").value().bits();
  std::uint64_t const at_the_end = CardCode::parse("R131052A308T").value().bits();
  GivenRandom random({at_the_start, at_the_end, 77, 78});
  EXPECT_EQ(CardCode::random(random).bits(), 77U);
  EXPECT_EQ(CardCode::random(random).bits(), 78U);
}

// The twelfth character is the one that the eleven before it ask for.
CardCode beginning_with(std::string const& eleven) {
  for (char const last : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
    if (auto const code = CardCode::parse(eleven + last)) return code.value();
  }
  throw std::logic_error("no card code begins so");
}

TEST(CardCode, is_never_drawn_with_a_personal_identity_code_without_a_sign) {
  std::vector<std::uint64_t> drawn;
  for (auto const* const eleven : {"131052901XT", "T131052901X", "RT131052901"}) {
    drawn.push_back(beginning_with(eleven).bits());
  }
  // Of the third the twelfth character is no X.
  EXPECT_NE(CardCode::from_bits(drawn.back()).canonical().back(), 'X');
  GivenRandom random(drawn);
  EXPECT_EQ(CardCode::random(random).bits(), drawn.back());
}

// In groups of four it is no code, whatever it holds: an old card is never turned away.
TEST(CardCode, is_not_taken_for_a_personal_identity_code_without_a_sign) {
  for (auto const* const eleven : {"131052901XT", "T131052901X", "1310529063T"}) {
    auto const code = beginning_with(eleven);
    auto const plain = code.canonical();
    auto const in_groups = [&](std::string const& between) {
      return plain.substr(0, 4) + between + plain.substr(4, 4) + between + plain.substr(8);
    };
    for (auto const* const between : {"", "-", " ", "  ", " - ", ".", "\xc2\xa0", "\xe2\x80\x93"}) {
      EXPECT_FALSE(codec::contains_personal_identity_code(in_groups(between)))
          << in_groups(between);
      EXPECT_FALSE(codec::contains_personal_identity_code("Kortti " + in_groups(between) + "."));
    }
  }
}

TEST(CardCode, of_many_is_none_taken_for_a_personal_identity_code) {
  SeededRandom random(131052);
  for (int i = 0; i < 20'000; ++i) {
    auto const code = CardCode::random(random);
    ASSERT_FALSE(codec::contains_personal_identity_code(code.canonical()));
    ASSERT_FALSE(codec::contains_personal_identity_code(code.text()));
    // Of the digits up to seven, as the few are that come near.
    auto const digits = CardCode::from_bits(code.bits() & 0x1ce739ce739ce7ULL);
    ASSERT_FALSE(codec::contains_personal_identity_code(digits.text())) << digits.text();
  }
}

TEST(CardCode, covers_the_ends_of_its_range) {
  EXPECT_EQ(CardCode::from_bits(CardCode::max_bits).canonical().substr(0, 11), "ZZZZZZZZZZZ");
  EXPECT_EQ(CardCode::parse(CardCode::from_bits(CardCode::max_bits).text()).value().bits(),
            CardCode::max_bits);
  EXPECT_EQ(CardCode::from_bits(std::uint64_t{1} << 50).canonical()[0], '1');
}

TEST(CardCode, shows_the_last_three_characters_after_use) {
  CardCode const code = CardCode::from_bits(0x123456789abcdULL);
  EXPECT_EQ(code.short_form(), "…" + code.canonical().substr(9));
}

TEST(CardCode, is_read_in_any_case_with_spaces_and_hyphens_and_look_alikes) {
  SeededRandom random(3);
  int with_look_alikes = 0;
  for (int i = 0; i < 2000; ++i) {
    CardCode const code = CardCode::random(random);
    std::string lower = code.text();
    std::string typed;
    for (char& c : lower) {
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      typed += c == '0' ? (i % 2 == 0 ? 'o' : 'O') : c == '1' ? "iIlL"[i % 4] : c;
      if (i % 3 == 0) typed += ' ';
      with_look_alikes += c == '0' || c == '1' ? 1 : 0;
    }
    ASSERT_EQ(CardCode::parse(lower).value(), code);
    ASSERT_EQ(CardCode::parse(typed).value(), code) << typed;
    ASSERT_EQ(CardCode::parse("  " + code.canonical() + " - ").value(), code);
  }
  EXPECT_GT(with_look_alikes, 100);
}

TEST(CardCode, is_unreadable_with_wrong_lengths_and_foreign_characters) {
  std::string const good = CardCode::from_bits(42).canonical();
  for (std::string const& text :
       {std::string(), std::string("-"), good.substr(0, 11), good.substr(0, 10), good + "0",
        good + good, good.substr(1) + "U", good.substr(1) + "u", good.substr(1) + "*", good + "\n",
        good + "\t", good + std::string(1, '\0'),
        good.substr(0, 5) + "\xe2\x80\x93" + good.substr(5), good + "\xc3\xa4",
        "0042-0317 " + good}) {
    auto const read = CardCode::parse(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().problem, Problem::unreadable);
    EXPECT_EQ(read.error().detail.find(good), std::string::npos) << "an error repeats no code";
  }
}

TEST(CardCode, has_a_check_that_no_substitution_and_no_swap_can_pass_by_algebra) {
  for (std::size_t at = 0; at < length; ++at) {
    for (unsigned d = 0; d < 32; ++d) {
      for (unsigned e = 0; e < 32; ++e) {
        if (d == e) continue;
        EXPECT_NE(product(d ^ e, weight(at)), 0U);
        if (at + 1 < length) {
          EXPECT_NE(product(d ^ e, weight(at) ^ weight(at + 1)), 0U);
        }
      }
    }
  }
}

// The sum is linear, so a substitution is caught in every code when it is caught in one.
TEST(CardCode, catches_every_substitution_of_every_digit_at_every_place) {
  int tried = 0;
  for (std::size_t at = 0; at < length; ++at) {
    for (char const d : alphabet) {
      std::string const code = code_with(at, d, '0');
      for (char const e : alphabet) {
        if (d == e) continue;
        std::string changed = code;
        changed[at] = e;
        EXPECT_FALSE(accepted(changed)) << code << " " << changed;
        ++tried;
      }
    }
  }
  EXPECT_EQ(tried, 12 * 32 * 31);
}

TEST(CardCode, catches_every_swap_of_neighbours) {
  int tried = 0;
  for (std::size_t at = 0; at + 1 < length; ++at) {
    for (char const d : alphabet) {
      for (char const e : alphabet) {
        if (d == e) continue;
        std::string changed = code_with(at, d, e);
        std::swap(changed[at], changed[at + 1]);
        EXPECT_FALSE(accepted(changed)) << changed;
        ++tried;
      }
    }
  }
  EXPECT_EQ(tried, 11 * 32 * 31);
}

TEST(CardCode, catches_every_substitution_and_swap_in_random_codes) {
  SeededRandom random(4);
  for (int i = 0; i < 300; ++i) {
    std::string const code = CardCode::random(random).canonical();
    for (std::size_t at = 0; at < code.size(); ++at) {
      for (char const digit : alphabet) {
        std::string changed = code;
        changed[at] = digit;
        ASSERT_EQ(accepted(changed), changed == code) << code << " " << changed;
      }
      if (at + 1 == code.size()) continue;
      std::string swapped = code;
      std::swap(swapped[at], swapped[at + 1]);
      ASSERT_EQ(accepted(swapped), swapped == code) << code << " " << swapped;
    }
  }
}

}  // namespace
}  // namespace kaiku::contract
