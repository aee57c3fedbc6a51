// What a cell of a report reads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schema/contract/answers.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::exports {

// For programs: digits alone ("1203"), and signs as everywhere: "<5", "…", "–", "≥ 1203".
std::string figure_text(reports::Figure const& figure);
// "1234.50", "0,05".
std::string euro_text(reports::Euros euros, char decimal_mark);
// Four decimals at most, as many as there are: "0.2674", "0,12".
std::string share_text(reports::Share share, char decimal_mark);
// One decimal: "3.4", "3,4".
std::string per_thousand_text(reports::PerThousand value, char decimal_mark);

// For people: "12 034" and "1203" (fi, sv), "1,203" (en); as pages group them.
std::string grouped_text(contract::Language language, std::int64_t number);
// The same signs, their numbers grouped. Below zero a dash, since Noto Sans has no minus sign.
std::string figure_text(contract::Language language, reports::Figure const& figure);
// "26,7 %" (fi, sv), "26.7%" (en).
std::string percent_text(contract::Language language, reports::Share share, int decimals);
// "12 034,50 €" (fi, sv), "€12,034.50" (en).
std::string euro_text(contract::Language language, reports::Euros euros);
// 0 when all shares of the column are whole per cents (late shares, cohorts), else 1.
int decimals_of_percents(reports::DocumentTable const& table, std::size_t column);

// "2.3.2027 0.10" in Helsinki; what is no RFC 3339 time stays as it is.
std::string finnish_time(std::string_view rfc3339);

}  // namespace kaiku::exports
