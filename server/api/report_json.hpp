// Reports and runs as JSON: null for what is not shown, and beside it why.
#pragma once

#include <nlohmann/json.hpp>

#include "schema/contract/answers.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/area_reports.hpp"

namespace kaiku::api {

// Definitions in the language. `suppressed` points at each number that is not shown.
nlohmann::json annual_json(reports::AnnualReport const& report, contract::Language language);
nlohmann::json usage_json(reports::UsageReport const& report, contract::Language language);
nlohmann::json cohort_json(reports::CohortReport const& report, contract::Language language);
nlohmann::json flow_json(reports::FlowReport const& report, contract::Language language);
nlohmann::json as_of_json(reports::AsOf const& as_of);
nlohmann::json run_json(tables::ReportRun const& run);

}  // namespace kaiku::api
