// Members that several of the administration's requests have: ids, codes, texts in three languages,
// limits, policies.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/admission.hpp"
#include "schema/values/ids.hpp"
#include "server/domain/policy.hpp"

namespace kaiku::api {

// The name of a thing of the network.
inline constexpr codec::TextRule name_rule{.min = 2, .max = 120, .trimmed = true};

AreaId read_area_id(codec::JsonFields& fields, std::string_view name);
std::optional<AreaId> read_optional_area_id(codec::JsonFields& fields, std::string_view name);
std::string read_municipality_code(codec::JsonFields& fields, std::string_view name);
std::string read_postcode(codec::JsonFields& fields);
// {"fi": …, "sv": …, "en": …}, at least one of them.
domain::LocalText read_local_text(codec::JsonFields& fields, std::string_view name);
// {"count": 1, "period": "event" | "day" | "month" | "validity"}; null takes the limit away, and an
// absent member leaves it.
void read_limit(codec::JsonFields& fields, std::optional<contract::UseLimit>& limit);
// The members of a policy that are there replace those of `policy`.
void read_policy(codec::JsonFields& fields, domain::Policy& policy);
std::string_view word_of(contract::LimitPeriod period);
nlohmann::json to_json(std::optional<contract::UseLimit> const& limit);

}  // namespace kaiku::api
