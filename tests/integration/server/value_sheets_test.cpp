// What uses are taken to be worth: a page and the API, saved in versions.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"
#include "tests/support/published_runs.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ValueSheets : public NetworkPages {
 protected:
  // Ten holders with a use each, with two children; ten who never use their cards.
  void settle_a_year() {
    for (auto const* who : {"worker", "other_worker", "far_worker"}) {
      bool const is_far = who == std::string("far_worker");
      for (int i = 0; i < 10; ++i) {
        auto const card =
            post(as(who), "/api/v1/cards",
                 {{"birth_year", 1980}, {"postcode", is_far ? "96100" : "50100"}, {"children", 3}});
        EXPECT_EQ(card.status, 201) << card;
        if (who != std::string("worker")) continue;
        auto const used = redeem(card.body.value("code", ""), net.museum,
                                 {{"tickets", {{"adult", 1}, {"child", 2}}}});
        EXPECT_EQ(used.status, 201) << used;
      }
    }
    advance(262 * day_us);
    write([](ledger::WriteTx& tx) { publish_run(tx, "2026"); });
  }

  static Json line(std::int64_t low, std::int64_t base, std::int64_t high) {
    return {{"low", low}, {"base", base}, {"high", high}};
  }
  static Json sheet() {
    return {{"year", 2026},
            {"rows",
             {{"adult_culture", line(800, 1'000, 1'200)},
              {"otherwise", line(100, 200, 300)},
              {"attribution", line(500, 500, 1'000)},
              {"wellbeing", line(0, 0, 100)}}}};
  }
  Reply save(Json const& body, std::string const& who = "coordinator") {
    return post(as(who), "/api/v1/reports/value-sheets", body);
  }
  Json saved(Json const& body, std::string const& who = "coordinator") {
    auto const reply = save(body, who);
    EXPECT_EQ(reply.status, 201) << reply;
    return reply.body;
  }
  Json sheets(std::string const& query, std::string const& who = "coordinator") {
    auto const reply = get(as(who), "/api/v1/reports/value-sheets?" + query);
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.body.value("items", Json::array());
  }
  static std::vector<std::string> faults(Reply const& reply) {
    EXPECT_EQ(reply.status, 422) << reply;
    std::vector<std::string> found;
    for (auto const& fault : reply.body.value("errors", Json::array())) {
      found.push_back(fault.value("pointer", "") + " " + fault.value("code", ""));
    }
    return found;
  }

  // The form under the choice of a year, which has the same address.
  FormFields form(std::string const& who, std::string const& address = "/figures/value") {
    auto const page = get(as(who), address);
    EXPECT_EQ(page.status, 200) << page;
    auto const at = page.text.find("method=\"post\" action=\"/figures/value\"");
    EXPECT_NE(at, std::string::npos) << text_in(page.text);
    return fields_of_form(page.text.substr(page.text.rfind("<form", at)), "/figures/value");
  }
  Reply send_filled(FormFields const& changes, std::string const& who = "coordinator") {
    auto fields = form(who);
    for (auto const& [name, value] : changes) fields[name] = value;
    return send_form(who, "/figures/value", fields);
  }
  // A 303 leads to the page, a long form back to it at once.
  Reply shown(Reply const& sent, std::string const& who = "coordinator") {
    return sent.status == 303 ? follow(who, sent) : sent;
  }
};

TEST_F(ValueSheets, are_of_settled_years_alone) {
  EXPECT_THAT(faults(save(sheet())), ElementsAre("/year not_a_published_period"));
  EXPECT_THAT(text_in(get(as("coordinator"), "/figures/value").text),
              HasSubstr("kun ensimmäinen vuositilasto on julkaistu"));
}

TEST_F(ValueSheets, multiply_what_was_told_by_what_is_assumed) {
  settle_a_year();
  auto const answer = saved(sheet());
  EXPECT_EQ(answer.at("area"), "ETELA");
  EXPECT_EQ(answer.at("version"), 1);
  EXPECT_EQ(answer.at("run"), "2026");
  auto const& result = answer.at("result");
  // Ten uses; 8, 10 and 12 euros, of which 35, 40 and 90 per cent; ten cards at up to a euro.
  EXPECT_EQ(result.at("value"), line(2'800, 4'000, 11'800));
  EXPECT_EQ(result.at("ratio"), nullptr);
  EXPECT_EQ(result.at("counted").at("child_culture"), 20);
  EXPECT_EQ(result.at("counted").at("active_cards"), 10);
  EXPECT_EQ(result.at("without_value"), Json::array({"child_culture"}));
  EXPECT_EQ(result.at("at_lower_limit"), Json::array());
  EXPECT_EQ(result.at("sensitivity").at(0),
            (Json{{"line", "adult_culture"}, {"at_low", 3'200}, {"at_high", 4'800}}));
  EXPECT_EQ(answer.at("rows").at("costs").at("low"), nullptr);
  auto with_costs = sheet();
  with_costs["rows"]["costs"] = line(2'000, 2'500, 4'000);
  EXPECT_EQ(saved(with_costs).at("result").at("ratio"), (Json{{"low", 0.7}, {"high", 5.9}}));
}

TEST_F(ValueSheets, are_kept_in_versions_and_read_as_they_were_saved) {
  settle_a_year();
  auto const first = saved(sheet());
  auto changed = sheet();
  changed["rows"]["adult_culture"]["high"] = 9'900;
  changed["rows"]["adult_culture"]["source"] = "Hinnasto";
  EXPECT_EQ(saved(changed).at("version"), 2);
  auto const items = sheets("year=2026");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items.at(0).at("version"), 2);
  EXPECT_EQ(items.at(0).at("rows").at("adult_culture").at("source"), "Hinnasto");
  auto const id = std::to_string(first.at("value_sheet_id").get<std::int64_t>());
  auto const again = get(as("coordinator"), "/api/v1/reports/value-sheets/" + id);
  EXPECT_EQ(again.body, first);
  EXPECT_EQ(get(as("national"), "/api/v1/reports/value-sheets/" + id).body, first);
  EXPECT_THAT(sheets("year=2026", "national"), IsEmpty()) << "those of the network";
  EXPECT_EQ(sheets("year=2026&area=ETELA", "national").size(), 2U);
}

TEST_F(ValueSheets, of_an_area_are_its_own) {
  settle_a_year();
  auto const id = std::to_string(saved(sheet()).at("value_sheet_id").get<std::int64_t>());
  auto const of_network = saved(sheet(), "national");
  EXPECT_EQ(of_network.at("area"), nullptr);
  EXPECT_EQ(of_network.at("version"), 1);
  auto const network = std::to_string(of_network.at("value_sheet_id").get<std::int64_t>());
  for (auto const& [who, sheet_id] :
       {std::pair("far_coordinator", id), std::pair("coordinator", network)}) {
    auto const address = "/api/v1/reports/value-sheets";
    EXPECT_EQ(get(as(who), address + ("/" + sheet_id)).status, 404);
    EXPECT_EQ(get(as(who), address + (".csv?sheet=" + sheet_id)).status, 404);
    EXPECT_EQ(get(as(who), "/figures/value?sheet=" + sheet_id).status, 404);
    EXPECT_EQ(get(as(who), "/figures/value/file?as=csv&sheet=" + sheet_id).status, 404);
  }
  auto of_another = sheet();
  of_another["area"] = "POHJOLA";
  EXPECT_EQ(save(of_another).status, 403);
}

TEST_F(ValueSheets, tell_all_that_is_wrong_with_their_lines_at_once) {
  settle_a_year();
  auto body = sheet();
  body["rows"]["adult_culture"] = line(1'200, 1'000, 1'100);
  body["rows"]["otherwise"] = line(0, 500, 1'001);
  body["rows"]["costs"] = line(0, 1, 2);
  body["rows"]["wellbeing"] = {{"low", 1}, {"note", "010150-1130"}};
  body["rows"].erase("attribution");
  EXPECT_THAT(faults(save(body)), ElementsAre("/rows/wellbeing/note personal_identity_code"));
  body["rows"]["wellbeing"].erase("note");
  EXPECT_THAT(
      faults(save(body)),
      ElementsAre("/rows/adult_culture/base out_of_range", "/rows/adult_culture/high out_of_range",
                  "/rows/otherwise/high out_of_range", "/rows/attribution/low required",
                  "/rows/attribution/base required", "/rows/attribution/high required",
                  "/rows/wellbeing/base required", "/rows/wellbeing/high required",
                  "/rows/costs/low out_of_range"));
  EXPECT_THAT(sheets("year=2026"), IsEmpty());
}

TEST_F(ValueSheets, leave_as_files_with_all_of_their_assumptions) {
  settle_a_year();
  auto body = sheet();
  body["rows"]["adult_culture"]["source"] = "=Hinnasto";
  auto const id = std::to_string(saved(body).at("value_sheet_id").get<std::int64_t>());
  auto const file = [&](std::string const& ending, std::string const& more = "") {
    auto const reply =
        get(as("coordinator"), "/api/v1/reports/value-sheets." + ending + "?sheet=" + id + more);
    EXPECT_EQ(reply.status, 200) << ending;
    return reply;
  };
  auto const csv = file("csv");
  EXPECT_THAT(csv.header("content-disposition"),
              HasSubstr("kaiku-arvolaskelma-2026-etela-ajo-2026.csv"));
  EXPECT_THAT(csv.text, AllOf(HasSubstr("Käytön arvo;28,00;40,00;118,00;"), HasSubstr("'=Hinnasto"),
                              HasSubstr("Olisi käynyt ilman korttiakin")));
  EXPECT_THAT(file("csv", "&profile=rfc4180&lang=en").text, HasSubstr("28.00,40.00,118.00"));
  EXPECT_TRUE(file("xlsx").text.starts_with("PK"));
  EXPECT_TRUE(file("pdf").text.starts_with("%PDF"));
  auto const page_file = get(as("coordinator"), "/figures/value/file?as=csv&sheet=" + id);
  EXPECT_EQ(page_file.text, csv.text);
}

TEST_F(ValueSheets, are_filled_in_on_a_page_that_shows_result_and_versions) {
  settle_a_year();
  EXPECT_THAT(text_in(get(as("coordinator"), "/figures/value").text),
              HasSubstr("Oletuksia ei ole vielä tallennettu"));
  FormFields const typed{{"adult_culture_low", "8"},
                         {"adult_culture_base", "10,00"},
                         {"adult_culture_high", "12 €"},
                         {"adult_culture_source", "Hinnasto"},
                         {"otherwise_low", "10"},
                         {"otherwise_base", "20,0 %"},
                         {"otherwise_high", "30"},
                         {"attribution_low", "50"},
                         {"attribution_base", "50"},
                         {"attribution_high", "100"},
                         {"costs_low", "20"},
                         {"costs_base", "25"},
                         {"costs_high", "1 000"}};
  auto const page = shown(send_filled(typed));
  auto const text = text_in(page.text);
  EXPECT_THAT(text, AllOf(HasSubstr("✓ Laskelma on tallennettu"), HasSubstr("Hinnasto"),
                          HasSubstr("28,00\u00A0€"), HasSubstr("0,0–5,4 : 1"),
                          HasSubstr("Versio 1: "), HasSubstr("Ajo 2026")));
  auto const again = form("coordinator");
  EXPECT_EQ(again.at("adult_culture_base"), "10") << "begins with what was saved";
  EXPECT_EQ(again.at("otherwise_high"), "30");
  EXPECT_EQ(again.at("costs_high"), "1000");
  shown(send_filled({{"adult_culture_low", "7"}}));
  auto const versions = get(as("coordinator"), "/figures/value").text;
  EXPECT_THAT(text_in(versions), AllOf(HasSubstr("Versio 2: "), HasSubstr("Versio 1: ")));
  EXPECT_THAT(get(as("national"), "/figures/value").text, Not(HasSubstr("Versio 1: ")));
}

TEST_F(ValueSheets, come_back_as_they_were_typed_with_each_fault_at_its_field) {
  settle_a_year();
  FormFields const typed{{"adult_sport_low", "kymmenen"},
                         {"adult_sport_note", "Kysy kassalta"},
                         {"otherwise_low", "40"},
                         {"otherwise_base", "20"},
                         {"otherwise_high", "101"}};
  auto const page = shown(send_filled(typed));
  auto const text = text_in(page.text);
  EXPECT_THAT(text, AllOf(HasSubstr("Aikuisen lippu: Liikunta: kirjoita summa näin: 12,50."),
                          HasSubstr("anna arvot 0–100 pienimmästä suurimpaan"),
                          HasSubstr("Kortin osuus muusta: täytä kaikki kolme arvoa.")));
  EXPECT_THAT(page.text, AllOf(HasSubstr("value=\"kymmenen\""), HasSubstr("Kysy kassalta"),
                               HasSubstr("id=\"adult_sport_low-fault\""),
                               HasSubstr("id=\"otherwise_base-fault\""),
                               HasSubstr("id=\"otherwise_high-fault\""),
                               Not(HasSubstr("id=\"otherwise_low-fault\""))));
  EXPECT_THAT(sheets("year=2026"), IsEmpty());
  auto const hidden = shown(send_filled({{"costs_note", "010150-1130"}}));
  EXPECT_THAT(hidden.text, AllOf(HasSubstr("id=\"costs_note-fault\""), Not(HasSubstr("010150"))));
}

}  // namespace
}  // namespace kaiku::test
