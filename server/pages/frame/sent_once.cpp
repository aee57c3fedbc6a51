#include "server/pages/frame/sent_once.hpp"

#include "pages/embedded_assets.hpp"
#include "schema/crypto/crypto.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/tables/idempotent_answers.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view used_page = "/form-used";

// Of what the person sent; the token is the session's, which may be another after signing in again.
Digest mac_of(access::Call const& call, http::FormPairs form) {
  std::erase_if(form, [](auto const& pair) { return pair.first == "csrf"; });
  auto const text = call.request().path + "\n" + encoded(form);
  return crypto::hmac_sha256(call.services().keys.body_mac, bytes_of(text));
}

}  // namespace

Result<std::optional<http::Response>> sent_before(access::Call const& call, ledger::ReadTx& tx,
                                                  http::FormPairs const& form,
                                                  std::string_view fresh) {
  auto const id = http::form_value(form, "form_id").value_or("");
  if (!is_form_id(id)) return Error(Problem::malformed_request);
  auto const kept =
      tables::find_idempotent_answer(tx, call.caller().actor, tables::form_answer_key(id));
  if (!kept) return std::optional<http::Response>();
  if (crypto::equal_constant_time(kept->body_mac, mac_of(call, form))) {
    return std::optional(see_other(kept->location));
  }
  return std::optional(see_other(with_state(
      call, used_page, used_page, {{"result", kept->location}, {"fresh", std::string(fresh)}})));
}

Result<http::Response> sent_once(access::Call& call, ledger::WriteTx& tx,
                                 http::FormPairs const& form, std::string_view fresh,
                                 FormWork const& work) {
  auto before = sent_before(call, tx, form, fresh);
  if (!before) return before.error();
  if (*before) return **std::move(before);
  auto const id = http::form_value(form, "form_id").value_or("");
  auto const& actor = call.caller().actor;
  auto const mac = mac_of(call, form);
  auto done = work();
  if (!done) return done.error();
  auto& answer = done->answer;
  if (answer.status != 303 || answer.keeps_nothing) return std::move(answer);
  tables::insert_idempotent_answer(
      tx, actor, tables::form_answer_key(id),
      {mac, answer.status, std::string(answer.location()), done->left});
  return std::move(answer);
}

std::optional<std::string> left_by_form(access::Call const& call, ledger::ReadTx& tx,
                                        std::string_view form_id) {
  auto kept =
      tables::find_idempotent_answer(tx, call.caller().actor, tables::form_answer_key(form_id));
  if (!kept) return std::nullopt;
  return std::move(kept->body);
}

Result<http::Response> get_form_used(access::Call const& call, ledger::ReadTx&) {
  auto const state = state_of(call, used_page);
  if (!state || state->is_old) return see_other("/");
  FormValues const told(state->told);
  auto const frame = frame_of(call, address_of(call));
  Page page{.title = std::string(in(frame.language, Text::form_used)), .body = embedded::form_used};
  page.values.set("result", std::string(told["result"]));
  page.values.set("fresh", std::string(told["fresh"]));
  return respond(frame, std::move(page));
}

}  // namespace kaiku::pages
