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
// A line about it: an address, whom to call.
inline constexpr codec::TextRule line_rule{.min = 2, .max = 200, .trimmed = true};

// What the numbers of a limit and of a policy may be.
inline constexpr codec::NumberRule limit_count_rule{1, 1'000};
inline constexpr codec::NumberRule validity_months_rule{1, 60};
inline constexpr codec::NumberRule child_age_limit_rule{7, 18};
inline constexpr codec::NumberRule unknown_daily_rule{0, 1'000};
inline constexpr codec::NumberRule stale_warn_hours_rule{1, 24 * 30};
inline constexpr codec::NumberRule stale_stop_days_rule{1, 90};

AreaId read_area_id(codec::JsonFields& fields, std::string_view name);
std::optional<AreaId> read_optional_area_id(codec::JsonFields& fields, std::string_view name);
std::string read_municipality_code(codec::JsonFields& fields, std::string_view name);
std::string read_postcode(codec::JsonFields& fields);
// Null takes the text away, and an absent member leaves it.
void read_optional_text(codec::JsonFields& fields, std::string_view name, codec::TextRule rule,
                        std::optional<std::string>& text);
// {"fi": …, "sv": …, "en": …}, at least one of them.
domain::LocalText read_local_text(codec::JsonFields& fields, std::string_view name);
// {"count": 1, "period": "event"}; null takes the limit away, and an absent member leaves it.
void read_limit(codec::JsonFields& fields, std::optional<contract::UseLimit>& limit);
// The members of a policy that are there replace those of `policy`.
void read_policy(codec::JsonFields& fields, domain::Policy& policy);
nlohmann::json to_json(std::optional<contract::UseLimit> const& limit);
nlohmann::json to_json(std::optional<std::string> const& text);

}  // namespace kaiku::api
