#include "server/pages/venue/venue_view.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data event_of(Frame const& frame, DayEvent const& event) {
  Data data;
  data.set("title", event.title);
  data.set("href", text_or_nothing(event.href));
  data.set("standing", text_or_nothing(event.standing));
  data.set("has_quota", event.quota.has_value());
  auto const held = number_text(frame.language, event.held);
  data.set("held", event.held > 0 ? Data(fill(frame.language, Text::day_reserved, {{"n", held}}))
                                  : Data(false));
  auto const used = number_text(frame.language, event.used);
  if (!event.quota) {
    data.set("places", fill(frame.language, Text::day_used, {{"used", used}}));
    return data;
  }
  auto const quota = *event.quota;
  auto const left = std::max<std::int64_t>(0, quota - event.used - event.held);
  data.set("places", fill(frame.language, Text::venue_quota,
                          {{"used", used},
                           {"quota", number_text(frame.language, quota)},
                           {"left", number_text(frame.language, left)}}));
  // What is held is gone for others, as in the words beside the bar.
  auto const taken = quota - left;
  auto const percent = quota > 0 ? taken * 100 / quota : 100;
  data.set("percent", std::to_string(percent));
  return data;
}

}  // namespace

Page venue_page(Frame const& frame, VenuePage const& model) {
  bool const is_today = model.day.empty();
  auto title = is_today ? std::string(in(frame.language, Text::venue_today)) : model.day;
  Page page{.title = title, .body = embedded::venue};
  auto& values = page.values;
  values.set("title", std::move(title));
  values.set("day_before", text_or_nothing(model.day_before));
  values.set("day_after", text_or_nothing(model.day_after));
  std::vector<Data> events;
  for (auto const& event : model.events) events.push_back(event_of(frame, event));
  values.set("has_events", !events.empty());
  values.set("events", list_of(events));
  auto const tickets = number_text(frame.language, model.tickets_today);
  auto const children = number_text(frame.language, model.children_today);
  auto const today = model.tickets_today == 1 ? Text::day_one_ticket : Text::venue_today_count;
  auto const count = is_today ? today : Text::venue_day_count;
  auto const none = is_today ? Text::venue_today_empty : Text::venue_day_empty;
  values.set("count_line",
             model.tickets_today > 0
                 ? fill(frame.language, count, {{"tickets", tickets}, {"children", children}})
                 : std::string(in(frame.language, none)));
  // An undo leads on to the door as the venue has it.
  values.set("event_id", std::string());
  values.set("fast_value", std::string());
  put_given(values, frame, model.given);
  values.set("earlier", text_or_nothing(model.earlier));
  return page;
}

}  // namespace kaiku::pages
