// Numbers and tables of a report as templates have them, each sign with what a screen reader says.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/page.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::pages {

std::string figure_text(Language language, reports::Figure const& figure);
// What a screen reader says instead of a sign, which it may pass over; empty: what stands there.
std::string spoken(Language language, reports::Figure const& figure);
// `value` and `spoken`.
void put_number(Data& data, Language language, reports::Figure const& figure);
// How per cents of a table are written: assumptions that somebody typed stand as they were typed.
enum class Percents { with_a_decimal, whole_where_all_are };
// `columns` and `rows`.
void put_table(Frame const& frame, Data& report, reports::DocumentTable const& table,
               Percents percents = Percents::with_a_decimal);
// `definitions`, which unfold on the screen, and `paper_definitions`, as a list after all else.
void put_definitions(Data& report, std::vector<reports::Definition> const& on_screen,
                     std::vector<reports::Definition> const& on_paper);
// "12.5": a length in a picture.
std::string tenths(double value);

}  // namespace kaiku::pages
