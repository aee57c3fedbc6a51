#include "server/pages/worker/handover_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/qr.hpp"

namespace kaiku::pages {
namespace {

// Where the cursor is: a screen reader speaks the outcome there, and a scanner reads the next card.
Data next_card_field(Frame const& frame) {
  auto field = text_field({.id = "card",
                           .label = in(frame.language, Text::handover_next),
                           .maxlength = 512,
                           .code = true,
                           .autofocus = true});
  field.set("described", "outcome outcome-card");
  return field;
}

void put_facts(Data& values, HandoverPage const& model) {
  values.set("last_valid", model.last_valid);
  values.set("personal", model.children.has_value());
  values.set("children", std::to_string(model.children.value_or(0)));
  values.set("municipality", model.municipality);
  values.set("postcode", text_or_nothing(model.postcode));
}

}  // namespace

Page handover_page(Frame const& frame, HandoverPage const& model) {
  bool const is_undone = !model.undone.empty();
  auto const heading =
      std::string(in(frame.language, is_undone ? Text::handover_undone : Text::handover_issued));
  Page page{.title = heading, .body = embedded::handover};
  page.faulty = model.undo_was_refused;
  auto& values = page.values;
  values.set("heading", heading);
  values.set("address", model.address);
  values.set("form_id", model.form_id);
  values.set("card", next_card_field(frame));
  values.set("code", model.code);
  values.set("undone", text_or_nothing(model.undone));
  values.set("issued", !is_undone);
  put_facts(values, model);
  values.set("undo_until", text_or_nothing(model.undo_until));
  values.set("correct", text_or_nothing(model.correct));
  values.set("made", model.is_made);
  values.set("waiting", model.confirmed.empty());
  values.set("confirmed", text_or_nothing(model.confirmed));
  values.set("recovery_code", text_or_nothing(model.recovery_code));
  return page;
}

Page handover_qr_page(Frame const& frame, HandoverQr const& model) {
  Page page{.title = std::string(in(frame.language, Text::card_qr_label)),
            .body = embedded::handover_qr};
  page.values.set("address", model.address);
  page.values.set("code", model.code);
  page.values.set("qr", qr_svg(model.token, in(frame.language, Text::card_qr_label)));
  return page;
}

Page handover_list_page(Frame const& frame, HandoverList const& model) {
  Page page{.title = std::string(in(frame.language, Text::handover_list)),
            .body = embedded::handovers};
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data entry;
    entry.set("address", row.address);
    entry.set("issued", row.issued);
    entry.set("short_code", row.short_code);
    entry.set("open", fill(frame.language, Text::handover_open_card, {{"short", row.short_code}}));
    rows.push_back(entry);
  }
  auto& values = page.values;
  values.set("heading", fill(frame.language, Text::handover_count,
                             {{"n", number_text(frame.language, model.count)}}));
  values.set("none", model.count == 0);
  values.set("any", !model.rows.empty());
  values.set("rows", list_of(rows));
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
