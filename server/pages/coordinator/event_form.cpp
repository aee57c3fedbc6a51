#include "server/pages/coordinator/event_form.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/values/ascii.hpp"
#include "schema/values/faults.hpp"
#include "schema/values/spaces.hpp"
#include "server/pages/coordinator/limit_options.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view none = "none";
constexpr std::string_view number = "number";
constexpr std::string_view percent = "percent";
constexpr std::string_view yes = "yes";
constexpr std::string_view no = "no";
constexpr std::size_t most_days = 60;
constexpr std::int32_t half_a_year_days = 183;

std::string_view holder_alone_or(std::string_view kind, std::string_view chosen) {
  return kind == contract::word_of(contract::UseKind::admission) ? chosen : no;
}

std::string in_one_line(Instant at, Day shown_beside) {
  auto const day = helsinki_day(at);
  auto const time = clock_time(at);
  return day == shown_beside ? time : to_finnish(day) + " " + time;
}

std::string text_or(std::optional<std::int64_t> const& value) {
  return value ? std::to_string(*value) : std::string();
}

nlohmann::json number_or_null(std::string_view typed) {
  if (typed.empty()) return nullptr;
  return number_or_text(typed);
}

constexpr std::size_t most_euro_digits = 5;

// "12,50", "12.5" and "12 €" as cents; what is no amount goes on as it was typed, for the reader to
// refuse.
nlohmann::json cents_or_text(std::string_view typed) {
  constexpr std::string_view euro = "€";
  auto text = without_spaces_around(typed);
  if (text.empty()) return nullptr;
  if (text.ends_with(euro)) text.remove_suffix(euro.size());
  text = without_spaces_around(text);
  auto const cut = std::min(text.find_first_of(",."), text.size());
  auto const whole = text.substr(0, cut);
  auto const part = text.substr(std::min(cut + 1, text.size()));
  bool const is_whole =
      !whole.empty() && whole.size() <= most_euro_digits && ascii::is_digits(whole);
  bool const is_part =
      cut == text.size() || (!part.empty() && part.size() <= 2 && ascii::is_digits(part));
  if (!is_whole || !is_part) return std::string(typed);
  auto const cents = number_from(part).value_or(0) * (part.size() == 1 ? 10 : 1);
  return number_from(whole).value_or(0) * 100 + cents;
}

std::string euros_of(std::optional<std::int64_t> const& cents) {
  if (!cents) return {};
  auto const rest = std::to_string(*cents % 100);
  return std::to_string(*cents / 100) + "," + (rest.size() == 1 ? "0" : "") + rest;
}

nlohmann::json message_or_null(FormValues const& fields) {
  auto const fi = std::string(fields["door_message_fi"]);
  auto const sv = std::string(fields["door_message_sv"]);
  auto const en = std::string(fields["door_message_en"]);
  if (fi.empty() && sv.empty() && en.empty()) return nullptr;
  return {{"fi", fi}, {"sv", sv}, {"en", en}};
}

void put_times(nlohmann::json& members, FormValues const& fields, Day today) {
  auto const day = event_day_from(fields["day"], today);
  auto const start =
      day ? event_time_from(fields["starts"], *day, today) : std::optional<Instant>();
  members["starts_at"] = start ? to_rfc3339(*start) : std::string(fields["starts"]);
  if (fields["ends"].empty()) return;
  auto const end = day ? event_time_from(fields["ends"], *day, today) : std::optional<Instant>();
  members["ends_at"] = end ? to_rfc3339(*end) : std::string(fields["ends"]);
}

}  // namespace

http::FormPairs event_fields_of(ledger::EventSet const& event) {
  auto const day = helsinki_day(event.starts_at);
  auto const quota_kind = event.quota_percent ? percent : event.quota ? number : none;
  auto const& quota = event.quota_percent ? event.quota_percent : event.quota;
  auto const& limit = event.limit;
  auto const message = event.door_message.value_or(domain::LocalText{});
  return {{"title_fi", event.title.fi},
          {"title_sv", event.title.sv},
          {"title_en", event.title.en},
          {"kind", std::string(contract::word_of(event.use_kind))},
          {"day", to_finnish(day)},
          {"starts", clock_time(event.starts_at)},
          {"ends", in_one_line(event.ends_at, day)},
          {"capacity", text_or(event.capacity)},
          {"quota_kind", std::string(quota_kind)},
          {"quota", text_or(quota)},
          {"limit_period", std::string(limit ? contract::word_of(limit->period) : no_limit)},
          {"limit_count", limit ? std::to_string(limit->count) : ""},
          {"children", std::string(event.children_allowed ? yes : no)},
          {"sold_out", std::string(event.sold_out ? yes : no)},
          {"door_message_fi", message.fi},
          {"door_message_sv", message.sv},
          {"door_message_en", message.en},
          {"face_value", euros_of(event.face_value)}};
}

http::FormPairs fresh_event_fields() {
  return {{"kind", std::string(contract::word_of(contract::UseKind::admission))},
          {"quota_kind", std::string(none)},
          {"limit_period", std::string(no_limit)},
          {"children", std::string(yes)}};
}

std::optional<Day> event_day_from(std::string_view typed, Day today) {
  auto const text = without_spaces_around(typed);
  auto const day = day_from_typed(text, today);
  bool const has_no_year = text.ends_with('.');
  if (!day || !has_no_year || today - *day <= half_a_year_days) return day;
  return day_from_typed(std::string(text) + std::to_string(civil_of(today).year + 1), today);
}

std::optional<Instant> event_time_from(std::string_view typed, Day day, Day today) {
  auto const text = without_spaces_around(typed);
  auto const cut = text.rfind(' ');
  if (cut != std::string_view::npos) {
    auto const named = event_day_from(text.substr(0, cut), today);
    if (!named) return std::nullopt;
    day = *named;
  }
  auto const minutes =
      clock_minutes_from_typed(cut == std::string_view::npos ? text : text.substr(cut + 1));
  if (!minutes) return std::nullopt;
  return instant_at(day, *minutes);
}

nlohmann::json event_members(http::FormPairs const& pairs, Day today) {
  FormValues const fields(pairs);
  nlohmann::json members{
      {"title",
       {{"fi", std::string(fields["title_fi"])},
        {"sv", std::string(fields["title_sv"])},
        {"en", std::string(fields["title_en"])}}},
      {"kind", std::string(fields["kind"])},
      {"capacity", number_or_null(fields["capacity"])},
      {"limit", nullptr},
      {"children_allowed", holder_alone_or(fields["kind"], fields["children"]) == yes},
      {"sold_out", fields["sold_out"] == yes},
      {"door_message", message_or_null(fields)},
      {"face_value", cents_or_text(fields["face_value"])}};
  members["quota"] = {{"kind", std::string(fields["quota_kind"])}};
  if (fields["quota_kind"] != none) members["quota"]["n"] = number_or_text(fields["quota"]);
  if (fields["limit_period"] != no_limit) {
    members["limit"] = {{"period", std::string(fields["limit_period"])},
                        {"count", number_or_text(fields["limit_count"])}};
  }
  put_times(members, fields, today);
  if (auto const venue = fields.number("venue")) members["venue_id"] = *venue;
  return members;
}

void spread_quota(nlohmann::json& members) {
  auto const found = members.find("quota");
  if (found == members.end()) return;
  auto const quota = *found;
  auto const& kind = quota.at("kind").get_ref<std::string const&>();
  members["quota"] = kind == number ? quota.at("n") : nlohmann::json(nullptr);
  members["quota_percent"] = kind == percent ? quota.at("n") : nlohmann::json(nullptr);
}

Result<std::vector<Day>> further_days(std::string_view lines, Day today) {
  std::vector<Day> days;
  Faults faults;
  std::size_t line = 0;
  while (!lines.empty()) {
    auto const end = std::min(lines.find('\n'), lines.size());
    auto const day = event_day_from(lines.substr(0, end), today);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (day) days.push_back(*day);
    if (!day) faults.add("/days/" + std::to_string(line), FaultCode::not_a_day);
    ++line;
  }
  if (days.size() > most_days) faults.add("/days", FaultCode::too_long);
  if (!faults.empty()) return faults.error();
  return days;
}

}  // namespace kaiku::pages
