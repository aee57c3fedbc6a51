#include "server/pages/frame/fields.hpp"

#include <gtest/gtest.h>

#include "schema/contract/card_code.hpp"

namespace kaiku::pages {
namespace {

std::string scanned_from(std::string now, std::string was) {
  FormValues const form({{"card", std::move(now)}, {"card_was", std::move(was)}});
  return std::string(scanned(form, "card"));
}

TEST(ScannedField, drops_the_faulty_code_that_stood_there) {
  EXPECT_EQ(scanned_from("C0C3-FV5H-XX7NABCD-1234-56YZ", "ABCD-1234-56YZ"), "C0C3-FV5H-XX7N");
  EXPECT_EQ(scanned_from("ABCD-1234-56YZ C0C3-FV5H-XX7N", "ABCD-1234-56YZ"), "C0C3-FV5H-XX7N");
}

TEST(ScannedField, leaves_a_correction_by_hand_alone) {
  EXPECT_EQ(scanned_from("ABCD-1234-56YZ", "ABCD-1234-56Y"), "ABCD-1234-56YZ");
  EXPECT_EQ(scanned_from("ABCD-1234-56YZ", "ABCD-1234-56YZ"), "ABCD-1234-56YZ");
  EXPECT_EQ(scanned_from("C0C3-FV5H-XX7N", ""), "C0C3-FV5H-XX7N");
}

TEST(ScannedField, takes_what_is_as_long_as_a_code_for_one_and_nothing_shorter) {
  EXPECT_EQ(scanned_from("C0C3FV5HXX7NABCD", "ABCD"), "C0C3FV5HXX7N");
  EXPECT_EQ(scanned_from("C0C3FV5HXX7ABCD", "ABCD"), "C0C3FV5HXX7ABCD");
}

TEST(IdentityCodes, leave_of_a_field_only_that_there_was_one) {
  FormValues const form({{"year", "131052-308T"}, {"children", "2"}, {"long", "12345678901"}});
  http::FormPairs told;
  for (auto const* name : {"year", "children", "long"}) keep_typed(told, form, name, 2);
  FormValues const page(told);
  EXPECT_EQ(page["year"], "");
  EXPECT_EQ(page["long"], "");
  EXPECT_EQ(page["children"], "2");
  EXPECT_TRUE(holds_identity_code(page, "year"));
  EXPECT_FALSE(holds_identity_code(page, "children"));
}

TEST(IdentityCodes, are_none_inside_what_can_be_read_as_a_card) {
  FormValues const form({{"card", "131052A308TT"}, {"other", "131052A308T"}});
  EXPECT_TRUE(holds_identity_code(form, "card"));
  EXPECT_FALSE(holds_identity_code(form, "card", FieldFor::card));
  EXPECT_TRUE(holds_identity_code(form, "other", FieldFor::card));
}

TEST(UnreadableWord, tells_two_cards_from_one_and_from_none) {
  auto const one = contract::CardCode::from_bits(7).text();
  auto const other = contract::CardCode::from_bits(5).text();
  EXPECT_EQ(unreadable_word(one), "");
  EXPECT_EQ(unreadable_word(one + other), "two");
  EXPECT_EQ(unreadable_word("ABCD"), "unreadable");
  EXPECT_EQ(unreadable_word(other + std::string(longest_reading, ' ')), "unreadable");
}

TEST(FormValues, take_white_space_off_and_read_numbers_strictly) {
  FormValues const form(
      {{"a", "  1985 "}, {"b", "12x"}, {"c", "-1"}, {"d", "9999999999999999999"}});
  EXPECT_EQ(form["a"], "1985");
  EXPECT_EQ(form.number("a"), 1985);
  EXPECT_FALSE(form.number("b"));
  EXPECT_FALSE(form.number("c"));
  EXPECT_FALSE(form.number("d"));
  EXPECT_FALSE(form.number("absent"));
  EXPECT_EQ(number_from("999999999999999999"), 999'999'999'999'999'999);
  for (auto const* text : {"", "-0", "-1", "+1", "1 ", "1a", "1000000000000000000"})
    EXPECT_FALSE(number_from(text)) << text;
  EXPECT_EQ(form["absent"], "");
}

}  // namespace
}  // namespace kaiku::pages
