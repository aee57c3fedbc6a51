// Putting right what is known of a holder, on the pages.
#include "tests/integration/server/worker_pages.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CorrectPages : public WorkerPages {
 protected:
  static std::string part_of(std::string const& page, std::string const& before) {
    auto const at = page.find(before);
    if (at == std::string::npos) return "";
    auto const from = at + before.size();
    return page.substr(from, page.find('"', from) - from);
  }
  static std::string value_of(std::string const& page, std::string const& name) {
    return part_of(page, "name=\"" + name + "\" value=\"");
  }
  // The form that a hand-over's page leads to.
  std::string opened(std::string const& handover) {
    auto const page = get(as("worker"), handover).text;
    return get(as("worker"), part_of(page, "href=\"/card/correct").insert(0, "/card/correct")).text;
  }
  Fields corrected(std::string const& page, Fields more) {
    Fields fields{{"form_id", value_of(page, "form_id")},
                  {"card", value_of(page, "card")},
                  {"from", value_of(page, "from")},
                  {"seen", value_of(page, "seen")},
                  {"birth_year", "1985"},
                  {"children", "2"},
                  {"postcode", "50100"},
                  {"reason", "typing_error"}};
    for (auto& [name, value] : more) {
      auto const found = std::ranges::find(fields, name, &Fields::value_type::first);
      if (found == fields.end())
        fields.emplace_back(name, value);
      else
        found->second = value;
    }
    return fields;
  }
};

TEST_F(CorrectPages, correct_what_was_typed_and_lead_back_to_the_hand_over) {
  auto const handover = given(1);
  auto const page = opened(handover);
  EXPECT_THAT(page, AllOf(HasSubstr("value=\"1985\""), HasSubstr("value=\"50100\""),
                          Not(HasSubstr("ei enää muutu"))));
  auto const reply =
      form("worker", "/card/correct",
           corrected(page, {{"postcode", "52550"}, {"children", "3"}, {"birth_year", "1986"}}));
  EXPECT_THAT(reply.header("location"), HasSubstr(handover));
  auto const result = followed("worker", reply).text;
  EXPECT_THAT(result, AllOf(HasSubstr("Tiedot on korjattu."), HasSubstr("Hirvensalmi 52550")));
  EXPECT_THAT(result, Not(HasSubstr("value=\"undo\""))) << "it changed since";
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + net.codes[0]).body.at("children"), 3);
}

TEST_F(CorrectPages, say_so_when_nothing_was_changed_and_write_nothing) {
  auto const handover = given(1);
  auto const page = opened(handover);
  auto const before = sequence();
  auto const reply = form("worker", "/card/correct", corrected(page, {}));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(reply.header("location"), HasSubstr(handover));
  EXPECT_THAT(followed("worker", reply).text,
              AllOf(HasSubstr("Mitään ei muutettu."), Not(HasSubstr("Tiedot on korjattu."))));
}

TEST_F(CorrectPages, leave_the_municipality_after_ten_minutes_and_say_so) {
  auto const handover = given(1);
  advance(10 * minute_us + second_us);
  auto const page = opened(handover);
  EXPECT_THAT(page, HasSubstr("Kortin kunta on Mikkeli. Se ei enää muutu."));
  auto const reply = form("worker", "/card/correct", corrected(page, {{"postcode", "52550"}}));
  EXPECT_THAT(followed("worker", reply).text, HasSubstr("Mikkeli 52550"));
}

TEST_F(CorrectPages, tell_faults_at_their_fields_and_keep_what_was_typed) {
  auto const page = opened(given(1));
  auto const before = sequence();
  auto const reply =
      form("worker", "/card/correct",
           corrected(page, {{"postcode", "11111"}, {"children", "21"}, {"reason", ""}}));
  auto const again = followed("worker", reply).text;
  EXPECT_THAT(again, HasSubstr("Tätä postinumeroa ei tunneta")) << "beside the faults of others";
  EXPECT_THAT(again, AllOf(HasSubstr("<title>Virhe: Korjaa tiedot"), HasSubstr("numerona, 0–20"),
                           HasSubstr("Valitse syy."), HasSubstr("value=\"11111\"")));
  EXPECT_EQ(sequence(), before) << "the look was written when the form was opened";
  auto const young = form("worker", "/card/correct",
                          corrected(again, {{"birth_year", "2015"}, {"postcode", "11111"}}));
  EXPECT_THAT(followed("worker", young).text,
              AllOf(HasSubstr("16."), HasSubstr("Tätä postinumeroa ei tunneta")));
  auto const identity =
      form("worker", "/card/correct", corrected(again, {{"birth_year", "131052-308T"}}));
  EXPECT_THAT(followed("worker", identity).text,
              AllOf(HasSubstr("Henkilötunnusta ei tarvita"), Not(HasSubstr("308T"))));
}

TEST_F(CorrectPages, ask_for_the_municipality_as_a_question) {
  auto const page = opened(given(1));
  auto const fields = corrected(page, {{"postcode", "50670"}});
  auto const asked = followed("worker", form("worker", "/card/correct", fields)).text;
  EXPECT_THAT(asked, AllOf(Not(HasSubstr("Virhe")), HasSubstr("Hirvensalmi"),
                           HasSubstr("Valitse vielä kunta")));
  auto const reply =
      form("worker", "/card/correct",
           corrected(asked, {{"postcode", "50670"}, {"asked", "50670"}, {"municipality", "097"}}));
  EXPECT_THAT(followed("worker", reply).text, HasSubstr("Hirvensalmi 50670"));
}

TEST_F(CorrectPages, show_what_a_colleague_changed_meanwhile) {
  auto const page = opened(given(1));
  EXPECT_EQ(
      post(as("worker"), "/api/v1/cards/" + net.codes[0] + "/children", {{"children", 4}}).status,
      200);
  auto const before = sequence();
  auto const again =
      followed("worker", form("worker", "/card/correct", corrected(page, {{"children", "3"}})))
          .text;
  EXPECT_THAT(again, AllOf(HasSubstr("Joku muu muutti tietoja sillä välin."),
                           HasSubstr("Sinä kirjoitit: 3"), HasSubstr("value=\"4\"")));
  EXPECT_EQ(sequence(), before) << "nothing is stored until it is sent again";
  followed("worker", form("worker", "/card/correct", corrected(again, {{"children", "2"}})));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + net.codes[0]).body.at("children"), 2);
}

TEST_F(CorrectPages, leave_alone_what_the_form_did_not_touch) {
  auto const page = opened(given(1));
  post(as("worker"), "/api/v1/cards/" + net.codes[0] + "/children", {{"children", 4}});
  auto const reply = form("worker", "/card/correct", corrected(page, {{"birth_year", "1981"}}));
  EXPECT_THAT(followed("worker", reply).text,
              AllOf(Not(HasSubstr("Joku muu muutti")), Not(HasSubstr("Sinä kirjoitit"))));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + net.codes[0]).body.at("children"), 4);
}

TEST_F(CorrectPages, do_their_work_once) {
  auto const page = opened(given(1));
  auto const fields = corrected(page, {{"children", "5"}});
  auto const first = form("worker", "/card/correct", fields);
  auto const before = sequence();
  EXPECT_EQ(form("worker", "/card/correct", fields).header("location"), first.header("location"));
  EXPECT_EQ(sequence(), before);
  auto const edited = form("worker", "/card/correct", corrected(page, {{"children", "6"}}));
  EXPECT_THAT(edited.header("location"), HasSubstr("/form-used?k="));
}

TEST_F(CorrectPages, of_another_office_are_closed) {
  auto const page = opened(given(1));
  EXPECT_EQ(form("other_worker", "/card/correct", corrected(page, {})).status, 403);
  EXPECT_EQ(get(as("worker"), "/card/correct").header("location"), "/card");
  EXPECT_THAT(followed("worker", get(as("worker"), "/card/correct?k=nonsense")).text,
              HasSubstr("Sivu oli vanhentunut."));
}

TEST_F(CorrectPages, are_reached_from_the_cards_page_and_lead_back_to_it) {
  registered(1);
  auto const shown = followed("worker", form("worker", "/card", {{"card", net.codes[0]}})).text;
  auto const link = "/card/correct" + part_of(shown, "href=\"/card/correct");
  EXPECT_THAT(link, Not(HasSubstr(net.codes[0])));
  auto const page = get(as("worker"), link).text;
  auto const reply = form("worker", "/card/correct", corrected(page, {{"children", "1"}}));
  EXPECT_THAT(followed("worker", reply).text, HasSubstr("role=\"status\""));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + net.codes[0]).body.at("children"), 1);
}

}  // namespace
}  // namespace kaiku::test
