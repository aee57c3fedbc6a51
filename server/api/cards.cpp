#include "server/api/cards.hpp"

#include <nlohmann/json.hpp>

#include "schema/contract/messages.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::api {
namespace {

tables::HolderFacts read_holder(codec::JsonFields& fields, Day today) {
  tables::HolderFacts holder;
  auto const this_year = civil_of(today).year;
  holder.birth_year = static_cast<int>(fields.integer("birth_year", {this_year - 120, this_year}));
  holder.postcode = read_postcode(fields);
  holder.children = static_cast<int>(fields.integer("children", {0, contract::most_children}));
  if (auto voluntary = fields.optional_object("background")) {
    constexpr codec::TextRule rule{.min = 0, .max = 40};
    holder.life_situation = voluntary->optional_text("life_situation", rule).value_or("");
    holder.gender = voluntary->optional_text("gender", rule).value_or("");
    holder.language = voluntary->optional_text("language", rule).value_or("");
    voluntary->finish();
  }
  return holder;
}

std::optional<domain::GivenCard> read_stock_card(codec::JsonFields& fields) {
  auto const card = contract::read_optional_card(fields);
  return card ? std::optional(domain::GivenCard(*card)) : std::nullopt;
}

Result<use_cases::RegisterCard> read_register_card(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  use_cases::RegisterCard request;
  request.card = read_stock_card(fields);
  request.kind = fields.optional_word<contract::CardKind>("kind", contract::card_kind_from)
                     .value_or(contract::CardKind::personal);
  if (request.kind == contract::CardKind::personal) {
    request.holder = read_holder(fields, call.today());
  } else {
    request.community_ceiling = static_cast<int>(fields.integer(
        "community_ceiling", {contract::least_of_a_community, contract::most_of_a_community}));
  }
  request.municipality = fields.optional_text("municipality", {.min = 0, .max = 3});
  request.issued_on = fields.optional_day("issued_on");
  if (auto const good = fields.finish(); !good) return good.error();
  return request;
}

nlohmann::json to_json(use_cases::CardView const& card) {
  nlohmann::json json{{"code", card.code.text()},
                      {"kind", contract::word_of(card.kind)},
                      {"state", contract::word_of(card.state)},
                      {"first_valid_day", to_iso(card.first_valid)},
                      {"last_valid_day", to_iso(card.last_valid)},
                      {"municipality", card.municipality},
                      {"registered_on", to_iso(card.registered_on)}};
  if (card.kind == contract::CardKind::personal)
    json["children"] = card.children;
  else
    json["community_ceiling"] = card.community_ceiling;
  if (card.token) json["token"] = *card.token;
  if (card.blocked_until) json["blocked_until"] = to_iso(*card.blocked_until);
  return json;
}

// Offices guess no more than doors do: a typed code that is no card of ours counts as a miss.
using access::may_type;
using access::note_miss;

// The card of the path; of a stock card named in the body, `note_unknown_stock` takes care.
Result<http::Response> answer(access::Call& call, domain::GivenCard const& given,
                              Result<use_cases::CardView> const& card) {
  if (card) return ok(to_json(*card));
  if (card.error().problem == Problem::not_found) note_miss(call, given);
  return card.error();
}

domain::GivenCard card_of_path(access::Call const& call) {
  return domain::GivenCard(call.parameter(0));
}

void note_unknown_stock(access::Call const& call, std::optional<domain::GivenCard> const& card,
                        Error const& error) {
  if (!card) return;
  for (auto const& fault : error.fields) {
    if (fault.pointer == "/card" && fault.code == FaultCode::unknown_card) note_miss(call, *card);
  }
}

}  // namespace

Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx) {
  auto const request = read_register_card(call);
  if (!request) return request.error();
  auto const allowed = request->card ? may_type(call, *request->card) : Result<void>();
  if (!allowed) return allowed.error();
  auto const card = use_cases::register_card(tx, *request, call.caller());
  if (!card) {
    note_unknown_stock(call, request->card, card.error());
    return card.error();
  }
  nlohmann::json body{{"code", card->code.text()},
                      {"kind", contract::word_of(request->kind)},
                      {"state", contract::word_of(card->state)},
                      {"first_valid_day", to_iso(card->first_valid)},
                      {"last_valid_day", to_iso(card->last_valid)},
                      {"municipality", card->municipality},
                      {"recovery_code", card->recovery_code}};
  if (request->kind == contract::CardKind::personal)
    body["children"] = card->children;
  else
    body["community_ceiling"] = request->community_ceiling;
  if (!card->token.empty()) body["token"] = card->token;
  return created(body);
}

Result<http::Response> get_card(access::Call& call, ledger::WriteTx& tx) {
  auto const given = card_of_path(call);
  if (auto const allowed = may_type(call, given); !allowed) return allowed.error();
  return answer(call, given, use_cases::read_card(tx, given, call.caller()));
}

Result<http::Response> post_renewal(access::Call& call, ledger::WriteTx& tx) {
  auto const given = card_of_path(call);
  if (auto const allowed = may_type(call, given); !allowed) return allowed.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const children = fields.optional_integer("children", {0, contract::most_children});
  if (auto const good = fields.finish(); !good) return good.error();
  auto const wanted = children ? std::optional<int>(static_cast<int>(*children)) : std::nullopt;
  return answer(call, given, use_cases::renew_card(tx, given, wanted, call.caller()));
}

Result<http::Response> post_replacement(access::Call& call, ledger::WriteTx& tx) {
  auto const given = card_of_path(call);
  if (auto const allowed = may_type(call, given); !allowed) return allowed.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const reason = fields.word<domain::ReplaceReason>("reason", domain::replace_reason_from);
  auto const stock = read_stock_card(fields);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const allowed = stock ? may_type(call, *stock) : Result<void>();
  if (!allowed) return allowed.error();
  auto const replaced = use_cases::replace_card(tx, given, reason, stock, call.caller());
  if (!replaced) note_unknown_stock(call, stock, replaced.error());
  return answer(call, given, replaced);
}

Result<http::Response> post_block(access::Call& call, ledger::WriteTx& tx) {
  auto const given = card_of_path(call);
  if (auto const allowed = may_type(call, given); !allowed) return allowed.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const reason = fields.word<domain::BlockReason>("reason", domain::block_reason_from);
  auto const until = fields.optional_day("until");
  if (auto const good = fields.finish(); !good) return good.error();
  return answer(call, given, use_cases::block_card(tx, given, reason, call.caller(), until));
}

Result<http::Response> post_unblock(access::Call& call, ledger::WriteTx& tx) {
  auto const given = card_of_path(call);
  if (auto const allowed = may_type(call, given); !allowed) return allowed.error();
  return answer(call, given, use_cases::unblock_card(tx, given, call.caller()));
}

Result<http::Response> post_children(access::Call& call, ledger::WriteTx& tx) {
  auto const given = card_of_path(call);
  if (auto const allowed = may_type(call, given); !allowed) return allowed.error();
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  auto const children = fields.integer("children", {0, contract::most_children});
  if (auto const good = fields.finish(); !good) return good.error();
  return answer(call, given,
                use_cases::change_children(tx, given, static_cast<int>(children), call.caller()));
}

}  // namespace kaiku::api
