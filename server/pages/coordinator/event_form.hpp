// The form of an event: its fields, what they say as a request's members, and what was wrong with
// them in words.
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/values/result.hpp"
#include "server/ledger/network_entries.hpp"
#include "server/pages/coordinator/place_form.hpp"

namespace kaiku::pages {

template <std::size_t N, class... More>
constexpr std::array<std::string_view, N + sizeof...(More)> with_fields(
    std::array<std::string_view, N> const& fields, More... more) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::string_view, N + sizeof...(More)>{fields[I]..., more...};
  }
  (std::make_index_sequence<N>());
}
// `then`: which of the two buttons was pressed.
inline constexpr std::array<std::string_view, 18> common_event_fields{"title_fi",
                                                                      "title_sv",
                                                                      "title_en",
                                                                      "kind",
                                                                      "day",
                                                                      "starts",
                                                                      "ends",
                                                                      "capacity",
                                                                      "quota_kind",
                                                                      "quota",
                                                                      "limit_period",
                                                                      "limit_count",
                                                                      "children",
                                                                      "door_message_fi",
                                                                      "door_message_sv",
                                                                      "door_message_en",
                                                                      "face_value",
                                                                      "then"};
inline constexpr auto event_fields = with_fields(common_event_fields, "sold_out");
// Of a new one; days: the same event on these days too, one a line; area: whose venues there are to
// choose from, for who coordinates several.
inline constexpr auto new_event_fields = with_fields(common_event_fields, "days", "venue", "area");

http::FormPairs event_fields_of(ledger::EventSet const& event);
// What a form for a new event begins with.
http::FormPairs fresh_event_fields();

// "22.11." is the day of this year, or of the next when it lies more than half a year back.
std::optional<Day> event_day_from(std::string_view typed, Day today);
// "19.42" on `day`, or another day's time: "23.11.2026 01.00".
std::optional<Instant> event_time_from(std::string_view typed, Day day, Day today);

// The members of a request; a day or a time that is none goes into it as it was typed, for the
// reader to refuse. An end that is left empty is left out. The quota is one member here, so that it
// changes as a whole: see spread_quota.
nlohmann::json event_members(http::FormPairs const& pairs, Day today);
// The member `quota` of event_members as the members that a request has.
void spread_quota(nlohmann::json& members);
// The further days of the field `days`; a fault at its line.
Result<std::vector<Day>> further_days(std::string_view lines, Day today);

PageFaults event_faults(Language language, Returned const& returned, Day today);
// `is_new`: with further days, and without the question whether it is sold out. `venues` to choose
// from, none where it is known.
std::vector<Data> event_form_fields(Filled const& filled, Language language, bool is_new,
                                    std::vector<Option> venues = {});

}  // namespace kaiku::pages
