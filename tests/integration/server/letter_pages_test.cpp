// The letter and the made card as PDFs, and a new letter in place of an old one.
#include <gmock/gmock.h>

#include "tests/integration/server/worker_pages.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class LetterPages : public WorkerPages {
 protected:
  std::string made() {
    return form("worker", "/cards/new",
                {{"form_id", id()},
                 {"make", "1"},
                 {"birth_year", "1985"},
                 {"children", "0"},
                 {"postcode", "50100"}})
        .header("location");
  }
  Reply pdf(std::string const& address) {
    auto reply = get(as("worker"), address);
    EXPECT_EQ(reply.status, 200) << address;
    EXPECT_EQ(reply.header("content-type"), "application/pdf") << address;
    EXPECT_THAT(reply.text, StartsWith("%PDF-")) << address;
    EXPECT_EQ(reply.header("cache-control"), "no-store") << address;
    return reply;
  }
  // What a page's link with this text leads to.
  static std::string link(std::string const& page, std::string const& text) {
    auto const end = page.find("\">" + text + "</a>");
    if (end == std::string::npos) return "";
    auto const from = page.rfind("href=\"", end) + 6;
    return page.substr(from, end - from);
  }
  static std::string field(std::string const& page, std::string const& name) {
    auto const start = "name=\"" + name + "\" value=\"";
    auto const from = page.find(start) + start.size();
    return page.substr(from, page.find('"', from) - from);
  }
};

TEST_F(LetterPages, print_the_letter_in_three_languages) {
  auto const address = given(1);
  auto const page = get(as("worker"), address).text;
  EXPECT_EQ(link(page, "Tulosta kirje"), address + "/letter?lang=fi");
  auto const finnish = pdf(link(page, "Tulosta kirje")).text;
  EXPECT_EQ(pdf(link(page, "Kirje suomeksi")).text, finnish) << "printed again, it is the same";
  EXPECT_NE(pdf(link(page, "Kirje ruotsiksi")).text, finnish);
  EXPECT_NE(pdf(link(page, "Kirje englanniksi")).text, finnish);
  EXPECT_EQ(get(as("other_worker"), address + "/letter").status, 404);
  form("worker", address, {{"act", "letter"}});
  EXPECT_EQ(get(as("worker"), address + "/letter").status, 404) << "it is handed over";
}

TEST_F(LetterPages, offer_the_letter_first_in_the_holders_language) {
  auto const swedish = form("worker", "/cards/new", filled(net.codes[0], {{"language", "sv"}}));
  auto const address = swedish.header("location");
  EXPECT_EQ(link(get(as("worker"), address).text, "Tulosta kirje"), address + "/letter?lang=sv");
}

TEST_F(LetterPages, print_a_made_card_on_the_next_place_of_the_offices_sheet) {
  auto const first = made();
  EXPECT_THAT(get(as("worker"), first).text, HasSubstr("<option value=\"1\" selected>"));
  auto const card = pdf(first + "/card?place=10").text;
  EXPECT_NE(pdf(first + "/card?place=3").text, card);
  EXPECT_THAT(get(as("worker"), made()).text, HasSubstr("<option value=\"4\" selected>"));
  pdf(first + "/card?place=10");
  EXPECT_THAT(get(as("worker"), first).text, HasSubstr("<option value=\"1\" selected>"))
      << "a full sheet is followed by a new one";
  for (auto const* place : {"0", "11", "-1"}) {
    EXPECT_EQ(get(as("worker"), first + "/card?place=" + place).status,
              std::string_view(place) == "-1" ? 200 : 400)
        << "what is no number is the first place";
  }
  EXPECT_EQ(get(as("other_worker"), first + "/card").status, 404);
  EXPECT_EQ(get(as("worker"), given(1) + "/card").status, 404) << "a stock card is printed already";
}

TEST_F(LetterPages, make_a_new_letter_once_asked) {
  auto const address = given(1);
  auto const before = recovery_code_on(get(as("worker"), address).text);
  keep_secret(before);
  form("worker", address, {{"act", "letter"}});
  auto const question = link(get(as("worker"), address).text, "Tee uusi kirje");
  EXPECT_THAT(question, AllOf(StartsWith("/card/letter?k="), Not(HasSubstr(net.codes[0]))));
  auto const asked = get(as("worker"), question).text;
  EXPECT_THAT(asked, AllOf(HasSubstr("Tarkista ennen kuin jatkat"),
                           HasSubstr("lakkaavat toimimasta heti"), Not(HasSubstr("autofocus"))));
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + before).status, 200) << "a look changes nothing";
  Fields const sent{{"form_id", field(asked, "form_id")},
                    {"card", field(asked, "card")},
                    {"back", field(asked, "back")}};
  auto const reply = form("worker", "/card/letter", sent);
  auto const letter = followed("worker", reply).text;
  EXPECT_THAT(letter, AllOf(HasSubstr("Uusi kirje on tehty"), HasSubstr(net.codes[0]),
                            HasSubstr("Kortit (luovuttamatta 1)")));
  auto const after = recovery_code_on(letter);
  keep_secret(after);
  EXPECT_NE(after, before);
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + before).status, 404);
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + after).status, 200);
  pdf(reply.header("location") + "/letter");
  EXPECT_EQ(form("worker", "/card/letter", sent).header("location"), reply.header("location"))
      << "sent twice, done once";
  EXPECT_THAT(get(as("worker"), address).text, HasSubstr("Tilalle tehtiin uusi kirje 15.6.2026"));
}

TEST_F(LetterPages, begin_anew_without_a_card) {
  EXPECT_EQ(get(as("worker"), "/card/letter").header("location"), "/card");
  EXPECT_EQ(get(as("worker"), "/card/letter?k=x").header("location"), "/card?k=old");
}

}  // namespace
}  // namespace kaiku::test
