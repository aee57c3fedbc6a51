// What the door's line says of itself.
#include "server/pages/venue/door_view.hpp"

#include <gmock/gmock.h>

#include "server/pages/venue/door_faults.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string drawn(PanelStyle style, std::optional<DoorOffer> offer, std::string overrule = "") {
  auto const frame = sample::frame_for(domain::Role::venue_staff, Language::fi);
  DoorCardPage page;
  page.panel.style = style;
  page.offer = std::move(offer);
  page.overrule = std::move(overrule);
  return render(frame, door_card_page(frame, page));
}

TEST(DoorFaults, say_of_children_what_the_answer_says) {
  using contract::Answer;
  for (auto const language : contract::languages) {
    EXPECT_EQ(door_fault(language, "adult_first", 0),
              contract::words_of(Answer::adult_first, {}, language).staff);
    auto const most = door_fault(language, "children_over_limit", 2);
    auto const staff =
        contract::words_of(Answer::children_over_limit, {.children_max = 2}, language).staff;
    ASSERT_TRUE(most);
    EXPECT_TRUE(staff.starts_with(*most)) << staff;
  }
}

TEST(DoorView, names_in_the_line_only_what_there_is_to_give) {
  auto const alone = drawn(PanelStyle::ok, DoorOffer{});
  EXPECT_THAT(alone, AllOf(HasSubstr("Seuraavan kortin tunnus"), HasSubstr("Enter: 1 lippu."),
                           HasSubstr("Uusi kortti: siirrytään siihen.")));
  EXPECT_THAT(alone, AllOf(Not(HasSubstr("Lapset")), Not(HasSubstr("ja Enter:")),
                           Not(HasSubstr("A avustaja")), Not(HasSubstr("K kulttuurikaveri"))));
  auto const one =
      drawn(PanelStyle::ok, DoorOffer{.children_max = 1, .companion = true, .submit = "Anna"});
  EXPECT_THAT(one, AllOf(HasSubstr("Lapset tai seuraava kortti"),
                         HasSubstr("1 ja Enter: aikuinen ja lapsi."),
                         HasSubstr("K kulttuurikaveri."), Not(HasSubstr("2 ja Enter"))));
  auto const many =
      drawn(PanelStyle::ok, DoorOffer{.children_max = 3, .assistants = true, .submit = "Anna"});
  EXPECT_THAT(many, AllOf(HasSubstr("2 ja Enter: aikuinen ja 2 lasta."),
                          HasSubstr("A avustaja, T tulkki."), Not(HasSubstr("K kulttuur"))));
}

TEST(DoorView, promises_children_beside_a_warning_only_where_there_are_some) {
  auto const warning = drawn(PanelStyle::warn, std::nullopt, "already_used_here");
  EXPECT_THAT(warning, AllOf(HasSubstr("P1–P4 ja Enter: anna silti."), Not(HasSubstr("Numero:")),
                             HasSubstr("Seuraavan kortin tunnus")));
  DoorOffer const children{.adult = 0, .children_max = 2, .submit = "Anna"};
  EXPECT_THAT(drawn(PanelStyle::warn, children, "already_used_here"),
              HasSubstr("Numero: vain lapsiliput."));
}

}  // namespace
}  // namespace kaiku::pages
