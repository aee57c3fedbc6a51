// The bars of a card (Code 128), for scanners that read no QR: each page's code field takes them as
// such a scanner types them, with the name of its symbology and the line's end.
#include "tests/integration/server/worker_pages.hpp"
#include "tests/support/page_browser.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ScannedBars : public WorkerPages {
 protected:
  // As on a keyboard of the United States, of Finland, and of Sweden.
  static std::vector<std::string> typed_of(std::string code) {
    std::erase(code, '-');
    return {code, "]C0" + code + "\r", "\u00E5C0" + code + "\t", "\u00A8C0" + code + "\r\n"};
  }
};

TEST_F(ScannedBars, are_taken_where_a_card_is_issued) {
  for (auto const& text : typed_of(net.codes[0])) {
    auto const reply = form("worker", "/cards/new", {{"form_id", id()}, {"card", text}});
    auto const page = followed("worker", reply).text;
    auto const shown = text == typed_of(net.codes[0]).front() ? text : net.codes[0];
    EXPECT_THAT(page, AllOf(HasSubstr("Kortti on luettu."), HasSubstr("value=\"" + shown + "\""),
                            Not(HasSubstr("<title>Virhe: "))))
        << text;
  }
}

TEST_F(ScannedBars, are_taken_where_a_card_is_looked_up) {
  auto const card = registered(1);
  for (auto const& text : typed_of(card)) {
    EXPECT_THAT(followed("worker", form("worker", "/card", {{"card", text}})).text, HasSubstr(card))
        << text;
  }
}

TEST_F(ScannedBars, are_taken_at_the_door) {
  for (auto const& text : typed_of(registered(1))) {
    auto const reply =
        form("pool_staff", "/door/basic", {{"event", "0"}, {"fast", "0"}, {"card", text}});
    EXPECT_THAT(followed("pool_staff", reply).text, HasSubstr("name=\"offered\"")) << text;
  }
}

TEST_F(ScannedBars, are_taken_where_a_holder_looks) {
  Json const facts{{"birth_year", 1985}, {"postcode", "50100"}, {"children", 2}};
  std::string const card = post(as("worker"), "/api/v1/cards", facts).body.at("code");
  keep_secret(card);
  for (auto const& text : typed_of(card)) {
    PageBrowser browser(
        [this](HttpHeaders const& headers, std::string_view method, std::string const& path,
               std::string const& body) { return send(headers, method, path, body); },
        origin());
    browser.open("/me");
    auto const& page = browser.submit("birth_year", {{"card", text}, {"birth_year", "1985"}});
    EXPECT_THAT(text_in(page.text), HasSubstr("Kortti on voimassa.")) << text;
  }
}

}  // namespace
}  // namespace kaiku::test
