#include "server/pages/public/login.hpp"
#include "server/access/call/check_login.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/http/form.hpp"
#include "server/pages/frame/greeting.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/public/demo_logins.hpp"
#include "server/use_cases/sign_in.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view nowhere = "/";

// The next page is asked for by the address and later by the form; only our own pages are taken.
http::Response show_login(access::Call const& call, ledger::ReadTx& tx, LoginPage&& page) {
  auto const next = own_path(page.next, nowhere);
  auto frame =
      frame_of(call, next == nowhere ? "/login" : "/login?next=" + http::percent_encode(next));
  page.next = next;
  auto const& site = call.services().site;
  if (site.demo) {
    page.logins = demo_logins(tx, site.demo_credentials_file, frame.language, call.now());
  }
  return respond(frame, login_page(frame, page));
}

std::string text_of_failure(Language language, Problem problem) {
  if (problem == Problem::code_already_used)
    return std::string(in(language, Text::login_code_used));
  if (problem == Problem::too_many_requests) return std::string(in(language, Text::login_delayed));
  return std::string(in(language, Text::login_failed));
}

http::Response failed(access::Call const& call, ledger::ReadTx& tx, FormValues const& form,
                      Error const& error) {
  auto const language = frame_of(call, "/login").language;
  LoginPage page;
  page.next = form["next"];
  page.username = form["username"];
  page.status = status_of(error.problem);
  auto const field = error.problem == Problem::code_already_used ? "totp" : "password";
  page.faults = {{field, text_of_failure(language, error.problem)}};
  auto response = show_login(call, tx, std::move(page));
  if (error.retry_after_s) response.with("Retry-After", std::to_string(*error.retry_after_s));
  return response;
}

http::Response incomplete(access::Call const& call, ledger::ReadTx& tx, FormValues const& form) {
  auto const language = frame_of(call, "/login").language;
  LoginPage page;
  page.next = form["next"];
  page.username = form["username"];
  page.status = 422;
  if (form["username"].empty()) {
    page.faults.push_back({"username", std::string(in(language, Text::login_username_missing))});
  }
  if (form["password"].empty()) {
    page.faults.push_back({"password", std::string(in(language, Text::login_password_missing))});
  }
  return show_login(call, tx, std::move(page));
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
  if (call.session()) {
    return see_other(own_path(values["next"], home_of(call.caller().role)));
  }
  LoginPage page;
  page.next = values["next"];
  return show_login(call, tx, std::move(page));
}

Result<access::Work> prepare_login(access::Call const& call, ledger::ReadTx& tx) {
  auto form = call.form();
  if (!form) return form.error();
  auto const password = std::string(http::form_value(*form, "password").value_or(""));
  FormValues const values(std::move(*form));
  if (values["username"].empty() || password.empty()) {
    return access::Work(incomplete(call, tx, values));
  }
  access::GivenCredentials given{std::string(values["username"]), password,
                                 std::string(values["totp"])};
  auto check = access::begin_check(call, tx, std::move(given));
  if (check) return check;
  return access::Work(failed(call, tx, values, check.error()));
}

Result<http::Response> post_login(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto& services = call.services();
  auto const id = access::new_session_id(services.random);
  auto const& tried = std::any_cast<access::CheckedTry const&>(call.prepared);
  auto const account = use_cases::sign_in(tx, tried.login, access::session_lookup(id));
  if (!account) {
    access::end_failed(call, tried, account.error());
    return failed(call, tx, form, account.error());
  }
  if (call.session()) use_cases::sign_out(tx, call.session()->lookup);
  auto response =
      see_other(own_path(form["next"] == nowhere ? "" : form["next"], home_of(account->role)));
  response.with("Set-Cookie", access::session_cookie(id))
      .with("Set-Cookie", access::end_signed_in(call, tried, account->id))
      .with("Set-Cookie", greeting_cookie(call, tx, *account, access::session_lookup(id)));
  return response;
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
