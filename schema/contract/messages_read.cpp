// From JSON to requests and replies; every fault is told with its pointer.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/idempotency_key.hpp"
#include "schema/contract/messages.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::contract {

namespace {

using codec::id_rule;
using codec::JsonFields;
using codec::NumberRule;
using codec::TextRule;
using codec::Unknown;

constexpr NumberRule asked_rule{0, most_asked_of_a_kind};
// A community card's whole group may be told of, more than one act gives.
constexpr NumberRule told_rule{0, most_of_a_community};
constexpr TextRule card_rule{.min = 0, .max = SIZE_MAX, .may_hold_control_characters = true};
constexpr TextRule key_rule{
    .min = 1, .max = SIZE_MAX, .may_hold_identity_code = true, .may_hold_control_characters = true};
constexpr TextRule reason_rule{.min = 1, .max = 64};
constexpr TextRule reply_text_rule{.min = 0, .max = 1000};

Tickets tickets_in(JsonFields& fields, NumberRule const& rule) {
  auto const count = [&](std::string_view name) {
    return static_cast<int>(fields.optional_integer(name, rule).value_or(0));
  };
  Tickets tickets;
  tickets.adult = count("adult");
  tickets.child = count("child");
  tickets.assistant = count("assistant");
  tickets.interpreter = count("interpreter");
  tickets.companion = count("companion");
  fields.finish();
  return tickets;
}

Tickets read_asked_tickets(JsonFields& parent, Faults const& faults) {
  auto const faults_before = faults.size();
  auto fields = parent.object("tickets");
  if (!fields) return {};
  auto const tickets = read_tickets(*fields);
  // Counts that were refused read as zero, and have been told of already.
  if (faults.size() == faults_before && tickets.total() == 0) {
    parent.fault("tickets", FaultCode::at_least_one);
  }
  return tickets;
}

Tickets read_reply_tickets(JsonFields& parent, std::string_view name) {
  auto fields = parent.object(name);
  return fields ? tickets_in(*fields, told_rule) : Tickets{};
}

// "d:<device id>:<journal sequence>": a device's own keys may be shorter than other callers'.
bool is_device_key(std::string_view key) {
  auto const colon = key.find(':', 2);
  return key.starts_with("d:") && colon != std::string_view::npos &&
         ascii::is_digits(key.substr(2, colon - 2)) && ascii::is_digits(key.substr(colon + 1));
}

bool is_key(std::string_view key) {
  return is_idempotency_key(key) || (key.size() < 8 && is_device_key(key));
}

std::string read_idempotency_key(JsonFields& fields) {
  constexpr auto name = "idempotency_key";
  auto key = fields.text(name, key_rule);
  if (!is_key(key)) {
    fields.fault(name, FaultCode::not_a_key);
  } else if (is_personal_identity_code(key)) {
    fields.fault(name, FaultCode::personal_identity_code);
  }
  return key;
}

// What a check and a redemption ask alike.
template <class Request>
void read_common(Request& request, JsonFields& fields, Faults const& faults) {
  request.card = read_card(fields);
  request.venue = fields.id<VenueId>("venue_id");
  request.event = fields.optional_id<EventId>("event_id");
  request.kind = fields.optional_word<UseKind>("kind", use_kind_from);
  request.tickets = read_asked_tickets(fields, faults);
}

std::optional<int> optional_count(JsonFields& fields, std::string_view name) {
  auto const value = fields.optional_integer(name, {0, INT32_MAX});
  return value ? std::optional{static_cast<int>(*value)} : std::nullopt;
}

std::optional<AttemptHash> read_attempt_hash(JsonFields& fields) {
  constexpr auto name = "attempt_hash";
  AttemptHash hash{};
  auto const text = fields.optional_text(
      name, {.min = 2 * hash.size(), .max = 2 * hash.size(), .may_hold_identity_code = true});
  if (!text) return std::nullopt;
  auto const bytes = from_hex(*text);
  if (!bytes || bytes->size() != hash.size()) {
    fields.fault(name, FaultCode::not_a_hash);
    return std::nullopt;
  }
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

template <class T>
Result<T> read_or_error(T value, Faults const& faults) {
  if (!faults.empty()) return faults.error();
  return value;
}

void read_receipt(RedemptionReply& reply, JsonFields& parent) {
  auto fields = parent.object("receipt");
  if (!fields) return;
  reply.receipt_sequence = fields->integer("sequence", id_rule);
  // Base64 of a ledger entry of at most 64 KiB.
  auto const entry =
      from_base64(fields->text("entry", {.min = 0, .max = 90'000, .may_hold_identity_code = true}));
  if (entry)
    reply.receipt_entry = *entry;
  else
    fields->fault("entry", FaultCode::not_base64);
  auto const hash =
      from_hex(fields->text("leaf_hash", {.min = 64, .max = 64, .may_hold_identity_code = true}));
  if (hash && hash->size() == reply.receipt_leaf_hash.size()) {
    std::copy(hash->begin(), hash->end(), reply.receipt_leaf_hash.begin());
  } else {
    fields->fault("leaf_hash", FaultCode::not_a_hash);
  }
}

}  // namespace

std::string read_card(JsonFields& fields, std::string_view name) {
  return fields.text(name, card_rule);
}

std::optional<std::string> read_optional_card(JsonFields& fields) {
  return fields.optional_text("card", card_rule);
}

Tickets read_tickets(JsonFields& fields) { return tickets_in(fields, asked_rule); }

Override read_override(JsonFields& fields) {
  auto const answer = fields.word<Answer>("answer", answer_from);
  auto reason = fields.text("reason", reason_rule);
  fields.finish();
  return {answer, std::move(reason)};
}

Result<CheckRequest> read_check_request(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults);
  CheckRequest request;
  read_common(request, fields, faults);
  fields.finish();
  return read_or_error(std::move(request), faults);
}

Result<RedemptionRequest> read_redemption_request(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults);
  RedemptionRequest request;
  request.idempotency_key = read_idempotency_key(fields);
  read_common(request, fields, faults);
  request.occurred_at = fields.optional_instant("occurred_at");
  if (auto override = fields.optional_object("override")) {
    request.override = read_override(*override);
  }
  request.attempt_hash = read_attempt_hash(fields);
  fields.finish();
  return read_or_error(std::move(request), faults);
}

Result<CheckReply> read_check_reply(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults, "", Unknown::passed_over);
  CheckReply reply;
  reply.answer = fields.word<Answer>("answer", answer_from);
  reply.may_override = fields.boolean("may_override");
  reply.children_max = static_cast<int>(fields.integer("children_max", {0, INT32_MAX}));
  reply.tickets_allowed = read_reply_tickets(fields, "tickets_allowed");
  reply.quota_left = optional_count(fields, "quota_left");
  reply.used_at = fields.optional_instant("used_at");
  reply.door_message = fields.optional_text("door_message", reply_text_rule).value_or("");
  if (auto reserved = fields.optional_object("reserved"))
    reply.reserved = tickets_in(*reserved, told_rule);
  if (auto texts = fields.object("texts")) {
    reply.staff = texts->text("staff", reply_text_rule);
    reply.aloud = texts->text("aloud", reply_text_rule);
    reply.closing = texts->optional_text("closing", reply_text_rule).value_or("");
  }
  return read_or_error(std::move(reply), faults);
}

Result<RedemptionReply> read_redemption_reply(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults, "", Unknown::passed_over);
  RedemptionReply reply;
  reply.redemption = fields.id<RedemptionId>("redemption_id");
  reply.answer = fields.word<Answer>("answer", answer_from);
  reply.tickets = read_reply_tickets(fields, "tickets");
  reply.quota_left = optional_count(fields, "quota_left");
  reply.verdict = fields.optional_text("verdict", {.max = 64});
  reply.door_message = fields.optional_text("door_message", reply_text_rule).value_or("");
  read_receipt(reply, fields);
  return read_or_error(std::move(reply), faults);
}

}  // namespace kaiku::contract
