// Giving a card on the pages, from the scan to the letter in the holder's hand.
#include <gmock/gmock.h>

#include "server/domain/handover.hpp"
#include "server/tables/handovers.hpp"
#include "tests/integration/server/worker_pages.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using HandoverPages = WorkerPages;

TEST_F(HandoverPages, give_a_stock_card_and_show_what_the_holder_gets) {
  auto const reply = form("worker", "/cards/new", filled(net.codes[0]));
  auto const address = reply.header("location");
  EXPECT_THAT(address, ::testing::MatchesRegex("/cards/handovers/[0-9a-f]{32}"));
  auto const page = get(as("worker"), address);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.text, AllOf(HasSubstr("Kortti on annettu"), HasSubstr(net.codes[0]),
                               HasSubstr("14.6.2027"), HasSubstr("Mikkeli 50100")));
  EXPECT_THAT(page.text, HasSubstr("Kortit (luovuttamatta 1)"));
  auto const recovery = recovery_code_on(page.text);
  EXPECT_EQ(recovery.size(), 8u);
  keep_secret(recovery);
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + recovery).body.at("code"), net.codes[0]);
  EXPECT_EQ(recovery_code_on(get(as("worker"), address).text), recovery)
      << "a reload shows the same";
}

TEST_F(HandoverPages, show_the_code_until_somebody_of_the_office_has_handed_it_over) {
  auto const address = given(1);
  auto const recovery = recovery_code_on(get(as("worker"), address).text);
  keep_secret(recovery);
  EXPECT_EQ(form("other_worker", address, {{"act", "letter"}}).status, 404);
  EXPECT_EQ(get(as("other_worker"), address).status, 404);
  advance(3 * hour_us);
  auto const page = followed("worker", form("worker", address, {{"act", "paper"}}));
  EXPECT_THAT(page.text, HasSubstr("Varakoodi on luovutettu 15.6.2026 klo 15.00."));
  EXPECT_THAT(page.text, Not(HasSubstr(recovery)));
  EXPECT_THAT(page.text, Not(HasSubstr("luovuttamatta")));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + recovery).status, 200) << "the holder has it";
  auto const before = sequence();
  followed("worker", form("worker", address, {{"act", "letter"}}));
  EXPECT_EQ(sequence(), before) << "sent twice, done once";
}

TEST_F(HandoverPages, list_what_the_office_has_not_handed_over) {
  auto const nothing = get(as("worker"), "/cards/handovers");
  EXPECT_THAT(nothing.text, HasSubstr("Kaikki kirjeet on luovutettu."));
  auto const first = given(1);
  auto const second = given(2);
  auto const list = get(as("worker"), "/cards/handovers").text;
  EXPECT_THAT(list, AllOf(HasSubstr("Luovuttamatta: 2"), HasSubstr(first), HasSubstr(second)));
  EXPECT_THAT(list, Not(HasSubstr(net.codes[0])));
  EXPECT_THAT(get(as("other_worker"), "/cards/handovers").text, Not(HasSubstr(first)));
  form("worker", first, {{"act", "letter"}});
  EXPECT_THAT(get(as("worker"), "/cards/handovers").text,
              AllOf(Not(HasSubstr(first)), HasSubstr(second)));
  EXPECT_EQ(get(as("worker"), "/cards/done").header("location"), "/cards/handovers");
}

TEST_F(HandoverPages, of_twenty_cards_in_a_row_leave_twenty_hand_overs) {
  std::string address = "/cards/new";
  for (std::size_t i = 0; i < 20; ++i) {
    auto const scanned = form("worker", "/cards/new", {{"card", net.tokens.at(i)}});
    auto const page = followed("worker", scanned);
    EXPECT_THAT(page.text, HasSubstr("value=\"" + net.codes.at(i) + "\"")) << i;
    EXPECT_THAT(scanned.header("location"), StartsWith("/cards/new?k="));
    address = given(i + 1);
  }
  EXPECT_THAT(get(as("worker"), address).text, HasSubstr("Kortit (luovuttamatta 20)"));
}

TEST_F(HandoverPages, of_an_id_that_is_none_are_not_found) {
  for (auto const* path : {"/cards/handovers/1", "/cards/handovers/zz",
                           "/cards/handovers/00000000000000000000000000000000"}) {
    EXPECT_EQ(get(as("worker"), path).status, 404) << path;
    EXPECT_EQ(form("worker", path, {{"act", "letter"}}).status, 404) << path;
  }
  EXPECT_EQ(form("worker", given(1), {{"act", "burn"}}).status, 400);
}

TEST_F(HandoverPages, write_who_looked_at_the_card) {
  auto const address = given(1);
  auto const before = sequence();
  get(as("worker"), address);
  EXPECT_EQ(sequence(), before + 1);
  get(as("worker"), address);
  EXPECT_EQ(sequence(), before + 1) << "once in five minutes";
  advance(6 * minute_us);
  get(as("worker"), address);
  EXPECT_EQ(sequence(), before + 2);
}

TEST_F(HandoverPages, forget_a_code_that_waited_for_fourteen_days) {
  auto const address = given(1);
  auto const recovery = recovery_code_on(get(as("worker"), address).text);
  auto const wipe = [this] {
    write([](ledger::WriteTx& tx) {
      tables::forget_recovery_codes_before(tx, tx.now() + -domain::recovery_code_kept_us);
    });
  };
  advance(14 * day_us);
  wipe();
  EXPECT_EQ(recovery_code_on(get(as("worker"), address).text), recovery);
  advance(second_us);
  wipe();
  auto const page = get(as("worker"), address).text;
  EXPECT_THAT(page, AllOf(Not(HasSubstr(recovery)), HasSubstr("odotti 14 päivää"),
                          HasSubstr("Kirje luovutettu"), Not(HasSubstr("paperille"))));
  EXPECT_THAT(page, HasSubstr("Kortit (luovuttamatta 1)"));
}

TEST_F(HandoverPages, show_the_qr_of_a_made_card_alone_and_never_beside_the_recovery_code) {
  auto const made = form("worker", "/cards/new",
                         {{"form_id", id()},
                          {"make", "1"},
                          {"birth_year", "1985"},
                          {"children", "0"},
                          {"postcode", "50100"}})
                        .header("location");
  auto const page = get(as("worker"), made).text;
  EXPECT_THAT(page, AllOf(HasSubstr(made + "/qr"), Not(HasSubstr("<svg"))));
  auto const recovery = recovery_code_on(page);
  auto const qr = get(as("worker"), made + "/qr");
  EXPECT_EQ(qr.status, 200);
  EXPECT_THAT(qr.text, AllOf(HasSubstr("<svg"), Not(HasSubstr(recovery))));
  EXPECT_EQ(get(as("other_worker"), made + "/qr").status, 404);
  EXPECT_EQ(get(as("worker"), given(1) + "/qr").status, 404) << "a stock card has its own";
}

TEST_F(HandoverPages, undo_a_registration_for_ten_minutes) {
  auto const address = given(1);
  auto const page = get(as("worker"), address).text;
  EXPECT_THAT(page, HasSubstr("Korjata ja perua voi klo 12.10 asti."));
  auto const recovery = recovery_code_on(page);
  keep_secret(recovery);
  EXPECT_EQ(form("other_worker", address, {{"act", "undo"}}).status, 404);
  advance(10 * minute_us);
  auto const undone = followed("worker", form("worker", address, {{"act", "undo"}})).text;
  EXPECT_THAT(undone, AllOf(HasSubstr("Antaminen on peruttu"), HasSubstr("taas varastossa"),
                            Not(HasSubstr(net.codes[0])), Not(HasSubstr("luovuttamatta"))));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + recovery).status, 404);
  EXPECT_EQ(check(net.codes[0], net.pool).answer(), "not_registered");
  auto const before = sequence();
  followed("worker", form("worker", address, {{"act", "undo"}}));
  EXPECT_EQ(sequence(), before) << "sent twice, done once";
  EXPECT_NE(given(1), address) << "the card is given anew";
}

TEST_F(HandoverPages, say_that_it_is_too_late_to_undo) {
  auto const late = given(1);
  auto const used = given(2);
  EXPECT_EQ(redeem(net.codes[1], net.pool).status, 201);
  for (auto const& address : {used, late}) {
    auto const before = sequence();
    auto const page = followed("worker", form("worker", address, {{"act", "undo"}})).text;
    EXPECT_THAT(page,
                AllOf(HasSubstr("<title>Virhe: Kortti on annettu"),
                      HasSubstr("Antamista ei voi enää perua. Korjaa tiedot tai estä kortti."),
                      Not(HasSubstr("value=\"undo\""))));
    EXPECT_EQ(sequence(), before + 1) << "a look at the card";
    advance(11 * minute_us);
  }
}

TEST_F(HandoverPages, are_counted_in_no_figure_once_undone) {
  auto const figures = [this] {
    return get(as("admin"), "/api/v1/reports/annual?year=2026").body.at("registered");
  };
  for (std::size_t i = 1; i <= 6; ++i) given(i);
  EXPECT_EQ(figures(), 6);
  form("worker", given(7), {{"act", "undo"}});
  EXPECT_EQ(figures(), 6);
}

}  // namespace
}  // namespace kaiku::test
