// Cohorts and flows as documents.
#pragma once

#include <string>

#include "server/reports/area_reports.hpp"
#include "server/reports/report_document.hpp"

namespace kaiku::reports {

// `scope`: the name of the area; empty: the whole network.
ReportDocument cohort_document(contract::Language language, CohortReport const& report,
                               std::string const& scope);
// Of the network one table, a column a venue's area; of an area one of what comes to its venues and
// one of where its residents go.
ReportDocument flow_document(contract::Language language, FlowReport const& report,
                             std::string const& scope);

// As a row of a table is called.
std::string name_of(contract::Language language, FlowPlace const& place);

}  // namespace kaiku::reports
