// Figures as the API tells them: what runs have published, the running year to those in charge, and
// a venue's own tickets.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "server/reports/annual.hpp"
#include "tests/support/published_runs.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class Reports : public ServerTest {
 protected:
  // Makes cards at an office; gives their codes.
  std::vector<std::string> issue(std::string const& who, int count,
                                 Json const& more = Json::object()) {
    Json body{{"birth_year", 1980}, {"postcode", "50100"}, {"children", 3}};
    body.update(more);
    std::vector<std::string> codes;
    for (int i = 0; i < count; ++i) {
      auto const reply = post(as(who), "/api/v1/cards", body);
      EXPECT_EQ(reply.status, 201) << reply;
      codes.push_back(reply.body.value("code", ""));
    }
    return codes;
  }
  void use(std::vector<std::string> const& codes, VenueId venue, Json const& tickets) {
    for (auto const& code : codes) {
      auto const reply = redeem(code, venue, {{"tickets", tickets}});
      EXPECT_EQ(reply.status, 201) << reply;
    }
  }
  // Ten holders of one office with a use each, with two children and an assistant; ten of another
  // that never use their cards. Nothing but zeros and numbers of five and more.
  void have_a_year() {
    use(issue("worker", 10), net.museum, {{"adult", 1}, {"child", 2}, {"assistant", 1}});
    issue("other_worker", 10);
    issue("far_worker", 10, {{"postcode", "96100"}});
  }
  void publish(std::string const& run) {
    write([&](ledger::WriteTx& tx) { publish_run(tx, run); });
  }
  // On 4 March, as in every year after it.
  void settle_the_year() {
    advance(262 * day_us);
    publish("2026");
  }

  Reply annual_reply(std::string const& query, std::string const& who = "coordinator") {
    return get(as(who), "/api/v1/reports/annual?" + query);
  }
  Json annual(std::string const& query = "year=2026", std::string const& who = "coordinator") {
    auto const reply = annual_reply(query, who);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body;
  }
  Reply usage_reply(std::string const& query, std::string const& who = "coordinator") {
    return get(as(who), "/api/v1/reports/usage?" + query);
  }
  // Of the whole year.
  Json usage(std::string const& query, std::string const& who = "coordinator") {
    auto const reply = usage_reply("from=2026-01-01&to=2026-12-31&" + query, who);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body;
  }
  static std::vector<std::string> suppressed(Json const& report) { return report.at("suppressed"); }
  static std::vector<std::string> keys(Json const& report) {
    std::vector<std::string> found;
    for (auto const& row : report.at("rows")) found.push_back(row.at("key"));
    return found;
  }
};

// --- the running year
// -----------------------------------------------------------------------------

TEST_F(Reports, of_the_running_year_are_exact_for_those_in_charge) {
  auto const codes = issue("worker", 3);
  use({codes.begin(), codes.begin() + 2}, net.pool, {{"adult", 1}, {"child", 1}});
  auto const report = annual();
  EXPECT_EQ(report.at("state"), "working");
  EXPECT_EQ(report.at("area"), "ETELA");
  EXPECT_EQ(report.at("registered"), 3);
  EXPECT_EQ(report.at("taken_into_use"), 2);
  EXPECT_EQ(report.at("usage_rate"), 0.6667);
  EXPECT_EQ(report.at("not_taken_into_use"), 1);
  EXPECT_EQ(report.at("used_of_earlier_years"), nullptr) << "runs tell of them";
  EXPECT_EQ(report.at("active"), nullptr);
  EXPECT_EQ(report.at("uses").at("adult").at("sport"), 2);
  EXPECT_EQ(report.at("uses").at("total"), 4);
  EXPECT_EQ(report.at("municipalities"), 2);
  EXPECT_THAT(suppressed(report),
              UnorderedElementsAre("/used_of_earlier_years", "/active", "/community/cards"));
  EXPECT_EQ(report.at("as_of").at("run"), nullptr);
  EXPECT_EQ(report.at("as_of").at("hash"), nullptr);
  EXPECT_EQ(report.at("as_of").at("sequence"), sequence());
  EXPECT_EQ(annual("", "national").at("registered"), 3) << "this year, when none is named";
  EXPECT_EQ(annual("year=2026&area=POHJOLA", "national").at("registered"), 0);
  EXPECT_EQ(keys(usage("group_by=sector")),
            (std::vector<std::string>{"culture", "education", "science", "sport"}));
  auto const areas = usage("group_by=area", "national");
  EXPECT_EQ(keys(areas), (std::vector<std::string>{"ETELA", "POHJOLA"}));
  EXPECT_EQ(areas.at("rows").at(0).at("label"), "Etelä");
  EXPECT_EQ(areas.at("totals").at("registered"), 3);
  EXPECT_EQ(keys(usage("group_by=area")), std::vector<std::string>{"ETELA"});
}

TEST_F(Reports, of_a_year_that_no_run_has_told_are_not_there) {
  issue("worker", 6);
  EXPECT_EQ(annual("year=2025").at("state"), "working") << "the year before, until it is settled";
  for (auto const* year : {"2024", "2027"}) {
    auto const reply = annual_reply(std::string("year=") + year);
    EXPECT_EQ(reply.status, 404) << reply;
    EXPECT_EQ(reply.body.value("detail", ""), "not-published-yet");
  }
  EXPECT_EQ(annual_reply("year=2026&area=network").status, 404)
      << "the network's working figures are for those in charge of it";
  EXPECT_EQ(annual_reply("year=2026&area=network", "national").status, 200);
  EXPECT_EQ(annual_reply("year=2026&as_of=" + std::to_string(sequence())).status, 404)
      << "working figures are as of now alone";
  EXPECT_EQ(usage_reply("from=2026-01-01&to=2026-03-31").status, 404);
  EXPECT_EQ(usage_reply("from=2026-01-01&to=2026-12-31&group_by=office").status, 404)
      << "nothing smaller than an area is told before it is settled";
}

// --- what runs have told
// --------------------------------------------------------------------------

TEST_F(Reports, of_a_settled_year_are_read_from_its_run) {
  have_a_year();
  settle_the_year();
  auto const report = annual();
  EXPECT_EQ(report.at("state"), "settled");
  EXPECT_EQ(report.at("as_of").at("run"), "2026");
  EXPECT_EQ(report.at("as_of").at("hash").get<std::string>().size(), 64u);
  EXPECT_EQ(report.at("registered"), 20);
  EXPECT_EQ(report.at("taken_into_use"), 10);
  EXPECT_EQ(report.at("usage_rate"), 0.5);
  EXPECT_EQ(report.at("active"), 10);
  Json const adults{{"culture", 10}, {"education", 0}, {"science", 0}, {"sport", 0}};
  EXPECT_EQ(report.at("uses").at("adult"), adults);
  EXPECT_EQ(report.at("uses").at("children"), 20);
  EXPECT_EQ(report.at("uses").at("total"), 30);
  EXPECT_EQ(report.at("beside").at("assistants"), 10);
  EXPECT_EQ(report.at("previous_year"), nullptr);
  // What comes later moves nothing that was told.
  use(issue("worker", 6), net.pool, {{"adult", 1}});
  EXPECT_EQ(annual().at("registered"), 20);
  EXPECT_EQ(annual("year=2026", "national").at("registered"), 30);
  auto const network = annual("year=2026&area=network");
  EXPECT_EQ(network.at("area"), nullptr);
  EXPECT_EQ(network.at("registered"), 30);
  EXPECT_EQ(annual("year=2027").at("state"), "working");
  EXPECT_EQ(annual("year=2027").at("previous_year").at("registered"), 20);
  EXPECT_EQ(annual("year=2026&since=2026").at("difference").at("registered"), 0);
}

TEST_F(Reports, are_divided_as_their_tables_declare) {
  have_a_year();
  settle_the_year();
  auto const offices = usage("group_by=office");
  EXPECT_THAT(keys(offices), ElementsAre(std::to_string(net.office.value),
                                         std::to_string(net.other_office.value)));
  EXPECT_EQ(offices.at("rows").at(0).at("label"), "Mikkelin sosiaaliasema");
  EXPECT_EQ(offices.at("rows").at(0).at("registered"), 10);
  EXPECT_EQ(offices.at("rows").at(0).at("taken_into_use"), 10);
  EXPECT_FALSE(offices.at("rows").at(0).contains("uses"));
  EXPECT_FALSE(offices.at("rows").at(0).contains("active")) << "no table has it by office";
  EXPECT_EQ(offices.at("totals").at("registered"), 20);
  auto const homes = usage("group_by=home");
  EXPECT_THAT(keys(homes), ElementsAre("097", "491"));
  EXPECT_EQ(homes.at("rows").at(1).at("label"), "Mikkeli");
  EXPECT_EQ(homes.at("rows").at(1).at("registered"), 20);
  EXPECT_EQ(homes.at("rows").at(1).at("active"), 10);
  EXPECT_EQ(homes.at("totals").at("registered"), 20);
  auto const venues = usage("group_by=venue");
  EXPECT_THAT(keys(venues), Contains(std::to_string(net.museum.value)));
  EXPECT_FALSE(venues.at("rows").at(0).contains("registered"));
  EXPECT_EQ(venues.at("totals").at("uses").at("adults"), 10);
  auto const towns = usage("group_by=municipality&lang=sv");
  EXPECT_THAT(keys(towns), ElementsAre("097", "491"));
  EXPECT_EQ(towns.at("rows").at(1).at("label"), "S:t Michel");
  EXPECT_EQ(towns.at("rows").at(1).at("uses").at("adults"), 10);
  EXPECT_FALSE(towns.at("rows").at(1).at("uses").contains("adult")) << "not by sector";
  auto const years = usage("group_by=year", "national");
  EXPECT_THAT(keys(years), ElementsAre("2026"));
  EXPECT_EQ(years.at("rows").at(0).at("taken_into_use"), 10);
  EXPECT_EQ(keys(usage("group_by=month", "national")).size(), 12u);
  auto const whole = usage("", "national");
  EXPECT_EQ(whole.at("group_by"), "none");
  EXPECT_EQ(whole.at("rows").at(0).at("registered"), 30);
}

TEST_F(Reports, withhold_a_small_number_and_another_beside_it_and_say_why) {
  issue("worker", 12);
  issue("other_worker", 3);
  issue("far_worker", 9, {{"postcode", "96100"}});
  settle_the_year();
  auto const offices = usage("group_by=office", "national");
  auto const& because = offices.at("suppressed_because");
  std::size_t small = 0;
  std::size_t withheld = 0;
  for (std::size_t at = 0; at < offices.at("rows").size(); ++at) {
    auto const pointer = "/rows/" + std::to_string(at) + "/registered";
    auto const& registered = offices.at("rows").at(at).at("registered");
    EXPECT_EQ(registered.is_null(), because.contains(pointer)) << pointer;
    if (!registered.is_null()) continue;
    ++withheld;
    EXPECT_THAT(suppressed(offices), Contains(pointer));
    if (because.at(pointer) != "small") continue;
    ++small;
    EXPECT_EQ(offices.at("rows").at(at).at("key"), std::to_string(net.other_office.value));
  }
  EXPECT_LE(small, 1u);
  EXPECT_GE(withheld, 2u) << "one alone is the total less the others";
}

TEST_F(Reports, of_closed_quarters_are_told_before_the_year_is) {
  have_a_year();
  advance(30 * day_us);
  publish("2026-Q2");
  auto const quarters = usage("group_by=quarter", "national");
  EXPECT_EQ(quarters.at("state"), "closed");
  EXPECT_EQ(quarters.at("as_of").at("run"), "2026-Q2");
  EXPECT_THAT(keys(quarters), ElementsAre("2026-Q1", "2026-Q2"));
  EXPECT_EQ(quarters.at("rows").at(1).at("registered"), 30);
  EXPECT_FALSE(quarters.at("rows").at(1).contains("taken_into_use")) << "years alone";
  EXPECT_EQ(quarters.at("totals").at("registered"), nullptr) << "the year is not over";
  EXPECT_EQ(quarters.at("at_least").at("/totals/registered"), 30);
  auto const months = usage_reply("from=2026-05-01&to=2026-06-30&group_by=month", "national").body;
  EXPECT_THAT(keys(months), ElementsAre("2026-05", "2026-06"));
  EXPECT_EQ(months.at("rows").at(1).at("registered"), 30);
  EXPECT_EQ(months.at("totals").at("registered"), 30);
  // An area has had no year before: how its cards divide into quarters would tell too much.
  auto const of_area = usage("group_by=quarter");
  EXPECT_EQ(of_area.at("rows").at(1).at("registered"), nullptr);
  EXPECT_EQ(of_area.at("suppressed_because").at("/rows/1/registered"), "complementary");
  auto const annual_then = annual("year=2026&as_of=2026-Q2", "national");
  EXPECT_EQ(annual_then.at("state"), "closed");
  EXPECT_EQ(annual_then.at("registered"), nullptr);
  EXPECT_EQ(annual_then.at("suppressed_because").at("/taken_into_use"), "not_published");
  auto const offices = usage_reply("from=2026-01-01&to=2026-12-31&group_by=office", "national");
  EXPECT_EQ(offices.status, 404) << "offices are told of by whole years" << offices;
}

TEST_F(Reports, can_be_read_as_an_earlier_run_told_them) {
  have_a_year();
  auto const before = sequence();
  settle_the_year();
  auto const run_time = to_rfc3339(clock().now());
  advance(day_us);
  auto const status = [&](std::string const& as_of) {
    return annual_reply("year=2026&as_of=" + as_of).status;
  };
  EXPECT_EQ(status("2026"), 200);
  EXPECT_EQ(status(run_time), 200);
  EXPECT_EQ(status(std::to_string(sequence())), 200);
  EXPECT_EQ(status(std::to_string(before - 1)), 404) << "before any run";
  EXPECT_EQ(status("2026-06-15T09:00:00Z"), 404);
  auto const faults = [&](std::string const& query) {
    return annual_reply("year=2026&" + query).faults();
  };
  EXPECT_THAT(faults("as_of=999999"), ElementsAre("/as_of out_of_range"));
  EXPECT_THAT(faults("as_of=2030-01-01T00:00:00Z"), ElementsAre("/as_of out_of_range"));
  EXPECT_THAT(faults("as_of=2026.2"), ElementsAre("/as_of not_found"));
  EXPECT_THAT(faults("as_of=soon"), ElementsAre("/as_of not_a_time"));
  EXPECT_THAT(faults("since=2026-Q1"), ElementsAre("/since not_found"));
}

TEST_F(Reports, name_the_runs_that_published_them) {
  have_a_year();
  EXPECT_EQ(get(as("coordinator"), "/api/v1/reports/runs/2026").status, 404);
  advance(30 * day_us);
  publish("2026-Q2");
  advance(232 * day_us);
  publish("2026");
  auto const runs = get(as("coordinator"), "/api/v1/reports/runs").body;
  ASSERT_GE(runs.at("items").size(), 2u);
  EXPECT_EQ(runs.at("next"), nullptr);
  EXPECT_EQ(runs.at("items").at(0).at("name"), "2026") << "the newest first";
  EXPECT_EQ(runs.at("items").at(0).at("left_out"), Json::array());
  auto const one = get(as("coordinator"), "/api/v1/reports/runs/2026");
  EXPECT_EQ(one.status, 200) << one;
  EXPECT_EQ(one.body, runs.at("items").at(0));
  EXPECT_EQ(one.body.at("hash"), annual().at("as_of").at("hash"));
  EXPECT_EQ(one.body.at("sequence"), annual().at("as_of").at("sequence"));
  for (auto const* name : {"2026-Q4", "2025", "newest"}) {
    EXPECT_EQ(get(as("national"), std::string("/api/v1/reports/runs/") + name).status, 404);
  }
  EXPECT_EQ(get(as("museum_staff"), "/api/v1/reports/runs").status, 403);
  EXPECT_EQ(get(as("national"), "/api/v1/reports/runs?limit=3").status, 422);
}

// --- who may have what
// ----------------------------------------------------------------------------

// What each role is answered, grouped so: of its own scope, and of another one (another area; for
// an area coordinator also the network).
struct Answers {
  int national, own_area, network_for_area, venue;
};

TEST_F(Reports, are_grouped_only_as_the_role_may_see_them) {
  have_a_year();
  settle_the_year();
  // A grouping without a row here fails: somebody has to decide who may have it.
  std::map<std::string, Answers> const answers{
      {"none", {200, 200, 200, 200}},         {"area", {200, 200, 403, 403}},
      {"municipality", {200, 200, 403, 403}}, {"home", {200, 200, 403, 403}},
      {"office", {200, 200, 403, 403}},       {"venue", {200, 200, 403, 403}},
      {"sector", {200, 200, 200, 200}},       {"month", {200, 422, 200, 200}},
      {"quarter", {200, 200, 200, 403}},      {"year", {200, 200, 200, 403}}};
  for (int at = 0; at <= static_cast<int>(reports::GroupBy::year); ++at) {
    auto const word = std::string(word_of(static_cast<reports::GroupBy>(at)));
    ASSERT_TRUE(answers.contains(word)) << word << ": who may have it?";
    auto const& wanted = answers.at(word);
    auto const asked = [&](std::string const& who, std::string const& more) {
      return usage_reply("from=2026-01-01&to=2026-12-31&group_by=" + word + more, who).status;
    };
    SCOPED_TRACE(word);
    for (auto const* who : {"admin", "national"}) {
      EXPECT_EQ(asked(who, ""), wanted.national) << who;
      EXPECT_EQ(asked(who, "&area=POHJOLA"), word == "month" ? 422 : wanted.national) << who;
    }
    EXPECT_EQ(asked("coordinator", ""), wanted.own_area);
    EXPECT_EQ(asked("coordinator", "&area=ETELA"), wanted.own_area);
    EXPECT_EQ(asked("coordinator", "&area=POHJOLA"), 403);
    EXPECT_EQ(asked("coordinator", "&area=network"), wanted.network_for_area);
    EXPECT_EQ(asked("museum_staff", ""), wanted.venue);
    for (auto const* more : {"&area=ETELA", "&area=network", "&as_of=2026"}) {
      EXPECT_EQ(asked("museum_staff", more), 403) << more;
    }
    for (auto const* who : {"worker", "far_worker"}) EXPECT_EQ(asked(who, ""), 403) << who;
  }
}

TEST_F(Reports, show_a_venue_its_own_tickets_as_they_are_now) {
  auto const codes = issue("worker", 2);
  use(codes, net.museum, {{"adult", 1}, {"child", 1}, {"interpreter", 1}});
  use(codes, net.pool, {{"adult", 1}});
  auto const report = annual("year=2026", "museum_staff");
  EXPECT_EQ(report.at("state"), "own");
  EXPECT_EQ(report.at("venue"), net.museum.value);
  EXPECT_FALSE(report.contains("registered"));
  EXPECT_FALSE(report.contains("municipalities"));
  EXPECT_EQ(report.at("uses").at("adult").at("culture"), 2);
  EXPECT_EQ(report.at("uses").at("adult").at("sport"), 0);
  EXPECT_EQ(report.at("uses").at("total"), 4);
  EXPECT_EQ(report.at("beside").at("interpreters"), 2);
  EXPECT_THAT(suppressed(report), IsEmpty());
  advance(30 * day_us);
  use(codes, net.museum, {{"adult", 1}});
  auto const months = usage("group_by=month", "museum_staff");
  ASSERT_EQ(months.at("rows").size(), 7u) << "up to this one";
  EXPECT_EQ(months.at("rows").at(5).at("uses").at("adults"), 2);
  EXPECT_EQ(months.at("rows").at(6).at("uses").at("adults"), 2);
  EXPECT_EQ(months.at("totals").at("uses").at("adults"), 4);
  EXPECT_THAT(keys(usage("group_by=sector", "museum_staff")), ElementsAre("culture"));
  for (auto const* more : {"&as_of=2026", "&since=2026", "&area=ETELA"}) {
    EXPECT_EQ(annual_reply(std::string("year=2026") + more, "museum_staff").status, 403) << more;
  }
}

TEST_F(Reports, leave_a_venue_as_files_without_small_numbers) {
  auto const few = issue("worker", 3);
  auto const many = issue("worker", 12);
  use(few, net.museum, {{"adult", 1}, {"interpreter", 1}});
  advance(30 * day_us);
  use(many, net.museum, {{"adult", 1}});
  auto const csv = [&](std::string const& query) {
    auto const reply = get(as("museum_staff"), "/api/v1/reports/" + query + "&profile=rfc4180");
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.text;
  };
  auto const annual_file = csv("annual.csv?year=2026");
  EXPECT_THAT(annual_file, HasSubstr(",15"));
  EXPECT_THAT(annual_file, HasSubstr(",<5")) << "interpreters";
  auto const months = csv("usage.csv?from=2026-01-01&to=2026-12-31&group_by=month");
  EXPECT_THAT(months, AllOf(HasSubstr(",<5"), HasSubstr("…"), Not(HasSubstr(",12,"))));
  auto const half = csv("usage.csv?from=2026-01-01&to=2026-06-30");
  EXPECT_THAT(half, Not(HasSubstr(",3,"))) << "the rest of the year is another file";
  EXPECT_EQ(usage("group_by=month", "museum_staff").at("rows").at(5).at("uses").at("adults"), 3)
      << "its own page and JSON tell it all";
}

TEST_F(Reports, keep_areas_apart) {
  issue("worker", 6);
  issue("far_worker", 5, {{"postcode", "96100"}});
  EXPECT_EQ(annual().at("registered"), 6);
  EXPECT_EQ(annual("year=2026", "far_coordinator").at("registered"), 5);
  EXPECT_EQ(annual("year=2026", "national").at("registered"), 11);
  EXPECT_EQ(annual("year=2026&area=POHJOLA", "national").at("registered"), 5);
  EXPECT_EQ(annual_reply("year=2026&area=POHJOLA").status, 403);
}

// --- words and refusals
// ---------------------------------------------------------------------------

TEST_F(Reports, say_how_each_measure_is_counted_in_the_readers_language) {
  auto const finnish = annual().at("definitions");
  auto const english = annual("year=2026&lang=en").at("definitions");
  EXPECT_EQ(finnish.size(), english.size());
  EXPECT_EQ(english.at("active"), "Cards used at least once during the year, whenever registered.");
  EXPECT_NE(finnish.at("active"), english.at("active"));
  EXPECT_TRUE(finnish.contains("late_share"));
  EXPECT_FALSE(annual("year=2026", "museum_staff").at("definitions").contains("registered"));
  EXPECT_THAT(annual_reply("year=2026&lang=ru").faults(), ElementsAre("/lang not_an_option"));
}

TEST_F(Reports, refuse_questions_that_cannot_be_answered) {
  auto const faults = [&](std::string const& query) { return usage_reply(query).faults(); };
  EXPECT_THAT(faults("from=2026-02-01&to=2026-01-01"), ElementsAre("/to out_of_range"));
  EXPECT_THAT(faults("from=2026-02-30"), ElementsAre("/from not_a_day", "/to required"));
  EXPECT_THAT(faults("from=2001-01-01&to=2026-12-31"), ElementsAre("/to out_of_range"));
  EXPECT_THAT(faults("from=2026-01-01&to=2026-03-31&group_by=shoe"),
              ElementsAre("/group_by not_an_option"));
  EXPECT_EQ(usage_reply("from=2026-01-01&to=2026-03-31&colour=red").status, 422);
  EXPECT_EQ(usage_reply("from=2026-01-01&from=2026-01-02&to=2026-03-31").status, 422);
  EXPECT_THAT(annual_reply("year=1999").faults(), ElementsAre("/year out_of_range"));
  EXPECT_THAT(annual_reply("year=2026&area=Etela").faults(), ElementsAre("/area not_an_area_id"));
  EXPECT_THAT(annual_reply("year=2026&area=TYHJA", "national").faults(),
              ElementsAre("/area not_found"));
}

TEST_F(Reports, are_told_by_whole_periods_alone) {
  auto const not_published = ElementsAre("/to not_a_published_period");
  auto const faults = [&](std::string const& query, std::string const& who) {
    return usage_reply(query, who).faults();
  };
  EXPECT_THAT(faults("from=2026-01-01&to=2026-01-30", "national"), not_published);
  EXPECT_THAT(faults("from=2026-01-02&to=2026-01-31", "national"), not_published);
  EXPECT_THAT(faults("from=2026-01-01&to=2026-01-31", "coordinator"), not_published)
      << "months are the network's";
  EXPECT_THAT(faults("from=2026-01-01&to=2026-06-30&group_by=home", "national"), not_published);
  EXPECT_THAT(faults("from=2026-06-15&to=2026-06-15", "museum_staff"), not_published);
  EXPECT_THAT(faults("from=2026-01-01&to=2026-12-31&group_by=month", "coordinator"),
              ElementsAre("/group_by not_a_published_period"));
  auto const detail = usage_reply("from=2026-01-01&to=2026-06-30&group_by=home", "national")
                          .body.at("errors")
                          .at(0)
                          .value("detail", "");
  EXPECT_THAT(detail, ::testing::HasSubstr("published by years"));
}

}  // namespace
}  // namespace kaiku::test
