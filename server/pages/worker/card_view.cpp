#include "server/pages/worker/card_view.hpp"

#include <array>

#include "pages/embedded_assets.hpp"
#include "schema/values/time.hpp"
#include "server/pages/frame/qr.hpp"

namespace kaiku::pages {
namespace {

using contract::ShownState;

std::vector<Option> reasons(Frame const& frame, bool for_block) {
  auto const option = [&](char const* word, Text label) {
    return Option{word, std::string(in(frame.language, label))};
  };
  std::vector<Option> list{option("lost", Text::reason_lost),
                           option("stolen", Text::reason_stolen)};
  if (!for_block) {
    list.push_back(option("worn", Text::reason_worn));
    return list;
  }
  list.push_back(option("misuse", Text::reason_misuse));
  list.push_back(option("ended", Text::reason_ended));
  list.push_back(option("moved_away", Text::reason_moved_away));
  return list;
}

Data direct(Frame const& frame, char const* act, Text label) {
  Data data;
  data.set("direct", true);
  data.set("folded", false);
  data.set("act", act);
  data.set("label", std::string(in(frame.language, label)));
  return data;
}

Data folded(Frame const& frame, char const* act, Text label, PageFaults const& faults) {
  auto data = direct(frame, act, label);
  data.set("direct", false);
  data.set("folded", true);
  data.set("open", !fault_of(faults, std::string(act) + "-reason").empty());
  data.set("explanation", false);
  data.set("reason", false);
  data.set("field", false);
  return data;
}

Data reason_group(Frame const& frame, std::string const& act, PageFaults const& faults) {
  return radio_group({.id = act + "-reason",
                      .label = in(frame.language, Text::card_reason),
                      .options = reasons(frame, act == "block"),
                      .fault = fault_of(faults, act + "-reason")});
}

Data acts_of(Frame const& frame, use_cases::CardView const& view, PageFaults const& faults) {
  std::vector<Data> acts;
  auto const text = [&](Text key) { return std::string(in(frame.language, key)); };
  if (view.state == ShownState::replaced || view.state == ShownState::void_) return list_of(acts);
  if (view.state == ShownState::blocked) {
    acts.push_back(direct(frame, "unblock", Text::card_unblock));
  } else {
    acts.push_back(direct(frame, "renew", Text::card_renew));
  }
  if (view.kind == contract::CardKind::personal) {
    auto children = folded(frame, "children", Text::card_change_children, faults);
    auto const now = std::to_string(view.children);
    children.set("open", !fault_of(faults, "children").empty());
    children.set("field", text_field({.id = "children",
                                      .label = in(frame.language, Text::issue_children_count),
                                      .value = now,
                                      .fault = fault_of(faults, "children"),
                                      .maxlength = 2,
                                      .numeric = true,
                                      .narrow = true}));
    acts.push_back(children);
  }
  auto replace = folded(frame, "replace", Text::card_replace, faults);
  replace.set("open", !fault_of(faults, "replace-reason").empty() ||
                          !fault_of(faults, "replacement").empty());
  replace.set("explanation", text(Text::card_replace_text));
  replace.set("reason", reason_group(frame, "replace", faults));
  replace.set("field", text_field({.id = "replacement",
                                   .label = in(frame.language, Text::card_replacement),
                                   .hint = in(frame.language, Text::card_replacement_hint),
                                   .fault = fault_of(faults, "replacement"),
                                   .maxlength = 512,
                                   .code = true}));
  acts.push_back(replace);
  if (view.state != ShownState::blocked) {
    auto block = folded(frame, "block", Text::card_block, faults);
    block.set("reason", reason_group(frame, "block", faults));
    acts.push_back(block);
  }
  return list_of(acts);
}

Data shown(Frame const& frame, CardPage const& model) {
  auto const& view = *model.view;
  bool const personal = view.kind == contract::CardKind::personal;
  Data data;
  data.set("code", view.code.text());
  data.set("state", std::string(state_text(frame.language, view.state)));
  data.set("last_valid", to_finnish(view.last_valid));
  data.set("personal", personal);
  data.set("children", std::to_string(view.children));
  data.set("community", personal ? Data(false)
                                 : Data(fill(frame.language, Text::card_kind_community,
                                             {{"n", std::to_string(view.community_ceiling)}})));
  data.set("registered_on", to_finnish(view.registered_on));
  data.set("seen", seen_of(view));
  if (view.token) data.set("qr", qr_svg(*view.token, in(frame.language, Text::card_qr_label)));
  data.set("acts", acts_of(frame, view, model.faults));
  bool const has_holder = personal && view.state != ShownState::replaced;
  data.set("correct", text_or_nothing(has_holder ? model.correct : std::string()));
  return data;
}

}  // namespace

std::string_view state_text(Language language, contract::ShownState state) {
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

std::string seen_of(use_cases::CardView const& view) {
  return std::string(contract::word_of(view.state)) + "." + to_iso(view.last_valid) + "." +
         std::to_string(view.children);
}

Page card_page(Frame const& frame, CardPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::card_title)), .body = embedded::card};
  page.faulty = !model.faults.empty();
  page.status = page.faulty ? 422 : 200;
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("form_id", model.form_id);
  values.set("message", text_or_nothing(model.message));
  values.set("shown", model.view ? shown(frame, model) : Data(false));
  values.set("find_style", model.view ? "second" : "first");
  bool const free_focus = model.faults.empty() || !fault_of(model.faults, "card").empty();
  values.set("card", card_field(frame.language, model.typed, model.faults, free_focus));
  return page;
}

}  // namespace kaiku::pages
