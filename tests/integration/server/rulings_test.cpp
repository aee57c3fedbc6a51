// Uses on unknown cards, and uses that no single card could have given, count when a coordinator
// has accepted them and not before.
#include <gmock/gmock.h>

#include "schema/contract/card_code.hpp"
#include "server/tables/door_uses.hpp"
#include "server/tables/redemptions.hpp"
#include "tests/integration/server/journal_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Rulings : public ServerTest {
 protected:
  // A paper form; the use's id.
  std::int64_t told(std::string const& card, VenueId venue, Json more = Json::object()) {
    more["occurred_at"] = ago(hour_us);
    auto const reply = redeem(card, venue, more);
    EXPECT_EQ(reply.status, 201) << reply;
    return reply.body.value("redemption_id", std::int64_t{0});
  }
  std::int64_t impossible(Json more = Json::object()) {
    more["tickets"] = {{"adult", 2}};
    return told(net.codes[0], net.museum, more);
  }
  Reply rule(std::int64_t use, bool accepted, std::string const& reason,
             std::string const& who = "coordinator") {
    return post(as(who), "/api/v1/judged-uses/" + std::to_string(use) + "/rulings",
                {{"accepted", accepted}, {"reason", reason}});
  }
  Json annual() { return get(as("museum_staff"), "/api/v1/reports/annual?year=2026").body; }
  int culture() { return annual().at("uses").at("adult").at("culture"); }
  std::vector<std::int64_t> with_standing(std::string const& standing) {
    std::vector<std::int64_t> ids;
    auto const list = get(as("coordinator"), "/api/v1/judged-uses?standing=" + standing);
    for (auto const& use : list.body.at("items")) ids.push_back(use.at("redemption_id"));
    return ids;
  }
  int places_used() {
    return get(as("museum_staff"), "/api/v1/events/" + std::to_string(net.concert.value))
        .body.at("places_used");
  }
};

TEST_F(Rulings, a_use_counts_from_its_acceptance_on) {
  registered(1);
  advance(day_us);
  auto const use = impossible();
  EXPECT_EQ(culture(), 0);
  EXPECT_THAT(with_standing("waiting"), ElementsAre(use));
  EXPECT_EQ(rule(use, true, "paper_seen").body.at("standing"), "accepted");
  EXPECT_EQ(culture(), 2);
  EXPECT_THAT(with_standing("waiting"), IsEmpty());
}

TEST_F(Rulings, a_rejected_use_never_counts) {
  registered(1);
  advance(day_us);
  auto const use = impossible();
  EXPECT_EQ(rule(use, false, "mistyped").body.at("standing"), "rejected");
  EXPECT_EQ(culture(), 0);
  EXPECT_THAT(with_standing("waiting"), IsEmpty());
}

TEST_F(Rulings, an_unknown_card_takes_nobody_into_use_and_no_place_until_accepted) {
  SystemRandom random;
  advance(day_us);
  Json const event{{"event_id", net.concert.value}};
  auto const use = told(contract::CardCode::random(random).text(), net.museum, event);
  EXPECT_EQ(culture(), 0);
  EXPECT_EQ(places_used(), 0);
  EXPECT_EQ(rule(use, true, "venue_confirms").status, 200);
  EXPECT_EQ(culture(), 1);
  EXPECT_EQ(places_used(), 1);
}

TEST_F(Rulings, a_waiting_use_takes_no_ticket_from_its_card) {
  registered(1);
  advance(90 * minute_us);
  Json const event{{"event_id", net.concert.value}};
  auto const use = impossible(event);
  EXPECT_EQ(redeem(net.codes[0], net.museum, event).status, 201) << "no duplicate of it";
  EXPECT_EQ(rule(use, false, "did_not_happen").status, 200);
}

TEST_F(Rulings, a_waiting_use_is_in_no_count_of_a_venue_or_its_doors) {
  registered(1);
  advance(90 * minute_us);
  auto const use = impossible({{"event_id", net.concert.value}});
  struct Counts {
    std::int64_t of_day, of_others, places;
    std::size_t lineages;
    bool operator==(Counts const&) const = default;
  };
  auto const counts = [&] {
    Counts found{};
    write([&](ledger::WriteTx& tx) {
      domain::Actor const a_door{domain::ActorKind::device, 4711};
      found.of_day = tables::count_of_day(tx, net.museum, today()).tickets;
      found.of_others = tables::day_count_of_others(tx, net.museum, today(), {a_door}).tickets;
      found.places = tables::places_of_others(tx, net.concert, {a_door});
      tables::DoorPlace const place{net.museum, net.concert, today()};
      found.lineages = tables::uses_of_others(tx, place, {a_door}).size();
    });
    return found;
  };
  EXPECT_EQ(counts(), (Counts{0, 0, 0, 0}));
  EXPECT_EQ(rule(use, true, "paper_seen").status, 200);
  EXPECT_EQ(counts(), (Counts{2, 2, 2, 1}));
}

TEST_F(Rulings, an_undo_of_a_waiting_use_gives_no_place_back) {
  registered(1);
  registered(2);
  advance(90 * minute_us);
  Json const event{{"event_id", net.concert.value}};
  auto const use = impossible(event);
  ASSERT_EQ(redeem(net.codes[1], net.museum, event).status, 201);
  EXPECT_EQ(
      post(agent(), "/api/v1/redemptions/" + std::to_string(use) + "/void", {{"reason", "mistake"}})
          .status,
      200);
  EXPECT_EQ(places_used(), 1);
  EXPECT_EQ(rule(use, true, "paper_seen").status, 409) << "undone";
}

TEST_F(Rulings, are_made_once_with_a_reason_of_their_own_by_those_in_charge) {
  registered(1);
  advance(day_us);
  auto const use = impossible();
  auto const fine = told(net.codes[0], net.museum);
  EXPECT_THAT(rule(use, true, "mistyped").faults(), ElementsAre("/reason not_an_option"));
  EXPECT_THAT(rule(use, false, "paper_seen").faults(), ElementsAre("/reason not_an_option"));
  EXPECT_EQ(rule(use, true, "paper_seen", "far_coordinator").status, 404);
  EXPECT_EQ(rule(use, true, "paper_seen", "museum_staff").status, 403);
  EXPECT_EQ(rule(fine, true, "paper_seen").status, 409) << "it counts already";
  EXPECT_EQ(rule(999'999, true, "paper_seen").status, 404);
  EXPECT_THAT(with_standing("waiting"), ElementsAre(use));
  EXPECT_THAT(with_standing("counted"), ElementsAre(fine));
  ASSERT_EQ(rule(use, true, "paper_seen").status, 200);
  EXPECT_EQ(rule(use, false, "mistyped").status, 409);
  EXPECT_THAT(with_standing("accepted"), ElementsAre(use));
}

TEST_F(Rulings, the_eleventh_use_of_a_card_on_a_day_waits) {
  registered(1);
  advance(day_us);
  for (int n = 0; n < 10; ++n) told(net.codes[0], net.museum);
  EXPECT_EQ(culture(), 10);
  EXPECT_THAT(with_standing("waiting"), ElementsAre(told(net.codes[0], net.museum)));
}

TEST_F(Rulings, the_page_asks_for_each_and_takes_a_choice) {
  registered(1);
  advance(day_us);
  auto const use = std::to_string(impossible());
  EXPECT_THAT(get(as("coordinator"), "/judged").text, HasSubstr("name=\"ruling-" + use + "\""));
  std::string csrf;
  for (auto const& [name, value] : as("coordinator")) {
    if (name == "X-CSRF-Token") csrf = value;
  }
  // Each form leads on to a page of its own, faults too.
  auto const after = [&](std::string const& choice) {
    auto const form_id = to_hex(SystemRandom().bytes<16>());
    auto const ruling = "&use=" + use + "&ruling-" + use + "=" + choice;
    auto const sent =
        send(as("coordinator"), "POST", "/judged", "csrf=" + csrf + "&form_id=" + form_id + ruling,
             {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(sent.status, 303) << sent;
    return get(as("coordinator"), sent.header("location")).text;
  };
  auto const faulty = after("");
  EXPECT_THAT(faulty, HasSubstr("<title>Virhe: "));
  EXPECT_THAT(faulty, HasSubstr("<a href=\"#ruling-" + use + "\">"));
  EXPECT_EQ(culture(), 0);
  EXPECT_THAT(after("accepted%3Apaper_seen"), HasSubstr("Käyttökerta on hyväksytty."));
  EXPECT_EQ(culture(), 2);
  EXPECT_THAT(get(as("coordinator"), "/judged").text, Not(HasSubstr("name=\"ruling-")));
  EXPECT_THAT(after("rejected%3Amistyped"), HasSubstr("Tämä on jo ratkaistu tai peruttu."));
  EXPECT_EQ(culture(), 2);
}

TEST_F(Rulings, a_waiting_use_takes_no_card_into_use) {
  for (std::size_t n = 1; n <= 10; ++n) registered(n);
  advance(day_us);
  for (std::size_t n = 0; n < 5; ++n) {
    Json const form{{"occurred_at", ago(hour_us)}, {"tickets", {{"adult", 2}}}};
    EXPECT_EQ(redeem(net.codes[n], net.museum, form).body.at("verdict"), "implausible");
  }
  auto const year = get(as("coordinator"), "/api/v1/reports/annual?year=2026").body;
  EXPECT_EQ(year.at("registered"), 10) << year;
  EXPECT_EQ(year.at("taken_into_use"), 0);
}

}  // namespace
}  // namespace kaiku::test
