// Shared readers of the administration's JSON: texts in three languages, limits, policies.
#pragma once

#include "server/api/fields.hpp"
#include "server/domain/policy.hpp"

namespace kaiku::api {

// {"fi": …, "sv": …, "en": …}, at least one of them.
domain::LocalText read_local_text(Fields& fields, std::string_view name);
// {"count": 1, "period": "event" | "day" | "month" | "validity"}; null takes the limit away.
void read_limit(Fields& fields, std::string_view name, std::optional<contract::UseLimit>& limit);
// Members that are there replace those of `policy`.
void read_policy(Fields& fields, std::string_view name, domain::Policy& policy);
std::string read_municipality_code(Fields& fields, std::string_view name);
std::string_view word_of(contract::LimitPeriod period);
nlohmann::json to_json(std::optional<contract::UseLimit> const& limit);

}  // namespace kaiku::api
