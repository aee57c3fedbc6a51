// Numbers and tables of a report as templates have them, each sign with what a screen reader says.
#pragma once

#include <string>
#include <string_view>

#include "server/pages/frame/page.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::pages {

std::string figure_text(Language language, reports::Figure const& figure);
// What a screen reader says where the sign alone says nothing; empty: what stands there.
std::string_view spoken(Language language, reports::Figure const& figure);
// `value` and `spoken`.
void put_number(Data& data, Language language, reports::Figure const& figure);
// `columns` and `rows`.
void put_table(Frame const& frame, Data& report, reports::DocumentTable const& table);
// "12.5": a length in a picture.
std::string tenths(double value);

}  // namespace kaiku::pages
