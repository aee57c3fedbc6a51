// An office's cards as lists, and a lost card that is found without its code.
#include <gmock/gmock.h>

#include "tests/integration/server/worker_pages.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class CardListPages : public WorkerPages {
 protected:
  std::string page(std::string const& path, std::string const& who = "worker") {
    auto const reply = get(as(who), path);
    EXPECT_EQ(reply.status, 200) << path << reply;
    return reply.text;
  }
  static std::string short_of(std::string const& code) { return code.substr(code.size() - 3); }
  std::string listed(std::size_t position) {
    return "<code>…" + short_of(net.codes.at(position - 1)) + "</code>";
  }
  // The form below the list, with the code that is shown now.
  Reply file(std::string const& path, Fields fields = {}, std::string const& who = "worker") {
    fields.emplace_back("one_time_code", totp(who));
    return form(who, path, std::move(fields));
  }
  static std::size_t rows_of(std::string const& csv) {
    std::size_t rows = 0;
    for (auto at = csv.find("\r\n"); at != csv.npos; at = csv.find("\r\n", at + 1)) ++rows;
    return rows;
  }
  Fields lost(Fields const& more = {}) {
    Fields fields{{"birth_year", "1985"}, {"postcode", "50100"}, {"month", "6.2026"}};
    return with_fields(std::move(fields), more);
  }
  static std::string link_in(std::string const& html, std::string const& path) {
    auto const at = html.find("href=\"" + path + "?k=");
    if (at == std::string::npos) return "";
    return html.substr(at + 6, html.find('"', at + 6) - at - 6);
  }
  // The form behind this address, with a card that is made at once.
  Reply replace(std::string const& address) {
    auto const fields = fields_of_form(page(address), "/card/replace");
    Fields all(fields.begin(), fields.end());
    std::erase_if(all, [](auto const& one) { return one.first == "csrf" || one.first == "owner"; });
    return form("worker", "/card/replace",
                with_fields(std::move(all), {{"reason", "lost"}, {"make", "1"}}));
  }
  Reply search(Fields const& more = {}, std::string const& who = "worker") {
    return form(who, "/cards/lost", lost(more));
  }
};

TEST_F(CardListPages, list_what_ends_within_thirty_days_or_in_a_month) {
  EXPECT_THAT(page("/cards/expiring"), HasSubstr("Yhtään korttia ei pääty 30 päivän sisällä."));
  given(1);
  advance(335 * day_us);
  given(2);
  auto const soon = page("/cards/expiring");
  EXPECT_THAT(soon,
              AllOf(HasSubstr("Päättyvät kortit: 1"), HasSubstr(listed(1)), HasSubstr("14.6.2027"),
                    Not(HasSubstr(net.codes[0])), Not(HasSubstr(listed(2)))));
  EXPECT_THAT(page("/cards/expiring", "other_worker"), Not(HasSubstr(listed(1))));
  EXPECT_THAT(page("/cards/expiring?month=2027-06"), HasSubstr(listed(1)));
  auto const other = page("/cards/expiring?month=2027-07");
  EXPECT_THAT(other, AllOf(HasSubstr("Yhtään korttia ei pääty tässä kuussa."),
                           HasSubstr("<option value=\"2027-07\" selected>")));
  auto const at = soon.find("href=\"/card/view?k=");
  ASSERT_NE(at, std::string::npos);
  auto const link = soon.substr(at + 6, soon.find('"', at + 6) - at - 6);
  EXPECT_THAT(page(link), HasSubstr(net.codes[0]));
}

TEST_F(CardListPages, write_who_looked_through_them) {
  given(1);
  advance(340 * day_us);
  auto const before = sequence();
  page("/cards/expiring");
  EXPECT_EQ(sequence(), before + 1);
  page("/cards/expiring");
  EXPECT_EQ(sequence(), before + 1) << "once in five minutes";
}

TEST_F(CardListPages, tell_no_day_of_a_visit_by_a_card_that_leaves_the_unused_ones) {
  given(1);
  given(2);
  EXPECT_THAT(page("/cards/unused"), HasSubstr("Kaikkia kortteja on käytetty."))
      << "nobody has had sixty days yet";
  EXPECT_EQ(redeem(net.codes[1], net.pool).status, 201);
  advance(80 * day_us);  // 3 September
  auto const then = page("/cards/unused");
  EXPECT_THAT(then,
              AllOf(HasSubstr("Käyttämättömät kortit: 1"), HasSubstr("Tilanne 1.9.2026."),
                    HasSubstr(listed(1)), HasSubstr("<td>6/2026</td>"), Not(HasSubstr(listed(2)))));
  EXPECT_EQ(redeem(net.codes[0], net.pool).status, 201);
  EXPECT_THAT(page("/cards/unused"), HasSubstr(listed(1))) << "it stays until the month is over";
  advance(28 * day_us);  // 1 October
  EXPECT_THAT(page("/cards/unused"),
              AllOf(HasSubstr("Tilanne 1.10.2026."), Not(HasSubstr(listed(1)))));
}

TEST_F(CardListPages, leave_as_a_file_for_a_fresh_code_alone) {
  give_password("worker");
  given(1);
  advance(335 * day_us);
  given(2);
  Fields const june{{"month", "2027-06"}};
  auto const before = sequence();
  auto const refused = form("worker", "/cards/expiring", june);
  EXPECT_THAT(refused.header("location"), StartsWith("/cards/expiring?month=2027-06&k="));
  auto const wrong = form("worker", "/cards/expiring", {{"one_time_code", "000000"}});
  EXPECT_EQ(sequence(), before) << "no code, no file";
  EXPECT_THAT(followed("worker", refused).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("Kirjoita kertakoodi."),
                    HasSubstr("<option value=\"2027-06\" selected>")));
  EXPECT_THAT(followed("worker", wrong).text,
              AllOf(HasSubstr("Kertakoodi ei täsmää."), Not(HasSubstr("000000"))));
  auto const shown = sequence();
  auto const csv = file("/cards/expiring", june);
  EXPECT_EQ(csv.status, 200) << csv;
  EXPECT_EQ(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(csv.header("content-disposition"),
            "attachment; filename=\"kaiku.csv\"; "
            "filename*=UTF-8''p%C3%A4%C3%A4ttyv%C3%A4t-kortit-2027-05-16.csv");
  EXPECT_EQ(csv.header("cache-control"), "no-store");
  EXPECT_EQ(csv.text,
            "\xef\xbb\xbf"
            "Kortti;Viimeinen voimassaolopäivä\r\n…" +
                short_of(net.codes[0]) + ";14.6.2027\r\n");
  EXPECT_EQ(sequence(), shown + 1);
  EXPECT_THAT(page("/cards/expiring"), Not(HasSubstr("one_time_code"))) << "good for ten minutes";
  EXPECT_EQ(form("worker", "/cards/expiring", june).status, 200);
  advance(10 * minute_us);
  EXPECT_THAT(page("/cards/expiring"), HasSubstr("one_time_code"));
}

TEST_F(CardListPages, leave_whole_and_each_time_is_written) {
  give_password("worker");
  give_password("other_worker");
  for (std::size_t n = 1; n <= 51; ++n) given(n);
  advance(80 * day_us);
  EXPECT_THAT(page("/cards/unused"), HasSubstr("Näytä seuraavat")) << "fifty a page";
  auto const before = sequence();
  auto const csv = file("/cards/unused").text;
  EXPECT_EQ(rows_of(csv), 52U) << "with the head";
  EXPECT_THAT(csv, AllOf(HasSubstr(";Annettu\r\n"), HasSubstr(";6/2026\r\n")));
  EXPECT_EQ(rows_of(form("worker", "/cards/unused", {{"month", ""}}).text), 52U);
  EXPECT_EQ(sequence(), before + 2);
  EXPECT_THAT(page("/cards/unused", "other_worker"), Not(HasSubstr("Vie CSV-tiedostoon")));
  EXPECT_EQ(rows_of(file("/cards/unused", {}, "other_worker").text), 1U);
  EXPECT_EQ(sequence(), before + 2) << "an empty list shows nobody";
}

TEST_F(CardListPages, leave_in_the_readers_language) {
  give_password("worker");
  given(1);
  advance(80 * day_us);
  auto reader = as("worker");
  for (auto& [name, value] : reader) {
    if (name == "Cookie") value += "; kaiku_lang=en";
  }
  std::string body = "one_time_code=" + totp("worker");
  for (auto const& [name, value] : reader) {
    if (name == "X-CSRF-Token") body += "&csrf=" + value;
  }
  auto const csv = send(reader, "POST", "/cards/unused", body,
                        {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_THAT(csv.header("content-disposition"), HasSubstr("''unused-cards-2026-09-03.csv"));
  EXPECT_THAT(csv.text, AllOf(HasSubstr("Card;Last valid day;Issued\r\n"),
                              HasSubstr(";14 Jun 2027;Jun 2026\r\n")));
}

TEST_F(CardListPages, find_one_lost_card_and_lead_to_it) {
  EXPECT_THAT(get(as("worker"), "/cards/lost").text,
              HasSubstr("name=\"postcode\" type=\"text\" value=\"50100\""))
      << "the office's own, for most holders live near it";
  given(1);
  auto const found = search();
  EXPECT_THAT(found.header("location"), StartsWith("/card/view?k="));
  EXPECT_THAT(followed("worker", found).text,
              AllOf(HasSubstr(net.codes[0]), HasSubstr("Vertaa haltijan kertomaan")));
  for (auto const* month : {"06/2026", "2026-06"}) {
    EXPECT_THAT(search({{"month", month}}).header("location"), StartsWith("/card/view?k="));
  }
}

TEST_F(CardListPages, search_for_nothing_while_a_field_has_a_personal_identity_code) {
  given(1);
  for (std::string const field : {"birth_year", "postcode", "month", "children"}) {
    auto const before = sequence();
    auto const reply = search({{field, "131052-308T"}});
    EXPECT_THAT(reply.header("location"), StartsWith("/cards/lost?k=")) << field;
    auto const page = followed("worker", reply).text;
    EXPECT_THAT(page, AllOf(HasSubstr("id=\"" + field + "-fault\""), Not(HasSubstr("308T")),
                            HasSubstr("Henkilötunnusta ei tarvita")))
        << field;
    EXPECT_EQ(sequence(), before) << field;
    for (std::string const other : {"birth_year", "postcode", "month", "children"}) {
      auto const fault = HasSubstr("id=\"" + other + "-fault\"");
      EXPECT_EQ(::testing::Matches(fault)(page), other == field) << field << ", " << other;
    }
  }
}

TEST_F(CardListPages, tell_a_replacement_of_a_card_that_was_found_without_its_code) {
  given(1);
  given(2);
  // By its code: such a replacement is nobody's find.
  auto const typed = followed("worker", form("worker", "/card", {{"card", net.codes[1]}})).text;
  EXPECT_EQ(replace(link_in(typed, "/card/replace")).status, 303);
  EXPECT_THAT(page("/reads?kind=found", "coordinator"), HasSubstr("ei ole katseluja"));
  EXPECT_THAT(page("/reads?kind=search", "coordinator"), HasSubstr("ei ole katseluja"));
  auto const hits = followed("worker", search()).text;
  auto const found = get(as("worker"), link_in(hits, "/card/view")).text;
  // Through other acts and back it is still a find.
  auto const act = page(link_in(found, "/card/block"));
  auto const correction = page(link_in(page(link_in(act, "/card/view")), "/card/correct"));
  auto const back = page(link_in(correction, "/card/view"));
  EXPECT_EQ(replace(link_in(back, "/card/replace")).status, 303);
  EXPECT_THAT(page("/reads?kind=found", "coordinator"),
              AllOf(HasSubstr("1 katselu"), HasSubstr(">löydetty ilman tunnusta</td>")));
  EXPECT_THAT(page("/reads?kind=found", "far_coordinator"), HasSubstr("ei ole katseluja"));
}

TEST_F(CardListPages, write_each_hit_of_a_search_though_the_card_was_just_looked_at) {
  given(1);
  followed("worker", form("worker", "/card", {{"card", net.codes[0]}}));
  for (int n = 1; n <= 2; ++n) {
    auto const before = sequence();
    search();
    EXPECT_EQ(sequence(), before + 1) << n;
  }
  auto const before = sequence();
  followed("worker", form("worker", "/card", {{"card", net.codes[0]}}));
  EXPECT_EQ(sequence(), before) << "a look is told once in five minutes";
}

TEST_F(CardListPages, list_several_lost_cards_and_none_of_another_office) {
  given(1);
  given(2);
  auto const several = followed("worker", search());
  EXPECT_THAT(several.text,
              AllOf(HasSubstr("Kysy: minä päivänä sait kortin?"), HasSubstr(listed(1)),
                    HasSubstr(listed(2)), Not(HasSubstr(net.codes[0]))));
  auto const none = "Näillä tiedoilla ei löydy tämän toimipisteen korttia.";
  EXPECT_THAT(followed("worker", search({{"children", "7"}})).text, HasSubstr(none));
  EXPECT_THAT(followed("worker", search({{"month", "7.2026"}})).text, HasSubstr(none));
  EXPECT_THAT(followed("other_worker", search({}, "other_worker")).text, HasSubstr(none));
  for (std::size_t n = 3; n <= 11; ++n) given(n);
  EXPECT_THAT(followed("worker", search()).text,
              AllOf(HasSubstr("Osumia on liikaa."), Not(HasSubstr(listed(1)))));
}

TEST_F(CardListPages, tell_what_is_wrong_with_a_search_and_hold_up_many) {
  auto const faulty = search({{"birth_year", "131052-308T"}, {"month", "kesä"}});
  EXPECT_THAT(followed("worker", faulty).text,
              AllOf(HasSubstr("<title>Virhe: "), HasSubstr("value=\"50100\""),
                    HasSubstr("Henkilötunnusta ei tarvita"),
                    HasSubstr("Kirjoita kuukausi ja vuosi"), Not(HasSubstr("131052-308T"))));
  for (int n = 0; n < 20; ++n) EXPECT_EQ(search().status, 303) << n;
  EXPECT_THAT(followed("worker", search()).text,
              AllOf(HasSubstr("Hakuja on tehty paljon."), HasSubstr("value=\"6.2026\"")))
      << "what was typed stays";
  EXPECT_EQ(search({}, "other_worker").status, 303) << "each account by itself";
  advance(hour_us);
  EXPECT_EQ(search().status, 303);
}

}  // namespace
}  // namespace kaiku::test
