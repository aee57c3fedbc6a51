#include "server/pages/worker/card_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

using contract::ShownState;

Data find_field(Frame const& frame, std::string_view typed, std::string_view fault) {
  return text_field({.id = "card",
                     .label = in(frame.language, Text::card_find_code),
                     .hint = in(frame.language, Text::card_find_hint),
                     .value = typed,
                     .fault = fault,
                     .maxlength = 512,
                     .code = true,
                     .autofocus = true});
}

struct Act {
  std::string const& address;
  Text label;
};

// The act that the card's state calls for, if it calls for one.
Act called_for(CardPage const& model) {
  bool const is_lost = model.view.reported_lost && !model.acts.replace.empty();
  if (is_lost) return {model.acts.replace, Text::card_replace};
  if (!model.acts.unblock.empty()) return {model.acts.unblock, Text::card_unblock};
  static std::string const none;
  bool const is_due = !model.renews_early && !model.acts.renew.empty();
  return {is_due ? model.acts.renew : none, Text::card_renew};
}

void put_acts(Data& values, Frame const& frame, CardPage const& model) {
  auto const first = called_for(model);
  values.set("first_act", text_or_nothing(first.address));
  values.set("first_label", std::string(in(frame.language, first.label)));
  auto const& acts = model.acts;
  auto const undo = acts.undoes_replacement ? Text::handover_undo_replacement : Text::handover_undo;
  std::vector<Data> others;
  for (auto const& [address, label] :
       {Act{acts.renew, Text::card_renew}, Act{acts.replace, Text::card_replace},
        Act{acts.children, Text::card_change_children}, Act{acts.correct, Text::correct_title},
        Act{acts.letter, Text::letter_new}, Act{acts.sheet, Text::community_sheet_print},
        Act{acts.undo, undo}, Act{acts.block, Text::card_block},
        Act{acts.unblock, Text::card_unblock}, Act{acts.reads, Text::reads_title}}) {
    if (address.empty() || &address == &first.address) continue;
    Data act;
    act.set("address", address);
    act.set("label", std::string(in(frame.language, label)));
    bool const is_early = label == Text::card_renew && model.renews_early;
    act.set("hint", text_or_nothing(is_early ? model.days_left : std::string()));
    others.push_back(act);
  }
  values.set("has_others", !others.empty());
  values.set("others", list_of(others));
}

}  // namespace

std::string_view state_text(Language language, ShownState state) {
  switch (state) {
    case ShownState::stock: return in(language, Text::state_stock);
    case ShownState::valid: return in(language, Text::state_valid);
    case ShownState::not_yet_valid: return in(language, Text::state_not_yet_valid);
    case ShownState::expired: return in(language, Text::state_expired);
    case ShownState::blocked: return in(language, Text::state_blocked);
    case ShownState::replaced: return in(language, Text::state_replaced);
    case ShownState::void_: return in(language, Text::state_void);
  }
  return {};
}

Text text_of(domain::BlockReason reason) {
  switch (reason) {
    case domain::BlockReason::lost: return Text::reason_lost;
    case domain::BlockReason::stolen: return Text::reason_stolen;
    case domain::BlockReason::misuse: return Text::reason_misuse;
    case domain::BlockReason::ended: return Text::reason_ended;
    case domain::BlockReason::moved_away: return Text::reason_moved_away;
  }
  return Text::reason_lost;
}

Page find_page(Frame const& frame, FindPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::card_title)),
            .body = embedded::card_find};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("card", find_field(frame, model.typed, fault_of(model.faults, "card")));
  values.set("stock_card", text_or_nothing(model.stock_card));
  return page;
}

Page card_page(Frame const& frame, CardPage const& model) {
  auto const& view = model.view;
  auto const language = frame.language;
  auto const state = std::string(state_text(language, view.state));
  Page page{
      .title = model.message.empty() ? std::string(in(language, Text::card_title)) : model.message,
      .body = embedded::card_view};
  bool const personal = view.kind == contract::CardKind::personal;
  auto& values = page.values;
  auto find = find_field(frame, "", "");
  bool const has_outcome = !model.message.empty();
  if (has_outcome) find.set("described", "card-hint outcome");
  values.set("card", find);
  values.set("message", text_or_nothing(model.message));
  values.set("reported_lost", view.reported_lost);
  values.set("code", view.code.text());
  values.set("state", state);
  values.set("block", text_or_nothing(model.block));
  values.set("last_valid", day_text(language, view.last_valid));
  values.set("personal", personal);
  values.set("children", std::to_string(view.children));
  values.set("community", personal ? Data(false)
                                   : Data(fill(language, Text::card_kind_community,
                                               {{"n", std::to_string(view.community_ceiling)}})));
  values.set("registered_on", day_text(language, view.registered_on));
  values.set("id", std::to_string(view.id.value));
  values.set("undo_until", text_or_nothing(model.undo_until));
  values.set("undone", model.undone);
  values.set("form_id", model.form_id);
  put_acts(values, frame, model);
  return page;
}

}  // namespace kaiku::pages
