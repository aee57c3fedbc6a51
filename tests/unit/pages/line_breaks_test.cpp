#include "server/pages/frame/line_breaks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {
namespace {

TEST(LineBreaks, keep_the_dots_of_a_short_code_with_it) {
  EXPECT_EQ(with_line_breaks("<p>18.00 Talvi · …1EW, …7QX</p>"),
            "<p>18.00 Talvi · <span class=\"unparted\">…1EW</span>, "
            "<span class=\"unparted\">…7QX</span></p>");
}

TEST(LineBreaks, keep_the_halves_of_a_place_in_a_batch_together) {
  EXPECT_EQ(with_line_breaks("<p>Erä 0007: 0007-0001–0007-0020</p>"),
            "<p>Erä 0007: <span class=\"unparted\">0007-0001</span>–"
            "<span class=\"unparted\">0007-0020</span></p>");
  for (auto const* html : {"<p>2026-11-29</p>", "<p>0007-00012</p>", "<p>10007-0001</p>",
                           "<p>0007-0001-0002</p>", "<code>0007-0001</code>"}) {
    EXPECT_EQ(with_line_breaks(html), html);
  }
}

TEST(LineBreaks, leave_other_dots_alone) {
  for (auto const* html : {"<p>väliltä −5…+5.</p>", "<p>Nimi…</p>", "<p>…1EWX ja …1E</p>", "…"}) {
    EXPECT_EQ(with_line_breaks(html), html);
  }
}

TEST(LineBreaks, leave_what_is_no_text_of_the_page_alone) {
  for (auto const* html :
       {"<title>Avaa …1EW</title>", "<a aria-label=\"Avaa …1EW\" href=\"/\">Avaa</a>",
        "<select><option>…1EW</option></select>", "<textarea>…1EW</textarea>", "<code>…1EW</code>",
        "<svg><text>…1EW</text></svg>", "", "<", "<p"}) {
    EXPECT_EQ(with_line_breaks(html), html);
  }
  EXPECT_EQ(with_line_breaks("<title>x</title><p>…1EW"),
            "<title>x</title><p><span class=\"unparted\">…1EW</span>");
}

// Of letters; a soft hyphen parts them.
int longest_run(std::string_view html) {
  int longest = 0;
  int run = 0;
  for (std::size_t at = 0; at < html.size(); ++at) {
    auto const byte = static_cast<unsigned char>(html[at]);
    if (byte >= 0x80 && byte < 0xC0) continue;  // the rest of a letter
    bool const is_letter = (std::isalpha(byte) != 0) || byte == 0xC3;
    run = is_letter ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

TEST(LineBreaks, put_a_soft_hyphen_at_the_joint_of_a_long_word_where_words_stand_alone) {
  EXPECT_EQ(with_line_breaks("<h1>Tillgänglighetsutlåtande</h1>"),
            "<h1>Tillgänglighets\u00ADutlåtande</h1>");
  EXPECT_EQ(with_line_breaks("<dt>Viimeinen voimassaolopäivä: </dt>"),
            "<dt>Viimeinen voimassaolo\u00ADpäivä: </dt>");
  EXPECT_EQ(with_line_breaks("<a class=\"button\" href=\"/\">Verksamhetsställen</a> <a "
                             "href=\"/\">Verksamhetsställen</a>"),
            "<a class=\"button\" href=\"/\">Verksamhets\u00ADställen</a> <a "
            "href=\"/\">Verksamhetsställen</a>");
  for (auto const* html : {"<title>Saavutettavuusseloste</title>", "<p>Saavutettavuusseloste</p>",
                           "<h1>Saavutettavuus</h1>", "<h2><code>Voimassaolopäivä</code></h2>"}) {
    EXPECT_EQ(with_line_breaks(html), html);
  }
}

// A text of few words is a title, a button or the head of a column.
TEST(LineBreaks, know_every_long_word_of_the_short_texts) {
  for (auto const language : contract::languages) {
    for (std::uint16_t n = 0; n < static_cast<std::uint16_t>(Text::count_); ++n) {
      auto const text = in(language, static_cast<Text>(n));
      if (std::ranges::count(text, ' ') > 3) continue;
      auto const drawn = with_line_breaks("<h1>" + std::string(text) + "</h1>");
      EXPECT_LT(longest_run(drawn), 16) << drawn;
    }
  }
}

// A hyphen that the browser puts into a code would be read and typed with it.
TEST(LineBreaks, are_the_browsers_where_there_is_no_code) {
  std::ifstream file(std::filesystem::path(KAIKU_SOURCE_DIR) /
                     "server/pages/frame/assets/kaiku.css");
  std::string const css(std::istreambuf_iterator<char>(file), {});
  auto const rule_with = [&](std::string_view declaration) {
    auto const at = css.find(declaration);
    if (at == std::string::npos) return std::string();
    auto const before = css.find_last_of("}/", css.rfind('{', at));
    return css.substr(before + 1, css.find('}', at) - before - 1);
  };
  EXPECT_NE(rule_with("hyphens: auto").find("\nbody {"), std::string::npos);
  auto const whole = rule_with("hyphens: manual");
  for (auto const* what : {"code,", "input,", "textarea,", "select,", ".unparted {"}) {
    EXPECT_NE(whole.find(what), std::string::npos) << what;
  }
}

}  // namespace
}  // namespace kaiku::pages
