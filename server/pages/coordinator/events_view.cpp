#include "server/pages/coordinator/events_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data row_data(EventRow const& row, bool has_venues) {
  Data data;
  data.set("href", row.href);
  data.set("time", row.time);
  data.set("title", row.title);
  data.set("has_venue", has_venues);
  data.set("venue", row.venue);
  data.set("places", row.places);
  data.set("standing", row.standing);
  return data;
}

}  // namespace

Page events_page(Frame const& frame, EventsPage const& model) {
  auto const text = [&](Text key) { return std::string(in(frame.language, key)); };
  Page page{.title = text(model.over ? Text::events_over_title : Text::events_title),
            .body = embedded::events};
  auto& values = page.values;
  values.set("heading", page.title);
  page.title = with_outcome(model.done, page.title);
  values.set("done", text_or_nothing(model.done));
  values.set("over", model.over);
  values.set("has_filter", !model.areas.empty() || !model.venues.empty());
  values.set("has_areas", !model.areas.empty());
  values.set("area", filter_choice(page, {.id = "area",
                                          .label = in(frame.language, Text::place_area),
                                          .options = model.areas,
                                          .chosen = model.area}));
  values.set("has_venue_choice", !model.venues.empty());
  values.set("venue_choice", filter_choice(page, {.id = "venue",
                                                  .label = in(frame.language, Text::events_venue),
                                                  .options = model.venues,
                                                  .chosen = model.venue}));
  values.set("make_href", model.make_href);
  values.set("other_href", model.other_href);
  values.set("other", text(model.over ? Text::events_to_coming : Text::events_to_over));
  values.set("count", model.count);
  values.set("empty", text(model.over ? Text::events_none_over : Text::events_empty));
  values.set("has_venues", model.has_venues);
  values.set("places_label", text(model.has_venues ? Text::quota_use_quota : Text::events_places));
  std::vector<Data> events;
  for (auto const& row : model.events) events.push_back(row_data(row, model.has_venues));
  values.set("has_events", !events.empty());
  values.set("events", list_of(events));
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
