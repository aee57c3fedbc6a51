// A value sheet as a document: the result never without all of its assumptions.
#pragma once

#include <string>
#include <string_view>

#include "server/reports/report_document.hpp"
#include "server/reports/value_report.hpp"

namespace kaiku::reports {

// "Aikuisen lippu: Kulttuuri".
std::string name_in(contract::Language language, domain::ValueLine line);
// "1,4–6,7 : 1".
std::string ratio_text(contract::Language language, domain::ValueRatio const& ratio);
// `scope`: the area's name; empty: the whole network.
ReportDocument value_document(contract::Language language, ValueReport const& report,
                              std::string const& scope);

}  // namespace kaiku::reports
