#include "server/pages/frame/frame.hpp"
#include "pages/embedded_assets.hpp"
#include "server/http/form.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/held.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/problem_page.hpp"

namespace kaiku::pages {
namespace {

// In the language of the public page that was asked for.
Frame problem_frame(access::Call const& call) {
  if (call.caller().role == domain::Role::anonymous) return frame_by_address(call, "/");
  auto frame = frame_of(call, "/");
  frame.language = language_asked(call).value_or(frame.language);
  return frame;
}

}  // namespace

http::Response problem_page(Error const& error, access::Call const& call) {
  auto const& request = call.request();
  bool const reading = request.method == http::Method::get || request.method == http::Method::head;
  if (error.problem == Problem::not_signed_in) {
    if (!reading) return see_other("/login");
    auto const asked = request.path + (request.query.empty() ? "" : "?" + request.query);
    return see_other("/login?next=" + http::percent_encode(own_path(asked, "/")));
  }
  // Whoever signed in after another person's session has done nothing wrong.
  bool const is_closed = reading && error.problem == Problem::forbidden;
  auto const held = is_closed ? held_of(call) : std::nullopt;
  if (held && !held->is_ours && !held->is_old) return see_other(with_held(call, "/"));
  auto const frame = problem_frame(call);
  auto response = respond(frame, problem_page_of(frame, error.problem, request.request_id));
  if (error.retry_after_s)
    response.with("Retry-After", std::to_string(*error.retry_after_s));
  else if (response.status == 503)
    response.with("Retry-After", "1");
  return response;
}

std::optional<http::Response> held_page(Error const& error, access::Call const& call,
                                        std::string_view form_path) {
  bool const is_over = error.problem == Problem::not_signed_in;
  if (!is_over && !(error.problem == Problem::csrf_failed && call.session())) return std::nullopt;
  auto address = held_form(call, form_path);
  if (!address) return std::nullopt;
  return see_other(is_over ? "/login?next=" + http::percent_encode(*address) : *address);
}

http::Response get_language(access::Call const& call) {
  auto query = call.query();
  FormValues const values(query ? std::move(*query) : http::FormPairs{});
  auto response = see_other(own_path(values["next"], "/"));
  if (auto const language = contract::language_from(values["lang"])) {
    response.with("Set-Cookie", "kaiku_lang=" + std::string(contract::code_of(*language)) +
                                    "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000");
  }
  return response;
}

http::Response get_asset(access::Call const& call) {
  auto const& name = call.parameter(0);
  http::Response response;
  if (name == embedded::css_name) {
    response.content_type = "text/css; charset=utf-8";
    response.constant_body = embedded::css_text;
  } else {
    response.status = 404;
    response.content_type = "text/plain; charset=utf-8";
    response.body = "Not found\n";
    return response;
  }
  response.with("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

}  // namespace kaiku::pages
