#include "server/pages/coordinator/batch_view.hpp"
#include "server/pages/coordinator/batches.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"

namespace kaiku::pages {
namespace {

std::string hand_path(BatchId batch) { return batch_path(batch) + "/hand"; }

std::vector<Option> offices_of(ledger::ReadTx& tx, AreaId const& area) {
  std::vector<Option> options;
  for (auto const& office : tables::list_offices(tx, area, tables::every_row)) {
    options.push_back({std::to_string(office.id.value), office.name});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  return options;
}

struct TypedHand {
  TypedRange range;
  std::optional<OfficeId> office;
  PageFaults faults;
};
TypedHand judge_hand(ledger::ReadTx& tx, tables::CardBatch const& batch, FormValues const& typed,
                     Language language) {
  TypedHand hand{judge_typed_range(tx, batch, typed, RangeUse::free, language), {}, {}};
  hand.faults = hand.range.faults;
  auto const office = tables::find_office(tx, OfficeId{typed.number("office").value_or(0)});
  if (office && office->area == batch.area)
    hand.office = office->id;
  else
    hand.faults.push_back({"office", std::string(in(language, Text::batch_office_fault))});
  return hand;
}

http::FormPairs typed_pairs(FormValues const& form) {
  http::FormPairs pairs;
  for (auto const* const name : {"from", "to", "office"}) {
    pairs.emplace_back(name, std::string(form[name]));
  }
  return pairs;
}

// The delivery note of the range that begins here; nullopt when none does.
std::optional<DeliveryNote> note_of(access::Call const& call, ledger::ReadTx& tx,
                                    tables::CardBatch const& batch, std::int64_t from,
                                    Language language) {
  auto const range = tables::range_across(tx, batch.id, from, from);
  if (!range || range->from != from) return std::nullopt;
  auto const office = tables::find_office(tx, range->office);
  auto const given = tables::given_between(tx, batch.id, range->from, range->to);
  DeliveryNote note;
  note.path = batch_path(batch.id);
  note.office = office ? office->name : std::string();
  note.area = area_name(tx, batch.area, language);
  note.batch = batch_text(batch.id);
  note.cards = range_text(batch.id, range->from, range->to);
  note.count = number_text(language, range->in_stock + given);
  note.handed_on = moment_text(language, range->handed_at);
  note.printed = moment_text(language, call.now());
  return note;
}

PlaceForm hand_form(access::Call const& call, ledger::ReadTx& tx, tables::CardBatch const& batch,
                    Filled const& filled, Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  PlaceForm form;
  form.title = text(Text::hand_title);
  form.about = fill(language, Text::batch_name, {{"batch", batch_text(batch.id)}});
  form.action = hand_path(batch.id);
  form.form_id = new_form_id(call);
  form.faults = filled.faults;
  auto offices = offices_of(tx, batch.area);
  offices.insert(offices.begin(), {"", std::string(text(Text::place_choose))});
  FieldList list(filled);
  add_range_fields(list, language)
      .select({.id = "office", .label = text(Text::batch_with), .options = std::move(offices)});
  form.fields = list.list();
  form.submit = text(Text::hand_submit);
  return form;
}

// It cannot be taken back, and the wrong office would hold the cards.
PlaceConfirm hand_question(access::Call const& call, ledger::ReadTx& tx,
                           tables::CardBatch const& batch, FormValues const& told,
                           TypedHand const& hand, Language language) {
  auto const& range = hand.range.range.value();
  auto const office = tables::find_office(tx, *hand.office).value();
  PlaceConfirm confirm;
  confirm.about = range_text(batch.id, range.from, range.to);
  confirm.lines = {
      fill(language, hand.range.in_stock == 1 ? Text::hand_question_one : Text::hand_question,
           {{"n", number_text(language, hand.range.in_stock)}, {"office", office.name}}),
      std::string(in(language, Text::hand_no_way_back))};
  confirm.action = hand_path(batch.id);
  confirm.form_id = new_form_id(call);
  confirm.hidden = typed_pairs(told);
  confirm.hidden.emplace_back("confirmed", "1");
  confirm.submit = in(language, Text::hand_submit);
  confirm.back = back_with_typed(call, confirm.action, confirm.action, typed_pairs(told));
  return confirm;
}

Page nothing_to_hand(tables::CardBatch const& batch, Text why, Link&& way_on, Language language) {
  PlaceChoice choice;
  choice.title = in(language, Text::hand_title);
  choice.question = in(language, why);
  choice.answers = {
      std::move(way_on),
      {batch_path(batch.id), fill(language, Text::batch_name, {{"batch", batch_text(batch.id)}})}};
  return place_choice_page(choice);
}

}  // namespace

Result<http::Response> get_batch_hand(access::Call const& call, ledger::ReadTx& tx) {
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto frame = network_frame(call, tx, batch->area);
  auto const language = frame.language;
  auto const path = hand_path(batch->id);
  auto const state = state_of(call, path);
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  bool const is_back = state && !state->is_old;
  FormValues const told(is_back ? state->told : http::FormPairs{});
  if (auto const from = asked.number("range")) {
    auto note = note_of(call, tx, *batch, *from, language);
    if (!note) return Error(Problem::not_found);
    if (told["did"] == "handed") {
      note->done = in(language, Text::hand_was_done);
      note->next_step = next_step(call, tx, language, batch->area).value_or(Link{});
    }
    return respond(frame, delivery_note_page(frame, *note));
  }
  if (offices_of(tx, batch->area).empty()) {
    return respond(frame, nothing_to_hand(*batch, Text::hand_no_office,
                                          {"/offices/new?area=" + batch->area.value,
                                           std::string(in(language, Text::offices_add))},
                                          language));
  }
  auto const free = use_cases::first_free_range(tx, *batch);
  if (!free && !is_back) {
    return respond(frame, nothing_to_hand(*batch, Text::hand_all_gone,
                                          {"/batches/new?area=" + batch->area.value,
                                           std::string(in(language, Text::batches_new))},
                                          language));
  }
  if (is_back) {
    auto const hand = judge_hand(tx, *batch, told, language);
    if (hand.faults.empty() && !state->is_held && !is_typed_again(told)) {
      return respond(
          frame, place_confirm_page(frame, hand_question(call, tx, *batch, told, hand, language)));
    }
    Filled const filled{told, FormValues({}), hand.faults, false};
    return respond(frame, place_form_page(frame, hand_form(call, tx, *batch, filled, language)));
  }
  FormValues const first({{"from", std::to_string(free->from)}, {"to", std::to_string(free->to)}});
  Filled const filled{first, FormValues({}), {}, true};
  return respond(frame, place_form_page(frame, hand_form(call, tx, *batch, filled, language)));
}

Result<http::Response> post_batch_hand(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto const path = hand_path(batch->id);
  return sent_once(call, tx, *pairs, path, [&]() -> Result<FormDone> {
    auto const hand = judge_hand(tx, *batch, form, language_of(call));
    if (!hand.faults.empty() || form["confirmed"] != "1") {
      return FormDone{back_to(with_state(call, path, path, typed_pairs(form)))};
    }
    auto const& range = hand.range.range.value();
    auto const handed =
        use_cases::hand_range(tx, batch->id, range, hand.office.value(), call.caller());
    if (!handed) return handed.error();
    auto const note = path + "?range=" + std::to_string(range.from);
    return FormDone{see_other(with_state(call, note, path, {{"did", "handed"}}))};
  });
}

}  // namespace kaiku::pages
