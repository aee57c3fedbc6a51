#include "server/pages/venue/late_undo_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/undo_reasons.hpp"

namespace kaiku::pages {

Page late_undo_page(Frame const& frame, LateUndoPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::undo_ask_title)),
            .body = embedded::late_undo};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("form_id", model.form_id);
  values.set("use", model.use);
  values.set("time", model.time);
  values.set("card_short", model.card_short);
  values.set("event", text_or_nothing(model.event));
  values.set("tickets", model.tickets);
  values.set("reason", radio_group({.id = "reason",
                                    .label = in(frame.language, Text::undo_ask_reason),
                                    .options = undo_reason_options(frame.language),
                                    .chosen = model.reason,
                                    .fault = fault_of(model.faults, "reason"),
                                    .autofocus = takes_cursor(model.faults, "reason")}));
  return page;
}

}  // namespace kaiku::pages
