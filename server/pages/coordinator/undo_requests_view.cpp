#include "server/pages/coordinator/undo_requests_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/undo_reasons.hpp"

namespace kaiku::pages {
namespace {

Data row_data(UndoRequestRow const& row) {
  Data data;
  data.set("id", row.id);
  data.set("time", row.time);
  data.set("venue", row.venue);
  data.set("event", text_or_nothing(row.event));
  data.set("tickets", row.tickets);
  data.set("asker", row.asker);
  data.set("asked", row.asked);
  data.set("why", row.reason);
  return data;
}

Data shown_data(Frame const& frame, UndoRequestsPage const& model) {
  auto const& shown = *model.shown;
  auto data = row_data(shown.row);
  data.set("form_id", shown.form_id);
  data.set("waits", shown.waits);
  data.set("reason", select_field({.id = "reason",
                                   .label = in(frame.language, Text::undo_reason),
                                   .options = undo_reason_options(frame.language),
                                   .chosen = shown.reason,
                                   .fault = fault_of(model.faults, "reason"),
                                   .autofocus = takes_cursor(model.faults, "reason")}));
  return data;
}

}  // namespace

Page undo_requests_page(Frame const& frame, UndoRequestsPage const& model) {
  std::string const title(in(frame.language, Text::undo_requests_title));
  Page page{.title = with_outcome(model.message, title), .body = embedded::undo_requests};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("message", text_or_nothing(model.message));
  values.set("shown", model.shown ? shown_data(frame, model) : Data(false));
  values.set("has_areas", !model.areas.empty());
  values.set("area", filter_choice(page, {.id = "area",
                                          .label = in(frame.language, Text::place_area),
                                          .options = model.areas,
                                          .chosen = model.area}));
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(row_data(row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("count", model.count);
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
