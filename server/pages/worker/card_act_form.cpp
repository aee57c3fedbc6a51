#include "server/pages/worker/card_act_form.hpp"

#include <array>

#include "server/pages/worker/card_act.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/issue_form.hpp"
#include "server/pages/worker/stock_card_text.hpp"
#include "server/pages/worker/typed_card.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t longest_kept = 512;
constexpr std::string_view replacement = "replacement";
constexpr std::array<char const*, 3> typed_fields{"until", "children", "replacement"};

// What stands in the field for the new card; `scan` comes with a form that was refused.
TypedCard replacement_in(ledger::ReadTx& tx, FormValues const& form) {
  auto typed = typed_card(tx, scanned(form, replacement));
  if (auto const scan = scan_from(form["scan"]); scan != Scan::none) typed.scan = scan;
  return typed;
}
void tell_replacement(http::FormPairs& told, TypedCard typed) {
  if (typed.scan != Scan::none) told.emplace_back("scan", word_of(typed.scan));
  told.emplace_back(replacement, std::move(typed.text));
}

FieldFor field_for(std::string_view field) {
  return field == replacement ? FieldFor::card : FieldFor::text;
}

class Judge {
 public:
  Judge(FormValues const& form, JudgedAt const& at) : form_(form), at_(at) {}

  void look_at_reason(bool is_known) {
    if (!is_known) add("reason", Text::fault_reason);
  }
  void look_at_children() {
    if (!children_in(form_)) add("children", Text::fault_children);
  }
  void look_at_until() {
    if (form_["until"].empty()) return;
    auto const day = day_from_typed(form_["until"], at_.today);
    if (!day)
      add("until", Text::fault_block_until);
    else if (*day < at_.today)
      add("until", Text::end_past);
  }
  void look_at_replacement(ledger::ReadTx& tx, domain::Caller const& caller) {
    if (form_["make"] == "1") return;
    std::string const field(replacement);
    auto const card = replacement_in(tx, form_);
    switch (card.scan) {
      case Scan::held_up: return add(field, Text::venue_many_misses);
      case Scan::two_cards: return add(field, Text::card_two);
      case Scan::unreadable: return add(field, Text::fault_card_unreadable);
      case Scan::none:
      case Scan::read: break;
    }
    if (card.text.empty()) return add(field, Text::fault_card_required);
    auto const found = use_cases::find_registrable(tx, card.text, caller);
    if (found) return;
    auto const& fields = found.error().fields;
    add(field, fields.empty() ? Text::fault_card_unknown : text_of_stock_card(fields.front().code));
  }
  void look_at_identity_codes() {
    for (auto const* field : typed_fields) {
      if (holds_identity_code(form_, field, field_for(field)))
        add(field, Text::fault_identity_code);
    }
  }
  bool has_fault(std::string_view field) const { return !fault_of(faults_, field).empty(); }
  PageFaults faults() { return std::move(faults_); }

 private:
  // The first fault of a field stays.
  void add(std::string field, Text text) {
    if (!fault_of(faults_, field).empty()) return;
    faults_.push_back({std::move(field), std::string(in(at_.language, text))});
  }

  FormValues const& form_;
  JudgedAt const& at_;
  PageFaults faults_;
};

}  // namespace

std::string seen_by_act(ledger::ReadTx& tx, std::string_view path,
                        use_cases::CardView const& view) {
  auto const children = std::to_string(view.children);
  if (path == children_path) return "children " + children;
  std::string seen(contract::word_of(view.state));
  if (path == renew_path) return seen + " " + to_iso(view.last_valid) + " " + children;
  if (path != unblock_path) return seen;
  auto const reason = tables::block_reason_of(tx, view.id);
  auto const since = tables::blocked_on(tx, view.id);
  if (reason) seen.append(" ").append(word_of(*reason));
  if (since) seen.append(" ").append(to_iso(*since));
  if (view.blocked_until) seen.append(" ").append(to_iso(*view.blocked_until));
  return seen;
}

http::FormPairs told_of_act(ledger::ReadTx& tx, FormValues const& form) {
  http::FormPairs told;
  for (auto const* name : {"card", "seen", "reason", "make"}) {
    if (form[name].size() <= longest_kept) told.emplace_back(name, std::string(form[name]));
  }
  for (auto const* name : typed_fields) {
    auto const value = form[name];
    if (holds_identity_code(form, name, field_for(name)))
      tell_identity_code(told, name);
    else if (name == replacement)
      tell_replacement(told, typed_card(tx, scanned(form, name)));
    else if (value.size() <= longest_kept)
      told.emplace_back(name, std::string(value));
  }
  return told;
}

PageFaults judge_act(ledger::ReadTx& tx, std::string_view path, FormValues const& form,
                     domain::Caller const& caller, JudgedAt const& at) {
  Judge judge(form, at);
  judge.look_at_identity_codes();
  if (path == replace_path) {
    judge.look_at_replacement(tx, caller);
    // A scanner's Enter: nothing but the card is filled in, and nothing but the card is told.
    bool const is_card_alone = form["reason"].empty() && judge.has_fault("replacement");
    if (!is_card_alone)
      judge.look_at_reason(domain::replace_reason_from(form["reason"]).has_value());
  } else if (path == block_path) {
    judge.look_at_reason(domain::block_reason_from(form["reason"]).has_value());
    judge.look_at_until();
  } else if (path == children_path || (path == renew_path && !form["children"].empty())) {
    judge.look_at_children();
  }
  return judge.faults();
}

bool is_guess(ledger::ReadTx& tx, std::string_view path, FormValues const& form) {
  auto const card = scanned(form, "replacement");
  if (path != replace_path || form["make"] == "1" || card.empty()) return false;
  auto const resolved = use_cases::resolve_card(tx, card);
  return resolved && !resolved->card;
}

void empty_faulty_scan(ActPage& page, FormValues const& told) {
  bool const is_faulty = !fault_of(page.faults, "replacement").empty();
  if (is_faulty && page.replacement && was_scanned(scan_from(told["scan"])))
    page.replacement->clear();
}

std::optional<int> children_in(FormValues const& form) { return children_from(form["children"]); }

std::vector<Option> replace_reasons(Language language) {
  std::vector<Option> options;
  for (auto const& [reason, text] : {std::pair{domain::ReplaceReason::lost, Text::reason_lost},
                                     {domain::ReplaceReason::stolen, Text::reason_stolen},
                                     {domain::ReplaceReason::worn, Text::reason_worn}}) {
    options.push_back({std::string(word_of(reason)), std::string(in(language, text))});
  }
  return options;
}

std::vector<Option> block_reasons(Language language) {
  using enum domain::BlockReason;
  std::vector<Option> options;
  for (auto const reason : {lost, stolen, misuse, ended, moved_away}) {
    options.push_back({std::string(word_of(reason)), std::string(in(language, text_of(reason)))});
  }
  return options;
}

std::string bar_of_replacement(ledger::ReadTx& tx, CardId id, Language language, Day today) {
  auto const card = tables::find_card(tx, id).value();
  if (card.state == contract::StoredState::replaced) {
    return std::string(in(language, Text::card_problem_replaced));
  }
  auto const may = use_cases::may_be_replaced(tx, card, today);
  if (may) return {};
  bool const is_barred = may.error().problem == Problem::card_barred;
  return std::string(in(language, is_barred ? Text::blocked_first : Text::card_problem_ended));
}

}  // namespace kaiku::pages
