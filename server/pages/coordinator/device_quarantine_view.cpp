#include "server/pages/coordinator/device_quarantine_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/ruling_reasons.hpp"

namespace kaiku::pages {
namespace {

Data reason_field(Frame const& frame, std::string const& id, Text label, bool accepted,
                  QuarantinePage const& model) {
  ChoiceField field{.id = id, .label = in(frame.language, label)};
  field.options = ruling_reason_options(frame.language, accepted);
  FormValues const held(model.held);
  field.chosen = held[id];
  field.fault = fault_of(model.faults, id);
  field.autofocus = takes_cursor(model.faults, id);
  return select_field(field);
}

Data row_data(Frame const& frame, QuarantinePage const& model, QuarantineRow const& row) {
  Data data;
  data.set("number", row.number);
  data.set("arrived", row.arrived);
  data.set("why", row.why);
  data.set("time", row.time.empty() ? "–" : row.time);
  auto const none = std::string(in(frame.language, Text::quarantine_no_ticket));
  data.set("tickets", row.tickets.empty() ? none : row.tickets);
  auto const standing = row.standing.empty() ? std::string("–") : row.standing;
  data.set("standing", text_or_nothing(row.form ? std::string() : standing));
  data.set("waits", row.form.has_value());
  if (!row.form) return data;
  data.set("use", row.form->use);
  data.set("form_id", row.form->form_id);
  data.set("accept", reason_field(frame, "accept-" + row.form->use, Text::quarantine_accept_why,
                                  true, model));
  data.set("reject", reason_field(frame, "reject-" + row.form->use, Text::quarantine_reject_why,
                                  false, model));
  return data;
}

}  // namespace

Page quarantine_page(Frame const& frame, QuarantinePage const& model) {
  auto const heading = fill(frame.language, Text::quarantine_title, {{"name", model.name}});
  Page page{.title = model.message.empty() ? heading : model.message + " – " + heading,
            .body = embedded::device_quarantine};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("heading", heading);
  values.set("message", text_or_nothing(model.message));
  values.set("id", model.id);
  values.set("name", model.name);
  values.set("after", model.after);
  bool const rules = !model.judged.empty() && model.waiting > 0;
  auto const waiting = number_text(frame.language, model.waiting);
  values.set("waiting", rules
                            ? Data(fill(frame.language, Text::quarantine_waiting, {{"n", waiting}}))
                            : Data(false));
  values.set("judged", model.judged);
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(row_data(frame, model, row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
