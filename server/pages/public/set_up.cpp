#include "server/pages/public/set_up.hpp"

#include "schema/crypto/crypto.hpp"
#include "schema/values/spaces.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/access/call/check_login.hpp"
#include "server/access/identity/passwords.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/access/identity/totp.hpp"
#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sealed.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/public/let_in.hpp"
#include "server/pages/public/set_up_view.hpp"
#include "server/use_cases/manage_accounts.hpp"
#include "server/use_cases/set_up_account.hpp"
#include "server/use_cases/sign_in.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view page = "/set-up";
constexpr std::string_view second_step = "/set-up?step=2";

// Lax: the way here begins in a mail. Half an hour is enough for an authenticator app.
constexpr std::string_view cookie_name = "__Host-kaiku-set-up";
constexpr std::string_view purpose = "set-up link 1";
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";
constexpr std::int64_t cookie_life_us = 30 * minute_us;
constexpr std::size_t longest_token = 64;

std::string link_cookie(access::Call const& call, std::string const& token) {
  return std::string(cookie_name) + "=" + sealed(call, purpose, {}, {{"token", token}}) +
         std::string(attributes) + "1800";
}

std::string ended_link_cookie() {
  return std::string(cookie_name) + "=" + std::string(attributes) + "0";
}

// Empty without a link.
std::string token_of(access::Call const& call) {
  auto const cookie = call.request().cookie(cookie_name);
  auto const told = opened(call, purpose, {}, cookie, cookie_life_us);
  return told ? std::string(http::form_value(*told, "token").value_or("")) : std::string();
}

// Which link a form is of: with two links open in one browser, the cookie is that of the later.
std::string mark_of(std::string_view token) {
  auto const digest = crypto::sha256(bytes_of("set-up form\n" + std::string(token)));
  return to_hex(ByteView(digest).first(8));
}

struct OpenLink {
  std::string token;
  tables::Login login;
};

// not_found, counted, for a link that does not open.
Result<OpenLink> open_link(access::Call const& call, ledger::ReadTx& tx) {
  auto token = token_of(call);
  if (token.empty()) return Error(Problem::not_found);
  auto login = use_cases::find_set_up(tx, token, call.now());
  if (!login) return access::counted_miss(call, access::Brake::set_up_link, login.error());
  return OpenLink{std::move(token), *std::move(login)};
}

http::Response over(access::Call const& call) {
  auto frame = frame_of(call, std::string(page));
  frame.cookie = ended_link_cookie();
  return respond(frame, set_up_over_page(frame));
}

http::Response to_first_step(access::Call const& call, http::FormPairs const& told) {
  return back_to(with_state(call, page, page, told));
}

std::string_view password_word(FaultCode code) {
  if (code == FaultCode::too_short) return "short";
  return code == FaultCode::too_long ? "long" : "common";
}

// What a state tells of, as this page's faults.
PageFaults faults_in(Language language, FormValues const& told) {
  PageFaults faults;
  auto const say = [&](char const* field, Text text) {
    faults.push_back({field, std::string(in(language, text))});
  };
  auto const password = told["password"];
  if (password == "short") say("password", Text::pw_short);
  if (password == "long") say("password", Text::pw_long);
  if (password == "common") say("password", Text::pw_common);
  if (told["again"] == "differs") say("again", Text::pw_differ);
  if (told["totp"] == "wrong") say("totp", Text::totp_wrong);
  if (told["totp"] == "used") say("totp", Text::login_code_used);
  return faults;
}

http::Response password_step(access::Call const& call, Frame const& frame, OpenLink const& link,
                             PageFaults faults) {
  SetUpPassword const model{link.login.username, mark_of(link.token), new_form_id(call),
                            std::move(faults)};
  return respond(frame, set_up_password_page(frame, model));
}

http::Response code_step(access::Call const& call, Frame const& frame, OpenLink const& link,
                         PageFaults faults) {
  SetUpCode model;
  model.username = link.login.username;
  model.link = mark_of(link.token);
  model.form_id = new_form_id(call);
  if (!use_cases::needs_second_factor(link.login.role)) model.skip_form_id = new_form_id(call);
  model.secret = link.login.totp_secret.value();
  model.otpauth_uri =
      access::otpauth_uri(call.services().site.instance, link.login.username, model.secret);
  model.faults = std::move(faults);
  return respond(frame, set_up_code_page(frame, model));
}

// What the password lane made of the first step.
struct Chosen {
  tables::PasswordHash password;
  Bytes totp_secret;
};

Result<access::Work> begin_password(access::Call const& call, http::FormPairs const& form,
                                    tables::Login const& login) {
  // As it was typed: white space at the ends is part of a password.
  std::string const password(http::form_value(form, "password").value_or(""));
  http::FormPairs told;
  if (auto const fault = access::password_fault(password, login.username, "/password")) {
    told.emplace_back("password", password_word(fault->code));
  }
  if (password != http::form_value(form, "again").value_or("")) {
    told.emplace_back("again", "differs");
  }
  if (!told.empty()) return access::Work(to_first_step(call, told));
  auto& random = call.services().random;
  return access::Work([password, &random] {
    return std::any(
        Chosen{access::hash_password(password, random), access::new_totp_secret(random)});
  });
}

Result<FormDone> choose_password(access::Call const& call, ledger::WriteTx& tx,
                                 OpenLink const& link) {
  auto const& chosen = std::any_cast<Chosen const&>(call.prepared);
  auto const done = use_cases::choose_password(tx, link.token, chosen.password, chosen.totp_secret);
  if (!done) return done.error();
  return FormDone{see_other(std::string(second_step))};
}

Result<AccountId> finish(ledger::WriteTx& tx, OpenLink const& link, FormValues const& form) {
  if (form["act"] == "skip") return use_cases::go_without_second_factor(tx, link.token);
  std::optional<std::int64_t> step;
  if (link.login.totp_secret) {
    auto const typed = without_spaces(form["totp"]);
    step = access::matching_totp_step(*link.login.totp_secret, typed, tx.now());
  }
  return use_cases::confirm_second_factor(tx, link.token, step);
}

// The second step; whoever has finished it is signed in.
Result<FormDone> finish_and_let_in(access::Call const& call, ledger::WriteTx& tx,
                                   OpenLink const& link, FormValues const& form) {
  auto const account = finish(tx, link, form);
  if (!account) {
    auto const problem = account.error().problem;
    if (problem == Problem::conflict) return FormDone{back_to(std::string(page))};
    bool const is_used = problem == Problem::code_already_used;
    if (!is_used && problem != Problem::validation_failed) return account.error();
    return FormDone{
        back_to(with_state(call, second_step, page, {{"totp", is_used ? "used" : "wrong"}}))};
  }
  auto const id = access::new_session_id(call.services().random);
  auto const was = use_cases::open_session(tx, *account, access::session_lookup(id));
  auto response = let_in(call, tx, was, id, access::note_browser(call, *account),
                         first_page(tx, tables::caller_of(was)));
  response.with("Set-Cookie", ended_link_cookie());
  return FormDone{std::move(response)};
}

}  // namespace

Result<http::Response> get_set_up_link(access::Call const& call, ledger::ReadTx&) {
  auto response = see_other(std::string(page));
  auto const& token = call.parameter(0);
  response.with("Set-Cookie",
                token.size() > longest_token ? ended_link_cookie() : link_cookie(call, token));
  return response;
}

Result<http::Response> get_set_up(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  auto const link = open_link(call, tx);
  if (!link && link.error().problem == Problem::not_found) return over(call);
  if (!link) return link.error();
  bool const is_second = FormValues(std::move(*query))["step"] == "2" && link->login.password &&
                         link->login.totp_secret;
  auto frame = frame_of(call, std::string(is_second ? second_step : page));
  auto state = state_of(call, page).value_or(PageState{});
  FormValues const told(std::move(state.told));
  if (state.is_old || !told["old"].empty()) frame.notice = in(frame.language, Text::k_old);
  auto faults = faults_in(frame.language, told);
  if (is_second) return code_step(call, frame, *link, std::move(faults));
  return password_step(call, frame, *link, std::move(faults));
}

Result<access::Work> prepare_set_up(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  // Sent a second time: the writer leads to what came of the first.
  if (left_by_form(call, tx, form["form_id"])) return access::Work();
  auto const link = open_link(call, tx);
  if (!link && link.error().problem == Problem::not_found) {
    return access::Work(back_to(std::string(page)));
  }
  if (!link) return link.error();
  if (form["link"] != mark_of(link->token)) {
    return access::Work(to_first_step(call, {{"old", "1"}}));
  }
  if (!form["act"].empty()) return access::Work();
  return begin_password(call, *pairs, link->login);
}

Result<http::Response> post_set_up(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  return sent_once(call, tx, *pairs, page, [&]() -> Result<FormDone> {
    // Open a moment ago: what closed it since is somebody's other tab.
    auto const link = open_link(call, tx);
    if (!link) return FormDone{back_to(std::string(page))};
    if (form["act"].empty()) return choose_password(call, tx, *link);
    return finish_and_let_in(call, tx, *link, form);
  });
}

}  // namespace kaiku::pages
