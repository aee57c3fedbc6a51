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
  values.set("community", model.people.has_value());
  values.set("people", std::to_string(model.people.value_or(0)));
  values.set("municipality", model.municipality);
  values.set("postcode", text_or_nothing(model.postcode));
}

Text heading_of(HandoverPage const& model) {
  if (model.replacement_is_undone) return Text::replacement_undone;
  if (!model.undone.empty()) return Text::handover_undone;
  switch (model.cause) {
    case domain::HandoverCause::registered: return Text::handover_issued;
    case domain::HandoverCause::replaced: return Text::handover_replaced;
    case domain::HandoverCause::letter: return Text::letter_made;
  }
  return Text::handover_issued;
}

// The link to offer first, and the others.
void put_links(Data& values, std::string const& first, std::string const& rest,
               std::vector<LetterLink> const& links) {
  std::vector<Data> others;
  for (auto const& [address, label] : links) {
    Data link;
    link.set("address", address);
    link.set("label", label);
    if (&address == &links.front().address)
      values.set(first, link);
    else
      others.push_back(link);
  }
  if (links.empty()) values.set(first, Data(false));
  values.set(rest, list_of(others));
}

void put_prints(Data& values, Frame const& frame, HandoverPage const& model) {
  put_links(values, "first_letter", "other_letters", model.letters);
  put_links(values, "first_sheet", "other_sheets", model.sheets);
  values.set("new_letter", text_or_nothing(model.new_letter));
  std::vector<Option> places;
  for (int place = 1; place <= 10; ++place) {
    places.push_back({std::to_string(place), std::to_string(place)});
  }
  auto const chosen = std::to_string(model.card_place);
  values.set("place", select_field({.id = "place",
                                    .label = in(frame.language, Text::letter_card_place),
                                    .options = places,
                                    .chosen = chosen,
                                    .hint = in(frame.language, Text::letter_card_place_hint)}));
}

// One button stands out: the next thing to do with this card, then the next card.
void put_first_thing(Data& values, HandoverPage const& model) {
  bool const waits = model.undone.empty() && model.confirmed.empty() && model.superseded.empty();
  bool const can_print = !model.letters.empty() || !model.sheets.empty();
  values.set("waiting", waits);
  values.set("print_stands_out", waits && can_print);
  values.set("handed_stands_out", waits && !can_print);
  values.set("next_stands_out", !waits);
}

}  // namespace

Page handover_page(Frame const& frame, HandoverPage const& model) {
  bool const is_undone = !model.undone.empty();
  std::string const heading(in(frame.language, heading_of(model)));
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
  values.set("old_card", text_or_nothing(model.old_card));
  values.set("undo_until", text_or_nothing(model.undo_until));
  auto const undo =
      model.undoes_replacement ? Text::handover_undo_replacement : Text::handover_undo;
  values.set("undo", std::string(in(frame.language, undo)));
  values.set("correct", text_or_nothing(model.correct));
  values.set("made", model.is_made);
  put_first_thing(values, model);
  values.set("superseded", text_or_nothing(model.superseded));
  put_prints(values, frame, model);
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
