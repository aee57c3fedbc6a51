// The wellbeing annex as JSON: null for what is not shown, and beside it why.
#pragma once

#include <nlohmann/json.hpp>

#include "schema/contract/answers.hpp"
#include "server/reports/annex.hpp"

namespace kaiku::api {

nlohmann::json annex_json(reports::AnnexReport const& report, contract::Language language);

}  // namespace kaiku::api
