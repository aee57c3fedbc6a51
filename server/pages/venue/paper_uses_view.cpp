#include "server/pages/venue/paper_uses_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data row_data(Frame const& frame, PaperRow const& row) {
  Data data;
  data.set("id", row.id);
  data.set("card_short", row.card_short);
  data.set("tickets", row.tickets);
  data.set("verdict", row.verdict);
  data.set("undoable", row.undoable);
  data.set("undone", row.undone);
  data.set("undo_label", fill(frame.language, Text::paper_undo_of,
                              {{"card", row.card_short}, {"tickets", row.tickets}}));
  return data;
}

Data number_field(Frame const& frame, PageFaults const& faults, std::string_view id, Text label,
                  std::string_view value) {
  return text_field({.id = id,
                     .label = in(frame.language, label),
                     .value = value,
                     .fault = fault_of(faults, id),
                     .maxlength = 2,
                     .numeric = true,
                     .narrow = true});
}

void put_row_form(Data& values, Frame const& frame, PaperPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  values.set("has_events", model.events.size() > 1);
  values.set("event", radio_group({.id = "event",
                                   .label = text(Text::paper_event),
                                   .options = model.events,
                                   .chosen = model.event,
                                   .fault = fault_of(model.faults, "event")}));
  values.set("card", text_field({.id = "card",
                                 .label = text(Text::card_code),
                                 .hint = text(Text::paper_card_hint),
                                 .value = model.typed.card,
                                 .fault = fault_of(model.faults, "card"),
                                 .maxlength = 512,
                                 .code = true,
                                 .autofocus = true}));
  values.set("children", number_field(frame, model.faults, "children", Text::venue_children,
                                      model.typed.children));
  values.set("adults",
             number_field(frame, model.faults, "adults", Text::paper_adults, model.typed.adults));
  values.set("assistant", model.typed.assistant);
  values.set("interpreter", model.typed.interpreter);
  values.set("companion", model.typed.companion);
  values.set("others_open", model.typed.has_others() || !fault_of(model.faults, "adults").empty());
  bool const asks = model.ask != PaperAsk::nothing;
  bool const is_unknown = model.ask == PaperAsk::unknown;
  values.set("anyway", asks ? Data(std::string(is_unknown ? "unknown" : "twice")) : Data(false));
  values.set("anyway_label",
             std::string(text(is_unknown ? Text::paper_anyway : Text::paper_another)));
}

}  // namespace

Page paper_page(Frame const& frame, PaperPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  auto const heading = std::string(text(Text::paper_title));
  Page page{.title = with_outcome(model.news, heading), .body = embedded::paper_uses};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("news", text_or_nothing(model.news));
  values.set("news_style", std::string(model.is_done ? "ok" : "no"));
  values.set("news_icon", std::string(model.is_done ? "✓" : "✕"));
  values.set("action", model.action);
  values.set("form_id", model.form_id);
  values.set("day", text_field({.id = "day",
                                .label = text(Text::paper_day),
                                .value = model.day,
                                .fault = fault_of(model.faults, "day"),
                                .maxlength = 12,
                                .narrow = true,
                                .autofocus = model.day_value.empty()}));
  values.set("day_value", text_or_nothing(model.day_value));
  values.set("event_value", model.event);
  put_row_form(values, frame, model);
  values.set("from_form",
             fill(frame.language, Text::paper_from_form,
                  {{"n", number_text(frame.language, static_cast<std::int64_t>(model.count))}}));
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(row_data(frame, row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("earlier", text_or_nothing(model.earlier));
  return page;
}

}  // namespace kaiku::pages
