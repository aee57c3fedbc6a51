#include "server/pages/coordinator/value_form.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "server/pages/coordinator/value_sheet_view.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using domain::ValueLine;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ValueForm, reads_sums_and_per_cents_as_people_write_them) {
  auto const money = [](std::string_view text) {
    return value_from_typed(ValueLine::adult_culture, text);
  };
  EXPECT_EQ(money("12"), 1'200);
  EXPECT_EQ(money("12,5"), 1'250);
  EXPECT_EQ(money("12.05 €"), 1'205);
  EXPECT_EQ(money("1\u00A0200,00"), 120'000);
  EXPECT_EQ(money("0"), 0);
  for (auto const* text : {"", "€", "-1", "12,", ",5", "12,505", "1,2,3", "noin 5", "1e3"}) {
    EXPECT_FALSE(money(text)) << text;
  }
  auto const share = [](std::string_view text) {
    return value_from_typed(ValueLine::otherwise, text);
  };
  EXPECT_EQ(share("25,5 %"), 255);
  EXPECT_EQ(share("100"), 1'000);
  EXPECT_FALSE(share("25,55"));
}

TEST(ValueForm, writes_numbers_as_it_reads_them) {
  EXPECT_EQ(typed_value(ValueLine::costs, 1'250), "12,50");
  EXPECT_EQ(typed_value(ValueLine::costs, 5), "0,05");
  EXPECT_EQ(typed_value(ValueLine::costs, 1'200), "12");
  EXPECT_EQ(typed_value(ValueLine::attribution, 255), "25,5");
  EXPECT_EQ(typed_value(ValueLine::attribution, 0), "0");
  for (auto const line : {ValueLine::wellbeing, ValueLine::otherwise}) {
    for (std::int64_t number = 0; number <= 1'000; ++number) {
      EXPECT_EQ(value_from_typed(line, typed_value(line, number)), number);
    }
  }
}

http::FormPairs good_form() {
  std::vector<domain::ValueRow> rows(domain::value_line_count);
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at].line = static_cast<ValueLine>(at);
  for (auto const line : {ValueLine::otherwise, ValueLine::attribution}) {
    rows[static_cast<std::size_t>(line)].range = domain::ValueRange{100, 205, 300};
  }
  return value_fields_of(rows);
}

TEST(ValueForm, comes_back_as_it_was_filled_in) {
  auto const read = read_values(FormValues(good_form()), Language::fi);
  EXPECT_THAT(read.faults, IsEmpty());
  ASSERT_EQ(read.lines.size(), domain::value_line_count);
  EXPECT_EQ(read.lines[8].base, 205);
  EXPECT_FALSE(read.lines[0].low);
  EXPECT_EQ(kept_value_fields(FormValues(good_form())), good_form());
}

TEST(ValueForm, has_its_faults_at_its_fields_and_in_their_order) {
  auto pairs = good_form();
  auto const put = [&pairs](std::string const& field, std::string const& text) {
    std::ranges::find(pairs, field, &http::FormPairs::value_type::first)->second = text;
  };
  put("costs_low", "0");
  put("costs_base", "1");
  put("costs_high", "2");
  put("adult_sport_low", "viisi");
  put("child_sport_note", "010150-1130");
  auto const read = read_values(FormValues(pairs), Language::sv);
  std::vector<std::string> fields;
  for (auto const& fault : read.faults) fields.push_back(fault.field);
  EXPECT_THAT(fields, ElementsAre("adult_sport_low", "child_sport_note", "costs_low"));
  EXPECT_EQ(read.faults[0].text,
            "Vuxens biljett: Motion och idrott: skriv beloppet så här: 12,50.");
  EXPECT_THAT(read.faults[2].text, HasSubstr("0,01–1000000000"));
}

TEST(ValueSheetPage, has_every_line_with_its_five_fields) {
  ValueSheetPage model;
  model.years = {{"2026", "2026"}};
  model.year = "2026";
  model.typed = FormValues(good_form());
  model.form_id = "0123456789abcdef0123456789abcdef";
  model.faults = {{"costs_low", "Kustannukset: anna arvot"}};
  auto const frame = sample::frame_for(domain::Role::area_coordinator, Language::fi);
  auto const html = render(frame, value_sheet_page(frame, model));
  for (std::size_t at = 0; at < domain::value_line_count; ++at) {
    for (auto const* part : {"low", "base", "high", "source", "note"}) {
      auto const field = value_field(static_cast<ValueLine>(at), part);
      EXPECT_THAT(html, HasSubstr("id=\"" + field + "\" name=\"" + field + "\""));
    }
  }
  EXPECT_THAT(html, AllOf(HasSubstr("value=\"20,5\""), HasSubstr("href=\"#costs_low\""),
                          HasSubstr("Oletuksia ei ole vielä tallennettu")));
  model.years.clear();
  model.faults.clear();
  EXPECT_THAT(render(frame, value_sheet_page(frame, model)), Not(HasSubstr("costs_low")));
}

}  // namespace
}  // namespace kaiku::pages
