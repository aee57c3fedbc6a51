// A form of the network between its page and the use case: faults, other people's changes.
#include "server/pages/coordinator/place_form.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace kaiku::pages {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Json = nlohmann::json;

http::FormPairs office(std::string name, std::string postcode) {
  return {{"name", std::move(name)}, {"postcode", std::move(postcode)}};
}

TEST(MergedForm, leaves_what_it_did_not_change_to_whoever_changed_it) {
  auto const merge =
      merged(office("Vanha", "50100"), office("Uusi", "50100"), office("Vanha", "50170"));
  EXPECT_FALSE(merge.clashes);
  EXPECT_TRUE(merge.changes);
  EXPECT_THAT(merge.fields, ElementsAre(Pair("name", "Uusi"), Pair("postcode", "50170")));
}

TEST(MergedForm, clashes_where_both_changed_the_same_field_to_something_else) {
  auto const merge =
      merged(office("Vanha", "50100"), office("Uusi", "50100"), office("Toinen", "50100"));
  EXPECT_TRUE(merge.clashes);
  EXPECT_THAT(merge.yours, ElementsAre(Pair("name", "Uusi")));
}

TEST(MergedForm, does_not_clash_where_both_say_the_same) {
  auto const merge =
      merged(office("Vanha", "50100"), office("Uusi", "50100"), office("Uusi", "50100"));
  EXPECT_FALSE(merge.clashes);
  EXPECT_THAT(merge.yours, IsEmpty());
}

TEST(MergedForm, that_says_what_it_showed_changes_nothing) {
  auto const merge =
      merged(office("Vanha", "50100"), office("Vanha", "50100"), office("Toinen", "50170"));
  EXPECT_FALSE(merge.changes);
  EXPECT_FALSE(merge.clashes);
  EXPECT_EQ(merge.fields, office("Toinen", "50170"));
}

TEST(ChangedMembers, are_those_that_differ_whole) {
  Json const now{{"name", "A"}, {"limit", {{"count", 1}, {"period", "day"}}}, {"address", nullptr}};
  Json asked = now;
  asked["limit"]["count"] = 2;
  EXPECT_EQ(changed_members(now, asked), (Json{{"limit", {{"count", 2}, {"period", "day"}}}}));
  EXPECT_EQ(changed_members(now, now), Json::object());
}

TEST(TypedFields, keep_no_personal_identity_code_and_say_where_it_stood) {
  http::FormPairs const form{{"name", " Asema "}, {"contact", "131052-308T"}, {"other", "x"}};
  constexpr std::array<std::string_view, 3> names{"name", "contact", "postcode"};
  FormFaults faults;
  EXPECT_THAT(typed_fields(form, names, faults),
              ElementsAre(Pair("name", "Asema"), Pair("contact", ""), Pair("postcode", "")));
  ASSERT_EQ(faults.all().size(), 1u);
  EXPECT_EQ(faults.all().front().field, "contact");
  EXPECT_EQ(faults.all().front().code, FaultCode::personal_identity_code);
}

TEST(TypedFields, count_lines_as_they_are_shown_again) {
  http::FormPairs const form{{"rows", "205;Kajaani\r\n\r\n \r\n765;Sotkamo\r\n"}};
  constexpr std::array<std::string_view, 1> names{"rows"};
  FormFaults faults;
  EXPECT_EQ(typed_fields(form, names, faults).front().second, "205;Kajaani\n765;Sotkamo");
}

TEST(TypedFields, take_ticked_boxes_of_one_name_together_and_in_order) {
  http::FormPairs const form{{"municipalities", "765"}, {"id", "X"}, {"municipalities", "205"}};
  constexpr std::array<std::string_view, 2> names{"municipalities", "id"};
  FormFaults faults;
  EXPECT_THAT(typed_fields(form, names, faults),
              ElementsAre(Pair("municipalities", "205\n765"), Pair("id", "X")));
}

TEST(FormFaults, stand_at_their_inputs) {
  FormFaults faults;
  faults.add("name", FaultCode::personal_identity_code);
  faults.add({{"/name", FaultCode::required},
              {"/limit/count", FaultCode::out_of_range},
              {"/municipalities/2/code", FaultCode::not_a_municipality_code},
              {"/municipalities/3", FaultCode::taken}});
  std::vector<std::string> told;
  for (auto const& [field, text] : texts_of(Language::fi, faults.all())) {
    told.push_back(field + ": " + text);
  }
  EXPECT_THAT(told, ElementsAre("name: " + std::string(in(Language::fi, Text::fault_identity_code)),
                                "limit_count: Kirjoita luku väliltä 1–1000.",
                                "municipalities: Valittu kunta ei ole enää kunta. Se jäi pois."));
}

TEST(FormFaults, of_what_is_missing_tell_what_belongs_there) {
  auto const told = [](std::string field) {
    return texts_of(Language::fi, {{std::move(field), FaultCode::required}}).front().text;
  };
  EXPECT_EQ(told("id"), in(Language::fi, Text::fault_area_id));
  EXPECT_EQ(told("fixed_end"), in(Language::fi, Text::event_day_fault));
  EXPECT_EQ(told("municipalities"), "Valitse vähintään yksi kunta.");
}

TEST(FormFaults, are_told_in_words_whatever_they_are) {
  for (auto const& row : fault_table) {
    for (auto const* field :
         {"name", "municipality", "municipalities", "fixed_end", "rows", "stale_stop_days"}) {
      for (auto const language : contract::languages) {
        auto const told = texts_of(language, {{field, row.code, 0}});
        ASSERT_EQ(told.size(), 1u);
        EXPECT_GT(told.front().text.size(), 5u) << field << " " << row.word;
        EXPECT_EQ(told.front().text.find('{'), std::string::npos) << told.front().text;
      }
    }
  }
}

}  // namespace
}  // namespace kaiku::pages
