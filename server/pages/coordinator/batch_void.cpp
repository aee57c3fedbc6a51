#include "server/domain/stock.hpp"
#include "server/pages/coordinator/batches.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/stock_cards.hpp"

namespace kaiku::pages {
namespace {

std::string void_path(BatchId batch) { return batch_path(batch) + "/void"; }

struct TypedVoid {
  TypedRange range;
  std::optional<domain::VoidReason> reason;
  PageFaults faults;
};
TypedVoid judge_void(ledger::ReadTx& tx, tables::CardBatch const& batch, FormValues const& typed,
                     Language language) {
  TypedVoid judged{judge_typed_range(tx, batch, typed, RangeUse::any, language),
                   domain::void_reason_from(typed["reason"]),
                   {}};
  judged.faults = judged.range.faults;
  if (!judged.reason)
    judged.faults.push_back({"reason", std::string(in(language, Text::void_why_fault))});
  return judged;
}

http::FormPairs typed_pairs(FormValues const& form) {
  http::FormPairs pairs;
  for (std::string_view const name : {"from", "to", "reason"}) {
    pairs.emplace_back(name, form[name]);
  }
  return pairs;
}

PlaceForm void_form(access::Call const& call, tables::CardBatch const& batch, Filled const& filled,
                    Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  PlaceForm form;
  form.title = text(Text::void_title);
  form.about = fill(language, Text::batch_name, {{"batch", batch_text(batch.id)}});
  form.intro = {std::string(text(Text::void_intro))};
  form.action = void_path(batch.id);
  form.form_id = new_form_id(call);
  form.faults = filled.faults;
  FieldList list(filled);
  add_range_fields(list, language)
      .radios({.id = "reason",
               .label = text(Text::void_why),
               .options = {{"lost_shipment", std::string(text(Text::void_lost_shipment))},
                           {"misprint", std::string(text(Text::void_misprint))},
                           {"withdrawn", std::string(text(Text::void_withdrawn))}}});
  form.fields = list.list();
  form.submit = text(Text::devices_continue);
  return form;
}

std::string counted(Language language, std::int64_t n, Text one, Text many) {
  return count_text(language, static_cast<std::size_t>(n), one, many);
}

// What will happen in numbers; the number of cards has to be typed.
PlaceConfirm void_question(access::Call const& call, ledger::ReadTx& tx,
                           tables::CardBatch const& batch, FormValues const& told,
                           TypedVoid const& judged, Language language) {
  auto const& range = judged.range.range.value();
  auto const given = tables::given_between(tx, batch.id, range.from, range.to);
  PlaceConfirm confirm;
  confirm.about = range_text(batch.id, range.from, range.to);
  confirm.lines = {counted(language, judged.range.in_stock, Text::void_one, Text::void_many)};
  if (given > 0) {
    confirm.lines.push_back(counted(language, given, Text::void_given_one, Text::void_given_many));
  }
  confirm.lines.emplace_back(in(language, Text::void_no_way_back));
  confirm.action = void_path(batch.id);
  confirm.form_id = new_form_id(call);
  confirm.hidden = typed_pairs(told);
  confirm.hidden.emplace_back("confirmed", "1");
  auto const number = std::to_string(judged.range.in_stock);
  if (told["step"] == "typed") {
    confirm.faults = {{"typed", fill(language, Text::void_typed_fault, {{"n", number}})}};
  }
  confirm.field = text_field({.id = "typed",
                              .label = in(language, Text::void_typed),
                              .fault = fault_of(confirm.faults, "typed"),
                              .maxlength = 6,
                              .numeric = true,
                              .narrow = true});
  confirm.submit = in(language, Text::void_submit);
  confirm.back = back_with_typed(call, confirm.action, confirm.action, typed_pairs(told));
  return confirm;
}

}  // namespace

Result<http::Response> get_batch_void(access::Call const& call, ledger::ReadTx& tx) {
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto frame = network_frame(call, tx, batch->area);
  auto const language = frame.language;
  auto const path = void_path(batch->id);
  auto const state = state_of(call, path);
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  bool const is_back = state && !state->is_old;
  if (!is_back) {
    Filled const filled{FormValues({}), FormValues({}), {}, true};
    return respond(frame, place_form_page(frame, void_form(call, *batch, filled, language)));
  }
  FormValues const told(state->told);
  auto const judged = judge_void(tx, *batch, told, language);
  if (judged.faults.empty() && !state->is_held && !is_typed_again(told)) {
    return respond(
        frame, place_confirm_page(frame, void_question(call, tx, *batch, told, judged, language)));
  }
  Filled const filled{told, FormValues({}), judged.faults, false};
  return respond(frame, place_form_page(frame, void_form(call, *batch, filled, language)));
}

Result<http::Response> post_batch_void(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto const path = void_path(batch->id);
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    auto const judged = judge_void(tx, *batch, form, language_of(call));
    bool const is_confirmed = form["confirmed"] == "1";
    bool const is_right = is_confirmed && form.number("typed") == judged.range.in_stock;
    if (!judged.faults.empty() || !is_right) {
      auto told = typed_pairs(form);
      told.emplace_back("step", is_confirmed ? "typed" : "asked");
      return FormDone{back_to(with_state(call, path, path, told))};
    }
    auto const& range = judged.range.range.value();
    auto const voided =
        use_cases::void_stock(tx, batch->id, range.from, range.to, call.caller(), judged.reason);
    if (!voided) return voided.error();
    auto const done = batch_path(batch->id);
    return FormDone{see_other(
        with_state(call, done, done, {{"did", "voided"}, {"n", std::to_string(*voided)}}))};
  });
}

}  // namespace kaiku::pages
