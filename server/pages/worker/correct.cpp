#include "server/pages/worker/correct.hpp"

#include <algorithm>
#include <array>

#include "schema/values/ascii.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/correct_view.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/issue_form.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/correct_holder.hpp"

namespace kaiku::pages {
namespace {

using use_cases::Correctable;
using use_cases::Correction;

constexpr std::string_view path = "/card/correct";
constexpr std::size_t longest_kept = 40;

struct KeptField {
  char const* name;
  std::string CorrectForm::*text;
};
constexpr std::array<KeptField, 6> kept_fields{{{"birth_year", &CorrectForm::birth_year},
                                                {"children", &CorrectForm::children},
                                                {"postcode", &CorrectForm::postcode},
                                                {"municipality", &CorrectForm::municipality},
                                                {"asked", &CorrectForm::asked},
                                                {"reason", &CorrectForm::reason}}};

// What was typed, or nothing yet, of which card, and what the page had shown.
struct TypedCorrection {
  CardId card;
  std::string from;
  bool is_typed = false;
  std::string seen;
  std::int64_t version = 0;  // the same as a number
  CorrectForm form;
  std::vector<std::string> identity_codes;  // fields that held one
};

TypedCorrection typed_from(FormValues const& values) {
  TypedCorrection typed;
  typed.card = CardId{values.number("card").value_or(0)};
  typed.from = values["from"];
  typed.seen = values["seen"];
  typed.version = values.number("seen").value_or(0);
  typed.is_typed = !typed.seen.empty();
  for (auto const& [name, text] : kept_fields) {
    auto const value = values[name];
    if (holds_identity_code(values, name))
      typed.identity_codes.emplace_back(name);
    else if (value.size() <= longest_kept)
      typed.form.*text = value;
  }
  return typed;
}

TypedCorrection with(TypedCorrection typed, CorrectForm form) {
  typed.form = std::move(form);
  return typed;
}

http::FormPairs told_of(TypedCorrection const& typed) {
  http::FormPairs told{
      {"card", std::to_string(typed.card.value)}, {"from", typed.from}, {"seen", typed.seen}};
  for (auto const& [name, text] : kept_fields) told.emplace_back(name, typed.form.*text);
  for (auto const& field : typed.identity_codes) tell_identity_code(told, field);
  return told;
}

// The page of a hand-over, or none.
std::string handover_in(std::string_view from) {
  constexpr std::string_view stem = "/cards/handovers/";
  bool const is_one = from.starts_with(stem) && from.size() == stem.size() + 32 &&
                      from_hex(from.substr(stem.size())).has_value();
  return std::string(is_one ? from : std::string_view());
}

// The fields that stand for facts of a holder.
constexpr std::array<std::string CorrectForm::*, 4> facts_of_form{
    &CorrectForm::birth_year, &CorrectForm::children, &CorrectForm::postcode,
    &CorrectForm::municipality};

CorrectForm form_of(Correctable const& of) {
  CorrectForm form;
  form.birth_year = std::to_string(of.facts.birth_year);
  form.children = std::to_string(of.facts.children);
  form.postcode = of.facts.postcode;
  form.municipality = of.lineage.municipality;
  return form;
}

// What stands against a correction; the POST that decides and the page that shows it ask the same.
struct JudgedCorrection {
  PageFaults faults;
  std::vector<Option> municipalities;
  bool asks_municipality = false;
  std::optional<Correction> correction;  // when nothing stands against it
};

class Judge {
 public:
  Judge(ledger::ReadTx& tx, Correctable const& of, TypedCorrection const& typed, Language language)
      : tx_(tx), of_(of), typed_(typed), form_(typed.form), language_(language) {}

  JudgedCorrection run() {
    for (auto const& field : typed_.identity_codes) add(field, Text::fault_identity_code);
    if (!is_birth_year(form_.birth_year)) add("birth_year", Text::fault_birth_year);
    auto const children = children_from(form_.children);
    if (!children) add("children", Text::fault_children);
    if (!is_postcode(form_.postcode)) add("postcode", Text::fault_postcode);
    auto const chosen = look_at_municipality();
    auto const reason = domain::correction_reason_from(form_.reason);
    if (!reason) add("reason", Text::fault_reason);
    if (!judged_.faults.empty()) {
      judged_.asks_municipality = false;
      ask_the_rules_of_the_holder();
    } else if (!judged_.asks_municipality) {
      ask_the_rules({std::stoi(form_.birth_year), form_.postcode, *children, chosen, *reason});
    }
    return std::move(judged_);
  }

 private:
  void add(std::string field, Text text) {
    if (!fault_of(judged_.faults, field).empty()) return;
    judged_.faults.push_back({std::move(field), std::string(in(language_, text))});
  }

  std::optional<std::string> look_at_municipality() {
    if (!of_.is_fresh) return std::nullopt;
    judged_.municipalities = choices_of_postcode(tx_, form_.postcode, language_);
    auto const& options = judged_.municipalities;
    if (options.empty()) return std::nullopt;
    if (is_among(options, form_.municipality)) return form_.municipality;
    if (form_.asked == form_.postcode)
      add("municipality", Text::fault_municipality);
    else
      judged_.asks_municipality = true;
    return std::nullopt;
  }

  void ask_the_rules(Correction const& correction) {
    auto const allowed = use_cases::check_correction(tx_, of_, correction);
    if (allowed) {
      judged_.correction = correction;
      return;
    }
    add(allowed.error().fields);
  }

  // What else is wrong is told along with it, so that a form comes back once. A field that has its
  // fault already keeps it, whatever stands in for its value.
  void ask_the_rules_of_the_holder() {
    Correction correction;
    if (is_birth_year(form_.birth_year)) correction.birth_year = std::stoi(form_.birth_year);
    correction.postcode = form_.postcode;
    auto const allowed = use_cases::check_correction(tx_, of_, correction);
    if (allowed) return;
    auto found = allowed.error().fields;
    std::erase_if(found, [](FieldFault const& fault) { return !is_of_holder(fault); });
    add(found);
  }

  void add(std::vector<FieldFault> const& found) {
    for (auto const& fault : found) {
      auto field = fault.pointer.substr(fault.pointer.rfind('/') + 1);
      auto const text = text_of_issue_fault(field, fault.code);
      add(std::move(field), text);
    }
  }

  ledger::ReadTx& tx_;
  Correctable const& of_;
  TypedCorrection const& typed_;
  CorrectForm const& form_;
  Language language_;
  JudgedCorrection judged_;
};

// A form that was filled before somebody else's change: what it did not touch is as it is today.
struct MergedForm {
  CorrectForm form;
  CorrectForm yours = {};  // what was typed where somebody else's change stands
  bool clashes = false;
};

// Of facts that were erased meanwhile nobody knows what the form touched: each field that differs
// is taken for typed.
MergedForm merged(ledger::ReadTx& tx, TypedCorrection const& typed, Correctable const& of) {
  MergedForm merge{.form = typed.form};
  if (typed.seen == std::to_string(of.version)) return merge;
  auto const facts = tables::holder_before(tx, of.lineage.id, typed.version + 1);
  auto const now = form_of(of);
  std::optional<CorrectForm> was;
  if (facts) was = form_of({of.card, of.lineage, *facts});
  for (auto const text : facts_of_form) {
    auto const& today = now.*text;
    auto& shown = merge.form.*text;
    bool const is_unasked = text == &CorrectForm::municipality && shown.empty();
    if (is_unasked) continue;
    bool const is_touched = !was || shown != (*was).*text;
    bool const is_moved = !was || today != (*was).*text;
    if (!is_touched) {
      shown = today;
    } else if (is_moved && shown != today) {
      merge.yours.*text = shown;
      shown = today;
      merge.clashes = true;
    }
  }
  return merge;
}

CorrectPage page_of(access::Call const& call, ledger::ReadTx& tx, TypedCorrection const& typed,
                    Correctable const& of, WorkerPlace& place) {
  CorrectPage page;
  auto const language = place.frame.language;
  page.seen = std::to_string(of.version);
  auto merge = merged(tx, typed, of);
  bool const is_clash = typed.is_typed && merge.clashes;
  if (is_clash) {
    page.form = std::move(merge.form);
    page.yours = std::move(merge.yours);
    place.frame.notice = in(language, Text::changed_meanwhile);
  } else if (typed.is_typed) {
    auto const standing = with(typed, std::move(merge.form));
    auto judged = Judge(tx, of, standing, language).run();
    page.form = standing.form;
    page.faults = std::move(judged.faults);
    page.municipalities = std::move(judged.municipalities);
    page.asks_municipality = judged.asks_municipality;
  } else {
    page.form = form_of(of);
  }
  if (!typed.is_typed || is_clash) {
    if (of.is_fresh) page.municipalities = choices_of_postcode(tx, page.form.postcode, language);
  }
  if (!is_among(page.municipalities, page.form.municipality)) {
    page.form.municipality = place.office.municipality;
  }
  page.form_id = new_form_id(call);
  page.card = std::to_string(typed.card.value);
  page.from = handover_in(typed.from);
  page.back = page.from.empty() ? card_address(call, typed.card) : page.from;
  page.short_code = tables::code_of(tx, typed.card).short_form();
  page.child_age_limit = tables::find_area(tx, place.office.area).value().policy.child_age_limit;
  if (!of.is_fresh) {
    auto const municipality = tables::find_municipality(tx, of.lineage.municipality);
    page.municipality_stays =
        municipality ? municipality->name.in(language) : of.lineage.municipality;
  }
  return page;
}

http::Response asked_again(access::Call const& call, TypedCorrection const& typed) {
  return back_to(with_state(call, path, path, told_of(typed)));
}

// Where the correction is shown.
http::Response led_to_result(access::Call const& call, TypedCorrection const& typed,
                             bool is_changed) {
  std::string const said = is_changed ? "corrected" : "correct_same";
  auto const handover = handover_in(typed.from);
  if (!handover.empty()) {
    return see_other(with_state(call, handover, handover_page_pattern, {{"said", said}}));
  }
  return see_other(card_address(call, typed.card, said));
}

}  // namespace

std::string correct_address(access::Call const& call, CardId card, std::string_view from) {
  return with_state(call, path, path,
                    {{"card", std::to_string(card.value)}, {"from", std::string(from)}});
}

Result<http::Response> get_correction(access::Call& call, ledger::WriteTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, path);
  // A link that was left open for too long leads to the start, which says so.
  if (!state || state->is_old) return see_other(state ? "/card?k=old" : "/card");
  auto const typed = typed_from(FormValues(state->told));
  auto const of = use_cases::correctable_card(tx, typed.card, call.caller(), call.now());
  if (!of) return of.error();
  auto const read =
      use_cases::read_card(tx, typed.card, call.caller(), domain::ReadPurpose::correct);
  if (!read) return read.error();
  auto const page = page_of(call, tx, typed, *of, *place);
  return respond(place->frame, correct_page(place->frame, page));
}

Result<http::Response> post_correction(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, std::string(path));
  if (!place) return place.error();
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  auto const typed = typed_from(FormValues(*pairs));
  auto const fresh = correct_address(call, typed.card, typed.from);
  return sent_once(call, tx, *pairs, fresh, [&]() -> Result<FormDone> {
    auto const of = use_cases::correctable_card(tx, typed.card, call.caller(), tx.now());
    if (!of) return of.error();
    auto merge = merged(tx, typed, *of);
    if (merge.clashes) return FormDone{asked_again(call, typed)};
    auto const standing = with(typed, std::move(merge.form));
    auto const judged = Judge(tx, *of, standing, place->frame.language).run();
    if (!judged.correction) return FormDone{asked_again(call, typed)};
    auto const done = use_cases::correct_holder(tx, typed.card, *judged.correction, call.caller());
    if (!done) return done.error();
    return FormDone{led_to_result(call, typed, *done)};
  });
}

}  // namespace kaiku::pages
