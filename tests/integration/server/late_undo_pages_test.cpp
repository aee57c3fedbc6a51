// A ticket whose quarter of an hour is over: the venue asks, a coordinator decides, on pages.
#include <gmock/gmock.h>

#include "server/ledger/ledger.hpp"
#include "tests/integration/server/browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto ask = "Pyydä perumista";

class LateUndoPages : public Browsing {
 protected:
  LateUndoPages() {
    code_ = registered(1);
    auto const given = redeem(code_, net.museum);
    EXPECT_EQ(given.status, 201) << given;
    advance(16 * minute_us);
  }
  // Of the first link whose address begins so.
  static std::string link_to(std::string const& html, std::string const& address) {
    auto const at = html.find("href=\"" + address);
    EXPECT_NE(at, std::string::npos) << address;
    if (at == std::string::npos) return "/";
    auto const begin = at + 6;
    return html.substr(begin, html.find('"', begin) - begin);
  }
  std::string asking() { return link_to(day().text, "/undo-requests/new?k="); }
  Reply day() { return get(as("museum_staff"), "/venue"); }
  void ask_for(std::string const& reason) {
    auto staff = browser_of("museum_staff");
    staff.open(asking());
    EXPECT_THAT(staff.submit(ask, {{"reason", reason}}).text,
                AllOf(HasSubstr("Lipun perumista on pyydetty."), HasSubstr(">Pyydetty</td>")));
  }
  PageBrowser deciding() {
    auto coordinator = browser_of("coordinator");
    coordinator.open("/undo-requests");
    auto const shown = link_to(coordinator.page().text, "/undo-requests?request=");
    coordinator.open(shown);
    return coordinator;
  }

  std::string code_;
};

TEST_F(LateUndoPages, are_asked_for_with_a_reason_after_the_quarter_of_an_hour) {
  redeem(code_, net.pool);
  EXPECT_THAT(get(as("pool_staff"), "/venue").text, Not(HasSubstr(ask))) << "too early";
  auto staff = browser_of("museum_staff");
  staff.open(asking());
  auto const before = sequence();
  EXPECT_THAT(staff.submit(ask).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("Valitse, miksi lippu pitäisi perua.")));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(staff.submit(ask, {{"reason", "not_entered"}}).text,
              AllOf(HasSubstr("Lipun perumista on pyydetty."), Not(HasSubstr(ask))));
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(LateUndoPages, are_undone_by_the_areas_coordinator_who_sees_no_card) {
  ask_for("wrong_card");
  EXPECT_THAT(get(as("coordinator"), "/area").text, HasSubstr("1 perumispyyntö odottaa."));
  EXPECT_THAT(get(as("far_coordinator"), "/area").text, Not(HasSubstr("perumispyyntö odottaa")));
  auto const list = get(as("coordinator"), "/undo-requests").text;
  EXPECT_THAT(list, AllOf(HasSubstr("museum_staff"), HasSubstr("Väärä kortti"),
                          Not(HasSubstr("…" + code_.substr(code_.size() - 3)))));
  auto coordinator = deciding();
  auto const before = sequence();
  EXPECT_THAT(coordinator.submit("Peru lippu", {{"act", "undo"}, {"reason", "mistake"}}).text,
              HasSubstr("Lippu on peruttu."));
  EXPECT_EQ(sequence(), before + 2) << "the undoing and the decision";
  EXPECT_THAT(day().text, HasSubstr(">Peruttu</td>"));
  EXPECT_THAT(get(as("coordinator"), "/area").text, Not(HasSubstr("perumispyyntö odottaa")));
}

TEST_F(LateUndoPages, that_are_refused_stay_and_are_not_asked_for_again) {
  auto const link = asking();
  ask_for("mistake");
  auto coordinator = deciding();
  EXPECT_THAT(coordinator.submit("Älä peru lippua", {{"act", "keep"}, {"reason", "mistake"}}).text,
              HasSubstr("Lippua ei peruttu."));
  EXPECT_THAT(day().text, AllOf(HasSubstr(">Ei peruttu</td>"), Not(HasSubstr(ask))));
  auto staff = browser_of("museum_staff");
  EXPECT_THAT(staff.open(link).text, HasSubstr("Tämän lipun perumista on jo pyydetty."));
}

TEST_F(LateUndoPages, wait_no_longer_once_the_ticket_was_undone_elsewhere) {
  ask_for("mistake");
  auto const use = get(as("coordinator"), "/undo-requests").text;
  auto const number = link_to(use, "/undo-requests?request=");
  write([](ledger::WriteTx& tx) {
    auto query = tx.prepare("SELECT redemption_id FROM undo_request");
    ASSERT_TRUE(query.step());
    RedemptionId const id{query.integer(0)};
    ledger::append(tx, {}, ledger::UseUndone{id, "mistake"});
  });
  EXPECT_THAT(get(as("coordinator"), "/undo-requests").text,
              HasSubstr("Mikään perumispyyntö ei odota."));
  EXPECT_THAT(get(as("coordinator"), number).text, HasSubstr("Pyyntö on jo ratkaistu."));
}

TEST_F(LateUndoPages, are_over_after_sixty_days) {
  ask_for("mistake");
  advance(61 * day_us);
  auto coordinator = deciding();
  auto const before = sequence();
  EXPECT_THAT(coordinator.submit("Peru lippu", {{"act", "undo"}, {"reason", "mistake"}}).text,
              HasSubstr("Lipusta on yli 60 päivää."));
  EXPECT_EQ(sequence(), before);
}

TEST_F(LateUndoPages, of_another_area_are_nobodys) {
  ask_for("mistake");
  auto const shown =
      link_to(get(as("coordinator"), "/undo-requests").text, "/undo-requests?request=");
  EXPECT_EQ(get(as("far_coordinator"), shown).status, 404);
  EXPECT_THAT(get(as("far_coordinator"), "/undo-requests").text,
              HasSubstr("Mikään perumispyyntö ei odota."));
}

}  // namespace
}  // namespace kaiku::test
