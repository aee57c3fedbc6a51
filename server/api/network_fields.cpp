#include "server/api/network_fields.hpp"

#include <algorithm>
#include <array>

namespace kaiku::api {
namespace {

constexpr std::array<std::string_view, 4> period_words{"event", "day", "month", "validity"};

std::optional<contract::LimitPeriod> period_from(std::string_view word) {
  auto const found = std::find(period_words.begin(), period_words.end(), word);
  if (found == period_words.end()) return std::nullopt;
  return static_cast<contract::LimitPeriod>(found - period_words.begin());
}

}  // namespace

std::string_view word_of(contract::LimitPeriod period) {
  return period_words[static_cast<std::size_t>(period)];
}

domain::LocalText read_local_text(Fields& fields, std::string_view name) {
  domain::LocalText text;
  auto const& raw = fields.raw(name);
  if (raw.is_null()) {
    fields.fault(name, "required", "is missing");
    return text;
  }
  Fields nested(raw, "/" + std::string(name));
  text.fi = nested.maybe_text("fi", 200).value_or("");
  text.sv = nested.maybe_text("sv", 200).value_or("");
  text.en = nested.maybe_text("en", 200).value_or("");
  fields.absorb(std::move(nested));
  if (text.fi.empty() && text.sv.empty() && text.en.empty()) {
    fields.fault(name, "required", "is needed in one language at least");
  }
  return text;
}

void read_limit(Fields& fields, std::string_view name, std::optional<contract::UseLimit>& limit) {
  auto const& raw = fields.raw(name);
  if (raw.is_null()) return;
  Fields nested(raw, "/" + std::string(name));
  auto const count = nested.integer("count", 1, 1'000);
  nested.require("period");
  auto const period = nested.maybe_word<contract::LimitPeriod>("period", period_from);
  fields.absorb(std::move(nested));
  if (period) limit = contract::UseLimit{static_cast<int>(count), *period};
}

void read_policy(Fields& fields, std::string_view name, domain::Policy& policy) {
  auto const& raw = fields.raw(name);
  if (raw.is_null()) return;
  Fields nested(raw, "/" + std::string(name));
  auto const number = [&](char const* member, std::int64_t least, std::int64_t most, int& value) {
    if (auto const given = nested.maybe_integer(member, least, most))
      value = static_cast<int>(*given);
  };
  auto const flag = [&](char const* member, bool& value) {
    value = nested.maybe_boolean(member).value_or(value);
  };
  number("validity_months", 1, 60, policy.validity_months);
  if (auto const end = nested.maybe_day("fixed_end")) policy.fixed_end = *end;
  number("child_age_limit", 7, 18, policy.child_age_limit);
  flag("companion_allowed", policy.companion_allowed);
  flag("local_only", policy.local_only);
  flag("unknown_genuine_is_let_in", policy.unknown_genuine_is_let_in);
  flag("unknown_typed_is_let_in", policy.unknown_typed_is_let_in);
  number("unknown_genuine_daily_limit", 0, 1'000, policy.unknown_genuine_daily_limit);
  number("stale_warn_hours", 1, 24 * 30, policy.stale_warn_hours);
  number("stale_stop_days", 1, 90, policy.stale_stop_days);
  fields.absorb(std::move(nested));
}

std::string read_municipality_code(Fields& fields, std::string_view name) {
  auto code = fields.text(name, 3, 3);
  if (code.size() == 3 && code.find_first_not_of("0123456789") != std::string::npos) {
    fields.fault(name, "not_a_code", "has to be a municipality's code of three digits");
  }
  return code;
}

nlohmann::json to_json(std::optional<contract::UseLimit> const& limit) {
  if (!limit) return nullptr;
  return {{"count", limit->count}, {"period", word_of(limit->period)}};
}

}  // namespace kaiku::api
