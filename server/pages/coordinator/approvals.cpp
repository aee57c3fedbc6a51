#include "server/pages/coordinator/approvals.hpp"

#include "server/access/call/fresh_code.hpp"
#include "server/access/identity/services.hpp"
#include "server/api/approvals.hpp"
#include "server/pages/coordinator/approval_words.hpp"
#include "server/pages/coordinator/approvals_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/typed_range.hpp"
#include "server/pages/frame/actor_text.hpp"
#include "server/pages/frame/batch_words.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/approvals.hpp"

namespace kaiku::pages {
namespace {

using domain::ApprovalOutcome;
using domain::ApprovalState;

constexpr int rows_a_page = 50;

ApprovalRow row_of(ledger::ReadTx& tx, tables::Approval const& approval, Day today,
                   Language language) {
  return {approval_path(approval.id),
          approval_text(language, approval),
          area_name(tx, approval.area, language),
          actor_text(tx, approval.asked_by),
          moment_text(language, approval.asked_at),
          std::string(state_text(language, tables::state_of(approval, today)))};
}

std::string told_at(access::Call const& call, ApprovalId id, http::FormPairs const& told) {
  return with_state(call, approval_path(id), approval_pattern, told);
}

// What was done, or what was wrong with the form that was sent.
void put_outcome(ApprovalPage& page, Language language, FormValues const& told) {
  auto const say = [&](Text text) { return std::string(in(language, text)); };
  if (told["done"] == "approve") page.message = say(Text::approval_was_approved);
  if (told["done"] == "refuse") page.message = say(Text::approval_was_refused);
  if (told["done"] == "take_back") page.message = say(Text::approval_was_taken_back);
  if (told["done"] == "over") page.message = say(Text::approval_over);
  if (told["done"] == "self") page.message = say(Text::approve_self);
}

void put_facts(ledger::ReadTx& tx, ApprovalPage& page, tables::Approval const& approval,
               Language language) {
  if (approval.office) {
    auto const office = tables::find_office(tx, *approval.office);
    if (office) page.office = office->name;
  }
  page.until = day_text(language, domain::approval_open_until(approval.asked_at));
  if (approval.outcome) page.decider = actor_text(tx, approval.decided_by);
  if (!approval.about) return;
  BatchId const batch{*approval.about};
  page.batch = fill(language, Text::batch_name, {{"batch", batch_text(batch)}});
  page.batch_href = batch_path(batch);
}

std::optional<ApprovalOutcome> outcome_from(std::string_view act) {
  if (act == "approve") return ApprovalOutcome::approved;
  if (act == "refuse") return ApprovalOutcome::refused;
  if (act == "take_back") return ApprovalOutcome::taken_back;
  return std::nullopt;
}

// nullopt: the act may go on. Taking back asks for no code.
Result<std::optional<http::Response>> held_up(access::Call& call, ledger::WriteTx& tx,
                                              tables::Approval const& approval,
                                              ApprovalOutcome outcome, FormValues const& form) {
  if (tables::state_of(approval, call.today()) != ApprovalState::open) {
    return std::optional(back_to(told_at(call, approval.id, {{"done", "over"}})));
  }
  if (outcome == ApprovalOutcome::taken_back) return std::optional<http::Response>();
  if (approval.asked_by == call.caller().actor) {
    return std::optional(back_to(told_at(call, approval.id, {{"done", "self"}})));
  }
  auto const allowed = access::take_fresh_code(call, tx, form[code_field_name]);
  if (allowed) return std::optional<http::Response>();
  auto const word = code_fault_word(allowed.error());
  if (!word) return allowed.error();
  return std::optional(back_to(told_at(call, approval.id, {{"code", std::string(*word)}})));
}

}  // namespace

std::string approval_path(ApprovalId id) { return "/approvals/" + std::to_string(id.value); }

Result<http::Response> get_approvals(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto const frame = network_frame(call, tx);
  auto const area = area_asked_for(tx, call.caller(), asked["area"]);
  ApprovalsPage page;
  page.areas = area_choices(tx, call.caller(), frame.language);
  if (call.caller().is_national() && area) page.area = area->value;
  page.count =
      count_text(frame.language, static_cast<std::size_t>(tables::count_approvals(tx, area)),
                 Text::approvals_one, Text::approvals_many);
  std::optional<ApprovalId> before;
  if (auto const id = asked.number("before")) before = ApprovalId{*id};
  auto approvals = tables::newest_approvals(tx, area, before, rows_a_page + 1);
  if (approvals.size() > rows_a_page) {
    approvals.pop_back();
    page.more = "/approvals?" + encoded({{"area", page.area},
                                         {"before", std::to_string(approvals.back().id.value)}});
  }
  for (auto const& approval : approvals) {
    page.rows.push_back(row_of(tx, approval, call.today(), frame.language));
  }
  return respond(frame, approvals_page(frame, page));
}

Result<http::Response> get_one_approval(access::Call const& call, ledger::ReadTx& tx) {
  auto const approval = api::named_approval(call, tx);
  if (!approval) return approval.error();
  auto frame = network_frame(call, tx, approval->area);
  auto const language = frame.language;
  auto const state = state_of(call, approval_pattern);
  if (state && state->is_old) frame.notice = in(language, Text::k_old);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  ApprovalPage page;
  page.path = approval_path(approval->id);
  page.row = row_of(tx, *approval, call.today(), language);
  put_facts(tx, page, *approval, language);
  put_outcome(page, language, told);
  page.form_id = new_form_id(call);
  bool const is_open = tables::state_of(*approval, call.today()) == ApprovalState::open;
  page.may_decide = use_cases::may_decide(*approval, call.caller(), call.today());
  page.may_take_back = is_open && !page.may_decide;
  if (page.may_take_back) page.waits = fill(language, Text::approval_waits, {{"day", page.until}});
  page.asks_code = page.may_decide && !access::has_fresh_code(call, tx);
  if (page.asks_code) add_code_fault(page.faults, language, told["code"]);
  return respond(frame, approval_page(frame, page));
}

Result<access::Work> prepare_approval(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const approval = api::named_approval(call, tx);
  if (!approval) return approval.error();
  // What will be refused anyway is not made.
  bool const goes_on = outcome_from(form["act"]) == ApprovalOutcome::approved &&
                       use_cases::may_decide(*approval, call.caller(), call.today()) &&
                       access::would_take_code(call, tx, form[code_field_name]);
  if (!goes_on) return access::Work();
  return access::Work(use_cases::prepared_act(tx, *approval, call.services().random, call.now()));
}

Result<http::Response> post_approval(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const approval = api::named_approval(call, tx);
  if (!approval) return approval.error();
  auto const outcome = outcome_from(form["act"]);
  if (!outcome) return Error(Problem::malformed_request);
  auto const id = approval->id;
  return sent_once(call, tx, *pairs, approval_path(id), [&]() -> Result<FormDone> {
    auto refused = held_up(call, tx, *approval, *outcome, form);
    if (!refused) return refused.error();
    if (*refused) return FormDone{**std::move(refused)};
    auto const decided =
        use_cases::decide_approval(tx, id, *outcome, std::move(call.prepared), call.caller());
    if (!decided) return decided.error();
    return FormDone{see_other(told_at(call, id, {{"done", std::string(form["act"])}}))};
  });
}

}  // namespace kaiku::pages
