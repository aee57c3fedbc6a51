#include <nlohmann/json.hpp>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/messages.hpp"
#include "schema/contract/plain_redemption.hpp"
#include "schema/contract/problem_document.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/api/redemptions.hpp"
#include "server/api/replies.hpp"
#include "server/tables/redemptions.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::api {

http::Response refused(access::Call const& call, contract::Decision const& decision) {
  http::Response response;
  response.status = status_of(Problem::not_admitted);
  response.content_type = "application/problem+json";
  auto document = contract::refusal_document(contract::reply_for(decision, call.caller().language));
  document["request_id"] = call.request().request_id;
  response.body = document.dump();
  return response;
}

Result<http::Response> post_check(access::Call const& call, ledger::ReadTx& tx) {
  auto const& json = call.json();
  if (!json) return json.error();
  auto const request = contract::read_check_request(*json);
  if (!request) return request.error();
  auto const card = contract::parse_card_input(request->card);
  if (!card) return card.error();
  if (auto const allowed = access::may_type(call, *card, request->venue); !allowed) {
    return allowed.error();
  }
  auto const checked = use_cases::check_card(tx, *request, *card, call.caller(), call.now());
  if (!checked) return checked.error();
  if (checked->typed_miss) access::note_miss(call, *card, request->venue);
  http::Response response;
  response.content_type = "application/json";
  auto reply = contract::reply_for(checked->decision, call.caller().language);
  reply.door_message = checked->door_message;
  reply.reserved = checked->reserved;
  response.body = contract::to_text(reply);
  return response;
}

Result<http::Response> post_redemption(access::Call& call, ledger::WriteTx& tx) {
  auto const text = call.json_text();
  if (!text) return text.error();
  auto const request = contract::read_redemption_text(*text);
  if (!request) return request.error();
  auto const card = contract::parse_card_input(request->card);
  if (!card) return card.error();
  auto const allowed = access::may_type(call, *card, request->venue);
  // A key that is bound answers its own use, whatever was typed since.
  auto const& actor = call.caller().actor;
  if (!allowed && !tables::find_redemption(tx, actor, request->idempotency_key)) {
    return allowed.error();
  }
  auto const answer = use_cases::redeem(tx, *request, *card, call.caller());
  if (!answer) return answer.error();
  if (auto const* decision = std::get_if<contract::Decision>(&*answer)) {
    if (decision->answer == contract::Answer::unknown_card) {
      access::note_miss(call, *card, request->venue);
    }
    return refused(call, *decision);
  }
  auto const& redeemed = std::get<use_cases::Redeemed>(*answer);
  // Kept, and yet a guess: its verdict tells as much as a refusal does.
  bool const is_new_miss = !redeemed.repeated && redeemed.reply.verdict == "unknown_card";
  if (is_new_miss) access::note_miss(call, *card, request->venue);
  http::Response response;
  response.status = redeemed.repeated ? 200 : 201;
  response.content_type = "application/json";
  response.body = contract::to_text(redeemed.reply);
  return response;
}

Result<http::Response> post_redemption_void(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<RedemptionId>(0);
  if (!id) return id.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const reason = fields.text("reason", {.max = 40});
  if (auto const good = fields.finish(); !good) return good.error();
  auto const undone = use_cases::undo_redemption(tx, *id, reason, call.caller());
  if (!undone) return undone.error();
  return ok({{"redemption_id", undone->redemption.value},
             {"undone", true},
             {"sequence", undone->sequence},
             {"tickets", contract::to_json(undone->tickets)}});
}

}  // namespace kaiku::api
