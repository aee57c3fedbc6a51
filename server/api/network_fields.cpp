#include "server/api/network_fields.hpp"

#include <nlohmann/json.hpp>

#include "schema/values/ascii.hpp"

namespace kaiku::api {

using codec::JsonFields;

std::optional<AreaId> read_optional_area_id(JsonFields& fields, std::string_view name) {
  auto const text = fields.optional_text(name, {.min = 0});
  if (!text) return std::nullopt;
  auto const area = AreaId::parse(*text);
  if (!area) fields.fault(name, FaultCode::not_an_area_id);
  return area;
}

AreaId read_area_id(JsonFields& fields, std::string_view name) {
  auto const area = AreaId::parse(fields.text(name, {}));
  if (!area) fields.fault(name, FaultCode::not_an_area_id);
  return area.value_or(AreaId{});
}

std::string read_municipality_code(JsonFields& fields, std::string_view name) {
  auto code = fields.text(name, {.min = 3, .max = 3});
  if (!ascii::is_digits(code)) fields.fault(name, FaultCode::not_a_municipality_code);
  return code;
}

std::string read_postcode(JsonFields& fields) {
  auto postcode = fields.text("postcode", {.min = 5, .max = 5});
  if (!ascii::is_digits(postcode)) fields.fault("postcode", FaultCode::not_a_postcode);
  return postcode;
}

void read_optional_text(JsonFields& fields, std::string_view name, codec::TextRule rule,
                        std::optional<std::string>& text) {
  if (fields.presence(name) == codec::Presence::null) text.reset();
  if (auto given = fields.optional_text(name, rule)) text = std::move(given);
}

domain::LocalText read_local_text(JsonFields& fields, std::string_view name) {
  constexpr codec::TextRule rule{.min = 0, .max = 200, .trimmed = true};
  domain::LocalText text;
  auto languages = fields.object(name);
  if (!languages) return text;
  text.fi = languages->optional_text("fi", rule).value_or("");
  text.sv = languages->optional_text("sv", rule).value_or("");
  text.en = languages->optional_text("en", rule).value_or("");
  languages->finish();
  if (text.fi.empty() && text.sv.empty() && text.en.empty()) {
    fields.fault(name, FaultCode::required, "is needed in one language at least");
  }
  return text;
}

void read_limit(JsonFields& fields, std::optional<contract::UseLimit>& limit) {
  if (fields.presence("limit") == codec::Presence::null) limit.reset();
  auto given = fields.optional_object("limit");
  if (!given) return;
  auto const count = static_cast<int>(given->integer("count", limit_count_rule));
  limit = contract::UseLimit{
      count, given->word<contract::LimitPeriod>("period", contract::limit_period_from)};
  given->finish();
}

void read_policy(JsonFields& fields, domain::Policy& policy) {
  auto const number = [&](char const* member, codec::NumberRule rule, int& value) {
    value = static_cast<int>(fields.optional_integer(member, rule).value_or(value));
  };
  auto const flag = [&](char const* member, bool& value) {
    value = fields.optional_boolean(member).value_or(value);
  };
  number("validity_months", validity_months_rule, policy.validity_months);
  if (fields.presence("fixed_end") == codec::Presence::null) policy.fixed_end.reset();
  if (auto const end = fields.optional_day("fixed_end")) policy.fixed_end = *end;
  number("child_age_limit", child_age_limit_rule, policy.child_age_limit);
  flag("companion_allowed", policy.companion_allowed);
  flag("local_only", policy.local_only);
  flag("unknown_genuine_is_let_in", policy.unknown_genuine_is_let_in);
  flag("unknown_typed_is_let_in", policy.unknown_typed_is_let_in);
  number("unknown_genuine_daily_limit", unknown_daily_rule, policy.unknown_genuine_daily_limit);
  number("stale_warn_hours", stale_warn_hours_rule, policy.stale_warn_hours);
  number("stale_stop_days", stale_stop_days_rule, policy.stale_stop_days);
  flag("stale_may_be_overruled", policy.stale_may_be_overruled);
}

nlohmann::json to_json(std::optional<contract::UseLimit> const& limit) {
  if (!limit) return nullptr;
  return {{"count", limit->count}, {"period", word_of(limit->period)}};
}

nlohmann::json to_json(std::optional<std::string> const& text) {
  if (!text) return nullptr;
  return *text;
}

}  // namespace kaiku::api
