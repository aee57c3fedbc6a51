#include "server/pages/frame/name_order.hpp"

#include <gmock/gmock.h>

namespace kaiku::pages {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> sorted(std::vector<std::string> names) {
  sort_by_name(names, [](std::string const& name) { return name; });
  return names;
}

TEST(NameOrder, puts_the_letters_of_finnish_and_swedish_after_z) {
  EXPECT_THAT(sorted({"Öja", "Äänekoski", "Zürich", "Åbo", "Ylivieska", "Aura"}),
              ElementsAre("Aura", "Ylivieska", "Zürich", "Åbo", "Äänekoski", "Öja"));
}

TEST(NameOrder, takes_capitals_and_small_letters_for_the_same) {
  EXPECT_THAT(sorted({"vesihiisi", "Arktikum", "älä", "Uimahalli", "Ääni"}),
              ElementsAre("Arktikum", "Uimahalli", "vesihiisi", "älä", "Ääni"));
}

TEST(NameOrder, puts_the_letters_of_the_sami_languages_after_their_base) {
  EXPECT_THAT(
      sorted({"Đuottar", "Dávvi", "Čearru", "Cuoma", "Ánar", "Anda", "Šaldi", "Suorvi"}),
      ElementsAre("Ánar", "Anda", "Cuoma", "Čearru", "Dávvi", "Đuottar", "Suorvi", "Šaldi"));
}

TEST(NameOrder, lives_with_bytes_that_are_no_text) {
  EXPECT_EQ(order_key("a\xff"), "a\xff");
  EXPECT_EQ(order_key(""), "");
}

}  // namespace
}  // namespace kaiku::pages
