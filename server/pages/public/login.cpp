#include "server/pages/public/login.hpp"

#include "schema/codec/personal_identity_code.hpp"
#include "server/access/call/check_login.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/http/form.hpp"
#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/public/demo_logins.hpp"
#include "server/pages/public/let_in.hpp"
#include "server/use_cases/sign_in.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view login = "/login";
constexpr std::string_view nowhere = "/";

// The next page is asked for by the address and later by the form; only our own pages are taken.
std::string address_with(std::string_view next) {
  auto const asked = own_path(next, nowhere);
  if (asked == nowhere) return std::string(login);
  return std::string(login) + "?next=" + http::percent_encode(asked);
}

// Back to the form with what is wrong, by a word of ours, and with the name that was typed. What is
// shaped like a personal identity code is not told again.
http::Response refused(access::Call const& call, FormValues const& form, http::FormPairs told) {
  auto const name = form["username"];
  if (!codec::contains_personal_identity_code(name)) told.emplace_back("username", name);
  return back_to(with_state(call, address_with(form["next"]), login, told));
}

http::Response failed(access::Call const& call, FormValues const& form, Error const& error) {
  if (error.problem == Problem::code_already_used) {
    return refused(call, form, {{"fault", "code_used"}});
  }
  if (error.problem != Problem::too_many_requests) {
    return refused(call, form, {{"fault", "wrong"}});
  }
  auto const wait = std::to_string(error.retry_after_s.value_or(1));
  return refused(call, form, {{"fault", "wait"}, {"seconds", wait}});
}

http::Response incomplete(access::Call const& call, FormValues const& form, bool has_password) {
  http::FormPairs told;
  if (form["username"].empty()) told.emplace_back("no_username", "1");
  if (!has_password) told.emplace_back("no_password", "1");
  return refused(call, form, std::move(told));
}

PageFaults faults_in(Language language, FormValues const& told) {
  PageFaults faults;
  auto const say = [&](char const* field, Text text) {
    faults.push_back({field, std::string(in(language, text))});
  };
  if (!told["no_username"].empty()) say("username", Text::login_username_missing);
  if (!told["no_password"].empty()) say("password", Text::login_password_missing);
  auto const fault = told["fault"];
  if (fault == "code_used") say("totp", Text::login_code_used);
  if (fault == "wrong") say("password", Text::login_failed);
  if (fault == "wait") {
    faults.push_back({"password", fill(language, Text::login_wait, {{"s", told["seconds"]}})});
  }
  return faults;
}

http::Response signed_out() {
  auto response = see_other("/login");
  response.with("Set-Cookie", access::ended_session_cookie());
  return response;
}

}  // namespace

Result<http::Response> get_login(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto state = state_of(call, login);
  // Who is signed in has nothing to do here, unless somebody else has just tried and failed.
  if (call.session() && (!state || state->is_old)) {
    return see_other(own_path(values["next"], first_page(tx, call.caller())));
  }
  auto frame = frame_of(call, address_with(values["next"]));
  LoginPage page;
  page.next = own_path(values["next"], nowhere);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  if (state && !state->is_old) {
    FormValues const told(std::move(state->told));
    page.username = told["username"];
    page.faults = faults_in(frame.language, told);
  }
  auto const& site = call.services().site;
  if (site.demo) {
    page.logins = demo_logins(tx, site.demo_credentials_file, frame.language, call.now());
    page.codes_change_in_s =
        domain::seconds_to_code_after(domain::one_time_step_at(call.now()), call.now());
  }
  return respond(frame, login_page(frame, page));
}

Result<access::Work> prepare_login(access::Call const& call, ledger::ReadTx& tx) {
  auto form = call.form();
  if (!form) return form.error();
  auto const password = std::string(http::form_value(*form, "password").value_or(""));
  FormValues const values(std::move(*form));
  if (values["username"].empty() || password.empty()) {
    return access::Work(incomplete(call, values, !password.empty()));
  }
  access::GivenCredentials given{std::string(values["username"]), password,
                                 std::string(values["totp"])};
  auto check = access::begin_check(call, tx, std::move(given));
  if (check) return check;
  return access::Work(failed(call, values, check.error()));
}

Result<http::Response> post_login(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const id = access::new_session_id(call.services().random);
  auto const& tried = std::any_cast<access::CheckedTry const&>(call.prepared);
  auto const account = use_cases::sign_in(tx, tried.login, access::session_lookup(id));
  if (!account) {
    access::end_failed(call, tried, account.error());
    return failed(call, form, account.error());
  }
  auto const next = form["next"] == nowhere ? std::string_view() : form["next"];
  return let_in(call, tx, *account, id, access::end_signed_in(call, tried, account->id),
                own_path(next, first_page(tx, tables::caller_of(*account))));
}

Result<std::optional<http::Response>> look_at_logout(access::Call const& call, ledger::ReadTx&) {
  if (call.session()) return std::optional<http::Response>();
  return std::optional(signed_out());
}

Result<http::Response> post_logout(access::Call& call, ledger::WriteTx& tx) {
  if (call.session()) {
    use_cases::sign_out(tx, call.session()->lookup);
    call.services().activity.forget(call.session()->lookup);
  }
  return signed_out();
}

}  // namespace kaiku::pages
