#include "server/pages/worker/card_act_form.hpp"

#include <array>

#include "server/pages/worker/card_act.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/issue_form.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t longest_kept = 512;
constexpr std::string_view replacement = "replacement";
constexpr std::array<char const*, 3> typed_fields{"until", "children", "replacement"};

FieldFor field_for(std::string_view field) {
  return field == replacement ? FieldFor::card : FieldFor::text;
}

class Judge {
 public:
  Judge(TypedAct const& typed, domain::Caller const& caller, Day today)
      : typed_(typed), form_(typed.form), caller_(caller), today_(today) {}

  void look_at_reason(bool is_known) {
    if (!is_known) add("reason", Text::fault_reason);
  }
  void look_at_children() {
    if (!children_in(form_)) add("children", Text::fault_children);
  }
  void look_at_until() {
    if (form_["until"].empty()) return;
    auto const day = day_from_typed(form_["until"], today_);
    if (!day)
      add("until", Text::fault_block_until);
    else if (*day < today_)
      add("until", Text::end_past);
  }
  void look_at_replacement(ledger::ReadTx& tx) {
    if (form_["make"] == "1") return;
    auto card = judge_card(tx, typed_.replacement, caller_, today_);
    judged_.is_unknown_card = card.is_unknown;
    // How that card is is not told: nobody asked for it here, and no look at it is written.
    if (card.given_here) return add(replacement, Text::fault_card_issued);
    if (!card.fault.empty()) add(replacement, std::move(card.fault));
  }
  void look_at_identity_codes() {
    for (auto const* field : typed_fields) {
      if (holds_identity_code(form_, field, field_for(field)))
        add(field, Text::fault_identity_code);
    }
  }
  bool has_fault(std::string_view field) const { return !fault_of(judged_.faults, field).empty(); }
  JudgedAct judged() { return std::move(judged_); }

 private:
  // The first fault of a field stays.
  void add(std::string_view field, std::string text) {
    if (!has_fault(field)) judged_.faults.push_back({std::string(field), std::move(text)});
  }
  void add(std::string_view field, Text text) {
    add(field, std::string(in(caller_.language, text)));
  }

  TypedAct const& typed_;
  FormValues const& form_;
  domain::Caller const& caller_;
  Day today_;
  JudgedAct judged_;
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

TypedAct posted_act(ledger::ReadTx& tx, FormValues form, domain::GivenCard const& given) {
  auto card = typed_card(tx, scanned(form, replacement), given);
  return {std::move(form), std::move(card)};
}

TypedAct told_act(ledger::ReadTx& tx, FormValues told) {
  auto const scan = scan_from(told["scan"]);
  domain::GivenCard const given(scanned(told, replacement));
  auto typed = posted_act(tx, std::move(told), given);
  if (scan != Scan::none) typed.replacement.scan = scan;
  return typed;
}

http::FormPairs told_of(TypedAct const& typed) {
  auto const& form = typed.form;
  http::FormPairs told;
  for (auto const* name : {"card", "seen", "reason", "make"}) {
    if (form[name].size() <= longest_kept) told.emplace_back(name, std::string(form[name]));
  }
  if (typed.replacement.scan != Scan::none)
    told.emplace_back("scan", word_of(typed.replacement.scan));
  for (auto const* name : typed_fields) {
    auto const value = name == replacement ? std::string_view(typed.replacement.text) : form[name];
    if (holds_identity_code(form, name, field_for(name)))
      tell_identity_code(told, name);
    else if (value.size() <= longest_kept)
      told.emplace_back(name, std::string(value));
  }
  return told;
}

JudgedAct judge_act(ledger::ReadTx& tx, std::string_view path, TypedAct const& typed,
                    domain::Caller const& caller, Day today) {
  auto const& form = typed.form;
  Judge judge(typed, caller, today);
  judge.look_at_identity_codes();
  if (path == replace_path) {
    judge.look_at_replacement(tx);
    // A scanner's Enter: nothing but the card is filled in, and nothing but the card is told.
    bool const is_card_alone = form["reason"].empty() && judge.has_fault(replacement);
    if (!is_card_alone)
      judge.look_at_reason(domain::replace_reason_from(form["reason"]).has_value());
  } else if (path == block_path) {
    judge.look_at_reason(domain::block_reason_from(form["reason"]).has_value());
    judge.look_at_until();
  } else if (path == children_path || (path == renew_path && !form["children"].empty())) {
    judge.look_at_children();
  }
  return judge.judged();
}

void empty_faulty_scan(ActPage& page, TypedAct const& typed) {
  bool const is_faulty = !fault_of(page.faults, replacement).empty();
  if (is_faulty && page.replacement && was_scanned(typed.replacement.scan))
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
