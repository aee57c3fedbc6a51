#include "server/pages/venue/reservations_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data event_data(Frame const& frame, ReservedEvent const& event) {
  std::vector<Data> rows;
  for (auto const& row : event.rows) {
    Data data;
    data.set("remove_href", row.remove_href);
    data.set("card_short", row.card_short);
    data.set("tickets", row.tickets);
    data.set("until", row.until);
    data.set("remove_label",
             fill(frame.language, Text::reservations_remove_of,
                  {{"card", row.card_short}, {"tickets", row.tickets}, {"event", event.title}}));
    rows.push_back(data);
  }
  Data data;
  data.set("title", event.title);
  data.set("rows", list_of(rows));
  return data;
}

}  // namespace

Page reservations_page(Frame const& frame, ReservationsPage const& model) {
  auto const heading = std::string(in(frame.language, Text::reservations_title));
  auto const& news = model.news;
  Page page{.title = with_outcome(news.title, heading), .body = embedded::reservations};
  auto& values = page.values;
  values.set("news", text_or_nothing(news.title));
  values.set("news_line", news.line);
  values.set("news_style", std::string(news.is_done ? "ok" : "no"));
  values.set("news_icon", std::string(news.is_done ? "✓" : "✕"));
  values.set("may_add", model.may_add);
  values.set("count", model.count);
  std::vector<Data> events;
  for (auto const& event : model.events) events.push_back(event_data(frame, event));
  values.set("has_events", !events.empty());
  values.set("events", list_of(events));
  values.set("more", text_or_nothing(model.more));
  return page;
}

Page reservation_removal_page(Frame const& frame, ReservationRemoval const& model) {
  auto const title = std::string(in(frame.language, Text::confirm_title));
  Page page{.title = title + " – " + model.event, .body = embedded::reservation_remove};
  auto& values = page.values;
  values.set("event", model.event);
  values.set("of_card", fill(frame.language, Text::reservations_of_card,
                             {{"card", model.card_short}, {"tickets", model.tickets}}));
  auto const text =
      model.places == 1 ? Text::reservations_frees_one : Text::reservations_frees_many;
  values.set("freed",
             fill(frame.language, text, {{"n", number_text(frame.language, model.places)}}));
  values.set("form_id", model.form_id);
  values.set("id", model.id);
  return page;
}

Page new_reservation_page(Frame const& frame, NewReservationPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::reserve_title)), .body = embedded::new_reservation};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("action", model.action);
  values.set("form_id", model.form_id);
  values.set("has_events", !model.events.empty());
  values.set("event", radio_group({.id = "event",
                                   .label = text(Text::events_event),
                                   .options = model.events,
                                   .chosen = model.event,
                                   .fault = fault_of(model.faults, "event")}));
  values.set("card", card_field(frame.language, model.card, model.faults, true));
  values.set("children", text_field({.id = "children",
                                     .label = text(Text::venue_children),
                                     .value = model.children,
                                     .fault = fault_of(model.faults, "children"),
                                     .maxlength = 2,
                                     .numeric = true,
                                     .narrow = true}));
  values.set("companion", model.companion);
  values.set("until", text_field({.id = "until",
                                  .label = text(Text::reserve_until),
                                  .hint = text(Text::reserve_until_hint),
                                  .value = model.until,
                                  .fault = fault_of(model.faults, "until"),
                                  .maxlength = 20,
                                  .narrow = true}));
  values.set("replaces", text_or_nothing(model.replaces));
  return page;
}

}  // namespace kaiku::pages
