#include "server/pages/frame/line_breaks.hpp"

#include <gtest/gtest.h>

namespace kaiku::pages {
namespace {

TEST(LineBreaks, keep_the_dots_of_a_short_code_with_it) {
  EXPECT_EQ(with_line_breaks("<p>18.00 Talvi · …1EW, …7QX</p>"),
            "<p>18.00 Talvi · <span class=\"unparted\">…1EW</span>, "
            "<span class=\"unparted\">…7QX</span></p>");
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

}  // namespace
}  // namespace kaiku::pages
