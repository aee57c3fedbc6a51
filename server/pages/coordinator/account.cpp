#include "server/pages/coordinator/account.hpp"

#include "server/access/identity/services.hpp"
#include "server/api/accounts.hpp"
#include "server/pages/coordinator/account_link.hpp"
#include "server/pages/coordinator/account_view.hpp"
#include "server/pages/coordinator/account_words.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/role_text.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/change_account.hpp"
#include "server/use_cases/reset_account.hpp"

namespace kaiku::pages {
namespace {

using tables::Account;

AccountFacts facts_of(ledger::ReadTx& tx, Language language, Account const& account) {
  return {account_path(account.id), account.username,
          std::string(role_text(language, account.role)), place_text(tx, language, account)};
}

// What a form has seen of the account: it changes with every change and every reset.
std::string seen_of(Account const& account) {
  return std::to_string(account.seq) + (account.set_up ? "u" : "n");
}

std::string_view name_of(contract::Language language) {
  switch (language) {
    case contract::Language::fi: return "Suomi";
    case contract::Language::sv: return "Svenska";
    case contract::Language::en: return "English";
  }
  return {};
}

std::string reset_text(ledger::ReadTx& tx, Language language, Account const& account) {
  if (!account.reset_at) return {};
  std::string who(in(language, Text::greeting_by_machine));
  if (account.reset_by.kind == domain::ActorKind::account) {
    auto const by = tables::find_account(tx, AccountId{account.reset_by.id});
    if (by) who = by->username;
  }
  return fill(language, Text::account_reset_by,
              {{"when", moment_text(language, *account.reset_at)}, {"who", who}});
}

// What may be done to it, and why not where it may not.
void put_acts(access::Call const& call, ledger::ReadTx& tx, Language language,
              Account const& account, AccountPage& page) {
  auto const& caller = call.caller();
  bool const is_own = caller.actor == domain::Actor{domain::ActorKind::account, account.id.value};
  if (use_cases::may_reset(account, caller) && !account.disabled && !is_own) {
    page.may_reset = account.set_up ? ResetLabel::reset : ResetLabel::new_link;
  }
  auto const may_disable = use_cases::may_disable(tx, account, caller);
  if (account.disabled)
    page.may_enable = use_cases::may_manage(caller, account.role, account.area);
  else
    page.may_disable = may_disable.has_value();
  bool const is_admin = account.role == domain::Role::admin;
  if (is_own) {
    page.why_not = in(language, is_admin ? Text::account_own_admin : Text::account_own);
  } else if (!may_disable) {
    page.why_not =
        in(language, may_disable.error().problem == Problem::conflict ? Text::account_last
                                                                      : Text::account_not_yours);
  }
  if (is_admin && (is_own || may_disable)) {
    page.by_command = fill(language, Text::account_reset_by_command, {{"name", account.username}});
  }
}

std::string next_form(Account const& account) {
  std::vector<std::pair<std::string, std::string>> asked{
      {"role", std::string(domain::word_of(account.role))}};
  if (account.office) asked.emplace_back("office", std::to_string(account.office->value));
  if (account.venue) asked.emplace_back("venue", std::to_string(account.venue->value));
  if (!account.office && !account.venue && account.area) {
    asked.emplace_back("area", account.area->value);
  }
  return "/accounts/new?" + encoded(asked);
}

http::Response show_link(access::Call const& call, ledger::ReadTx& tx, Frame const& frame,
                         Account const& account, use_cases::SetUpLink const& link,
                         std::string_view did) {
  AccountLink model;
  model.facts = facts_of(tx, frame.language, account);
  bool const is_new = did != "reset";
  model.title = is_new ? Text::account_made : Text::account_was_reset;
  model.link = call.services().site.base_url + "/set-up/" + link.token;
  model.until = moment_text(frame.language, link.until);
  if (is_new) {
    model.next = next_form(account);
    // Who leads the whole network belongs to no area's first steps.
    if (account.area)
      model.next_step = next_step(call, tx, frame.language, account.area).value_or(Link{});
  }
  return respond(frame, account_link_page(frame, model));
}

http::Response confirm(access::Call const& call, ledger::ReadTx& tx, Account const& account,
                       std::string_view act, AccountConfirm&& model) {
  auto frame = network_frame(call, tx, account.area);
  auto const path = call.request().path;
  auto const state = state_of(call, path);
  if (state && !state->is_held)
    frame.notice = in(frame.language, state->is_old ? Text::k_old : Text::changed_meanwhile);
  model.facts = facts_of(tx, frame.language, account);
  model.action = path;
  model.act = act;
  model.seen = seen_of(account);
  model.form_id = new_form_id(call);
  return respond(frame, account_confirm_page(frame, model));
}

// The form's account, unless somebody has changed it since the form was shown.
struct Posted {
  Account account;
  std::optional<http::Response> outrun;
};
Result<Posted> posted_account(access::Call const& call, ledger::ReadTx& tx,
                              FormValues const& form) {
  auto account = api::named_account(call, tx);
  if (!account) return account.error();
  Posted posted{*std::move(account), std::nullopt};
  if (form["seen"] != seen_of(posted.account)) {
    bool const was_asked = form["act"] != "enable";
    auto const back = was_asked ? call.request().path : account_path(posted.account.id);
    posted.outrun = back_to(with_state(call, back, back, {{"did", "outrun"}}));
  }
  return posted;
}

}  // namespace

Result<http::Response> get_account(access::Call const& call, ledger::ReadTx& tx) {
  auto const account = api::named_account(call, tx);
  if (!account) return account.error();
  auto frame = network_frame(call, tx, account->area);
  auto const state = state_of(call, account_path(account->id)).value_or(PageState{});
  if (state.is_old) frame.notice = in(frame.language, Text::k_old);
  FormValues const told(state.told);
  auto const did = told["did"];
  AccountPage page;
  if (!told["form"].empty()) {
    auto const link = link_of(call, tx, account->id, told["form"]);
    if (link) return show_link(call, tx, frame, *account, *link, did);
    page.done = in(frame.language, Text::account_link_gone);
  }
  if (did == "disabled") page.done = in(frame.language, Text::account_is_disabled);
  if (did == "enabled") page.done = in(frame.language, Text::account_is_enabled);
  if (did == "outrun") frame.notice = in(frame.language, Text::changed_meanwhile);
  page.facts = facts_of(tx, frame.language, *account);
  page.language = name_of(account->language);
  page.state = state_text(frame.language, tables::state_of(*account));
  page.last_sign_in = last_sign_in_text(frame.language, *account);
  page.reset = reset_text(tx, frame.language, *account);
  put_acts(call, tx, frame.language, *account, page);
  page.seen = seen_of(*account);
  page.form_id = new_form_id(call);
  return respond(frame, account_page(frame, page));
}

Result<http::Response> get_account_reset(access::Call const& call, ledger::ReadTx& tx) {
  auto const account = api::named_account(call, tx);
  if (!account) return account.error();
  if (auto const may = use_cases::may_reset(*account, call.caller()); !may) return may.error();
  AccountConfirm model;
  if (account->set_up) {
    model.lines = {Text::account_reset_will, Text::account_reset_then, Text::account_keeps};
  } else {
    model.lines = {Text::account_link_will};
    model.submit = Text::account_new_link;
  }
  return confirm(call, tx, *account, "reset", std::move(model));
}

Result<http::Response> post_account_reset(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  return sent_once(call, tx, *pairs, call.request().path, [&]() -> Result<FormDone> {
    auto posted = posted_account(call, tx, form);
    if (!posted) return posted.error();
    if (posted->outrun) return FormDone{*std::move(posted->outrun)};
    auto const id = posted->account.id;
    auto const link = use_cases::reset_account(tx, id, call.caller(), call.services().random);
    if (!link) return link.error();
    return to_link(call, id, form["form_id"], "reset", *link);
  });
}

Result<http::Response> get_account_disable(access::Call const& call, ledger::ReadTx& tx) {
  auto const account = api::named_account(call, tx);
  if (!account) return account.error();
  auto const path = account_path(account->id);
  auto const may = use_cases::may_disable(tx, *account, call.caller());
  if (!may && may.error().problem != Problem::conflict) return may.error();
  // The account's page says why, or offers the other way.
  if (!may || account->disabled) return see_other(path);
  AccountConfirm model;
  model.lines = {Text::account_disable_will, Text::account_keeps, Text::account_enable_later};
  model.submit = Text::account_disable;
  return confirm(call, tx, *account, "disable", std::move(model));
}

Result<http::Response> post_account_disable(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  bool const disables = form["act"] == "disable";
  if (!disables && form["act"] != "enable") return Error(Problem::malformed_request);
  return sent_once(call, tx, *pairs, call.request().path, [&]() -> Result<FormDone> {
    auto posted = posted_account(call, tx, form);
    if (!posted) return posted.error();
    if (posted->outrun) return FormDone{*std::move(posted->outrun)};
    auto const path = account_path(posted->account.id);
    auto const changed = use_cases::change_account(
        tx, posted->account.id, {.disabled = disables, .language = {}}, call.caller());
    // The account's page says why it may not be.
    if (!changed && changed.error().problem == Problem::conflict) return FormDone{back_to(path)};
    if (!changed) return changed.error();
    return FormDone{
        see_other(with_state(call, path, path, {{"did", disables ? "disabled" : "enabled"}}))};
  });
}

}  // namespace kaiku::pages
