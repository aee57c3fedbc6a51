#include "server/pages/frame/fields.hpp"

#include <gtest/gtest.h>

namespace kaiku::pages {
namespace {

std::string scanned_from(std::string now, std::string was) {
  FormValues const form({{"card", std::move(now)}, {"card_was", std::move(was)}});
  return std::string(scanned(form, "card"));
}

TEST(ScannedField, drops_the_faulty_code_that_stood_there) {
  EXPECT_EQ(scanned_from("7K3QX-9M2AFABCDE-12345", "ABCDE-12345"), "7K3QX-9M2AF");
  EXPECT_EQ(scanned_from("ABCDE-12345 7K3QX-9M2AF", "ABCDE-12345"), "7K3QX-9M2AF");
}

TEST(ScannedField, leaves_a_correction_by_hand_alone) {
  EXPECT_EQ(scanned_from("ABCDE-12345", "ABCDE-1234"), "ABCDE-12345");
  EXPECT_EQ(scanned_from("ABCDE-12345", "ABCDE-12345"), "ABCDE-12345");
  EXPECT_EQ(scanned_from("7K3QX-9M2AF", ""), "7K3QX-9M2AF");
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
  EXPECT_EQ(form["absent"], "");
}

}  // namespace
}  // namespace kaiku::pages
