// Who has read what: for whoever looks after an area, and for a holder who asks.
#include <gmock/gmock.h>

#include "tests/integration/server/browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto none = "Näillä valinnoilla ei ole katseluja.";

class ReadsPages : public Browsing {
 protected:
  ReadsPages() : code_(registered(1)) {}
  void look() {
    auto const looked = get(as("worker"), "/api/v1/cards/" + code_);
    EXPECT_EQ(looked.status, 200) << looked;
  }
  std::string reads(std::string const& query = "", std::string const& who = "coordinator") {
    auto const page = get(as(who), "/reads" + query);
    EXPECT_EQ(page.status, 200) << page;
    return page.text;
  }
  // How the rows name their cards, from the top.
  static std::vector<std::string> marks_in(std::string const& html) {
    static std::string const cell = "data-label=\"Kortti\">";
    std::vector<std::string> marks;
    for (auto at = html.find(cell); at != html.npos; at = html.find(cell, at + 1)) {
      auto const begin = at + cell.size();
      marks.push_back(html.substr(begin, html.find('<', begin) - begin));
    }
    return marks;
  }

  std::string code_;
};

TEST_F(ReadsPages, say_who_looked_at_a_card_without_naming_it) {
  EXPECT_THAT(reads(), HasSubstr(none));
  look();
  auto const page = reads();
  EXPECT_THAT(page,
              AllOf(HasSubstr("1 katselu"), HasSubstr(">worker<"), HasSubstr(">katselu<"),
                    Not(HasSubstr(code_)), Not(HasSubstr("…" + code_.substr(code_.size() - 3)))));
  EXPECT_THAT(reads("", "far_coordinator"), HasSubstr(none));
  EXPECT_THAT(reads("", "national"), HasSubstr(">worker<"));
  EXPECT_THAT(reads("?area=POHJOLA", "national"), HasSubstr(none));
}

TEST_F(ReadsPages, mark_a_card_for_one_page_alone) {
  look();
  advance(6 * minute_us);
  look();
  auto const first = marks_in(reads());
  auto const again = marks_in(reads());
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0], first[1]) << "the same card";
  EXPECT_NE(first[0], again.at(0));
}

TEST_F(ReadsPages, are_narrowed_by_office_account_kind_and_day) {
  look();
  auto const office = std::to_string(net.office.value);
  auto const worker = std::to_string(account("worker").value);
  EXPECT_THAT(reads("?office=" + office),
              AllOf(Not(HasSubstr(none)), HasSubstr(">worker</option>")));
  EXPECT_THAT(reads("?office=" + std::to_string(net.other_office.value)), HasSubstr(none));
  EXPECT_THAT(reads("?account=" + worker), Not(HasSubstr(none)));
  EXPECT_THAT(reads("?account=" + std::to_string(account("other_worker").value)), HasSubstr(none));
  EXPECT_THAT(reads("?kind=look"), Not(HasSubstr(none)));
  EXPECT_THAT(reads("?kind=letter"), HasSubstr(none));
  EXPECT_THAT(reads("?to=14.6.2026"), HasSubstr(none));
  EXPECT_THAT(reads("?from=eilen"), AllOf(HasSubstr("<title>Virhe: "), HasSubstr("from-fault")));
  advance(31 * day_us);
  EXPECT_THAT(reads(), HasSubstr(none)) << "thirty days where nobody says otherwise";
  EXPECT_THAT(reads("?from=15.6.2026"), Not(HasSubstr(none)));
}

TEST_F(ReadsPages, tell_a_list_that_left_as_a_file_from_one_that_was_shown) {
  give_password("worker");
  advance(80 * day_us);
  auto worker = browser_of("worker");
  worker.open("/cards/unused");
  EXPECT_EQ(worker.submit("Vie CSV-tiedostoon", {{"one_time_code", totp("worker")}}).status, 200);
  auto const cell = [](std::string const& word) { return "data-label=\"Laji\">" + word + "</td>"; };
  EXPECT_THAT(reads("?kind=export"),
              AllOf(HasSubstr("1 katselu"), HasSubstr(cell("vienti")), HasSubstr("1 kortti")));
  EXPECT_THAT(reads("?kind=list"), AllOf(HasSubstr("1 katselu"), HasSubstr(cell("lista")),
                                         Not(HasSubstr(cell("vienti")))));
}

TEST_F(ReadsPages, put_a_workers_number_beside_the_offices_median) {
  for (int n = 0; n < 3; ++n) {
    look();
    advance(6 * minute_us);
  }
  auto const page = reads();
  EXPECT_THAT(page, HasSubstr("data-label=\"Katseluja\">3</td>"));
  EXPECT_THAT(page, HasSubstr("data-label=\"Toimipisteen mediaani\">"));
}

TEST_F(ReadsPages, tell_a_holder_who_asks_who_has_looked) {
  auto worker = browser_of("worker");
  worker.open("/card");
  auto const card = worker.submit("name=\"card\"", {{"card", code_}}).text;
  auto const begin = card.find("/card/reads?k=");
  ASSERT_NE(begin, std::string::npos);
  auto const link = card.substr(begin, card.find('"', begin) - begin);
  EXPECT_THAT(worker.open(link).text,
              AllOf(HasSubstr("Kuka on katsonut kortin tietoja"), HasSubstr(">worker<"),
                    HasSubstr(">katselu<"), HasSubstr("Mikkelin sosiaaliasema")));
  advance(6 * minute_us);
  auto const before = sequence();
  worker.open(link);
  EXPECT_EQ(sequence(), before + 1) << "this look is a look";
  EXPECT_EQ(get(as("other_worker"), link).status, 303) << "sealed for who was shown it";
}

}  // namespace
}  // namespace kaiku::test
