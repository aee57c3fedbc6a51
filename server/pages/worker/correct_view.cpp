#include "server/pages/worker/correct_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/domain/handover.hpp"

namespace kaiku::pages {
namespace {

std::string_view focus_of(CorrectPage const& model) {
  if (model.faults.size() == 1) return model.faults.front().field;
  if (!model.faults.empty()) return {};
  return model.asks_municipality ? "municipality" : "birth_year";
}

Data reasons(Frame const& frame, CorrectPage const& model, std::string_view focus) {
  auto const option = [&](domain::CorrectionReason reason, Text label) {
    return Option{std::string(word_of(reason)), std::string(in(frame.language, label))};
  };
  return radio_group(
      {.id = "reason",
       .label = in(frame.language, Text::card_reason),
       .options = {option(domain::CorrectionReason::typing_error, Text::correct_typing_error),
                   option(domain::CorrectionReason::holder_asks, Text::correct_holder_asks)},
       .chosen = model.form.reason,
       .fault = fault_of(model.faults, "reason"),
       .autofocus = focus == "reason"});
}

}  // namespace

Page correct_page(Frame const& frame, CorrectPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::correct_title)),
            .body = embedded::correct};
  page.faulty = !model.faults.empty();
  auto const focus = focus_of(model);
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("form_id", model.form_id);
  values.set("card_number", model.card);
  values.set("from", model.from);
  values.set("back", model.back);
  values.set("seen", model.seen);
  values.set("short_code", model.short_code);
  values.set("asks", model.asks_municipality);
  auto const number = [&](std::string_view id, Text label, std::string CorrectForm::*text,
                          int length, std::string_view hint = "") {
    values.set(std::string(id), text_field({.id = id,
                                            .label = in(frame.language, label),
                                            .hint = hint,
                                            .value = model.form.*text,
                                            .fault = fault_of(model.faults, id),
                                            .maxlength = length,
                                            .numeric = true,
                                            .narrow = true,
                                            .autofocus = focus == id,
                                            .yours = model.yours.*text}));
  };
  auto const under_age = fill(frame.language, Text::issue_children_hint,
                              {{"n", std::to_string(model.child_age_limit)}});
  auto const stays = model.municipality_stays.empty()
                         ? std::string()
                         : fill(frame.language, Text::correct_municipality_stays,
                                {{"name", model.municipality_stays}});
  number("birth_year", Text::issue_birth_year, &CorrectForm::birth_year, 4);
  number("children", Text::issue_children, &CorrectForm::children, 2, under_age);
  number("postcode", Text::issue_postcode, &CorrectForm::postcode, 5, stays);
  if (!model.municipalities.empty()) {
    values.set("municipality",
               radio_group({.id = "municipality",
                            .label = in(frame.language, Text::municipality),
                            .options = model.municipalities,
                            .chosen = model.form.municipality,
                            .fault = fault_of(model.faults, "municipality"),
                            .autofocus = focus == "municipality",
                            .hint = in(frame.language, Text::issue_municipality_hint)}));
    values.set("asked", model.form.postcode);
  }
  values.set("reason", reasons(frame, model, focus));
  return page;
}

}  // namespace kaiku::pages
