// From JSON to requests and replies; every fault is told with its pointer.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "schema/codec/json_fields.hpp"
#include "schema/codec/personal_identity_code.hpp"
#include "schema/contract/messages.hpp"

namespace kaiku::contract {

namespace {

using Unknown = JsonFields::Unknown;

constexpr NumberRule ticket_rule{0, 20};
constexpr TextRule card_rule{.min = 1, .max = 512};
constexpr TextRule reason_rule{.min = 1, .max = 64};
constexpr TextRule reply_text_rule{.min = 0, .max = 1000};
constexpr std::size_t identity_code_length = 11;

int count_in(JsonFields& fields, std::string_view name) {
  return static_cast<int>(fields.optional_integer(name, ticket_rule).value_or(0));
}

Tickets read_counts(JsonFields& fields) {
  Tickets tickets;
  tickets.adult = count_in(fields, "adult");
  tickets.child = count_in(fields, "child");
  tickets.assistant = count_in(fields, "assistant");
  tickets.interpreter = count_in(fields, "interpreter");
  tickets.companion = count_in(fields, "companion");
  fields.finish();
  return tickets;
}

Tickets read_asked_tickets(JsonFields& parent, Faults& faults) {
  auto const* const value = parent.required_member("tickets");
  if (!value) return {};
  auto const faults_before = faults.size();
  JsonFields fields(*value, faults, parent.pointer_to("tickets"));
  auto const tickets = read_counts(fields);
  // Counts that were refused read as zero, and have been told of already.
  if (faults.size() == faults_before && tickets.total() == 0) {
    parent.fault("tickets", "at_least_one", "Ask for at least one ticket.");
  }
  return tickets;
}

Tickets read_reply_tickets(JsonFields& parent, std::string_view name, Faults& faults) {
  auto const* const value = parent.required_member(name);
  if (!value) return {};
  JsonFields fields(*value, faults, parent.pointer_to(name), Unknown::passed_over);
  return read_counts(fields);
}

template <class SomeId>
std::optional<SomeId> optional_id(JsonFields& fields, std::string_view name) {
  auto const value = fields.optional_integer(name, id_rule);
  return value ? std::optional<SomeId>{SomeId{*value}} : std::nullopt;
}

bool is_key_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' ||
         c == '_' || c == '-';
}

// "d:<device id>:<journal sequence>": a device's own keys may be shorter than other callers'.
bool is_device_key(std::string_view key) {
  auto const colon = key.find(':', 2);
  auto const digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return key.starts_with("d:") && colon != std::string_view::npos &&
         digits(key.substr(2, colon - 2)) && digits(key.substr(colon + 1));
}

// A key is machine-made and long; among millions some hold an identity code's shape by chance, so
// that only a key which is one as a whole is refused.
std::string read_idempotency_key(JsonFields& fields) {
  constexpr auto name = "idempotency_key";
  auto key = fields.text(name, {.min = 5, .max = 64, .may_hold_identity_code = true});
  if (key.size() < 8 && !key.empty() && !is_device_key(key)) {
    fields.fault(name, "out_of_range", "A key has 8 to 64 characters.");
  }
  if (!std::all_of(key.begin(), key.end(), is_key_character)) {
    fields.fault(name, "wrong_characters", "A key is made of A-Z, a-z, 0-9, colon, _ and -.");
  } else if (key.size() == identity_code_length && contains_personal_identity_code(key)) {
    fields.fault(name, "personal_identity_code",
                 "Please leave personal identity codes out: Kaiku never stores them.");
  }
  return key;
}

std::optional<Override> read_override(JsonFields& parent, Faults& faults) {
  auto const* const value = parent.member("override");
  if (!value) return std::nullopt;
  JsonFields fields(*value, faults, parent.pointer_to("override"));
  auto const answer = fields.word<Answer>("answer", answer_from);
  auto reason = fields.text("reason", reason_rule);
  fields.finish();
  return Override{answer, std::move(reason)};
}

// What a check and a redemption ask alike.
template <class Request>
void read_common(Request& request, JsonFields& fields, Faults& faults) {
  request.card = fields.text("card", card_rule);
  request.venue = {fields.integer("venue_id", id_rule)};
  request.event = optional_id<EventId>(fields, "event_id");
  request.kind = fields.optional_word<UseKind>("kind", use_kind_from);
  request.tickets = read_asked_tickets(fields, faults);
}

std::optional<int> optional_count(JsonFields& fields, std::string_view name) {
  auto const value = fields.optional_integer(name, {0, INT32_MAX});
  return value ? std::optional{static_cast<int>(*value)} : std::nullopt;
}

template <class T>
Result<T> read_or_error(T&& value, Faults&& faults) {
  if (!faults.empty()) return std::move(faults).error();
  return std::move(value);
}

void read_receipt(RedemptionReply& reply, JsonFields& parent, Faults& faults) {
  auto const* const value = parent.required_member("receipt");
  if (!value) return;
  JsonFields fields(*value, faults, parent.pointer_to("receipt"), Unknown::passed_over);
  reply.receipt_sequence = fields.integer("sequence", id_rule);
  // Base64 of a ledger entry of at most 64 KiB.
  auto const entry =
      from_base64(fields.text("entry", {.min = 0, .max = 90'000, .may_hold_identity_code = true}));
  if (entry)
    reply.receipt_entry = *entry;
  else
    fields.fault("entry", "wrong_characters", "This has to be base64.");
  auto const hash =
      from_hex(fields.text("leaf_hash", {.min = 64, .max = 64, .may_hold_identity_code = true}));
  if (hash && hash->size() == reply.receipt_leaf_hash.size()) {
    std::copy(hash->begin(), hash->end(), reply.receipt_leaf_hash.begin());
  } else {
    fields.fault("leaf_hash", "wrong_characters", "This has to be 64 hexadecimal digits.");
  }
}

}  // namespace

Result<CheckRequest> read_check_request(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults);
  CheckRequest request;
  read_common(request, fields, faults);
  fields.finish();
  return read_or_error(std::move(request), std::move(faults));
}

Result<RedemptionRequest> read_redemption_request(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults);
  RedemptionRequest request;
  request.idempotency_key = read_idempotency_key(fields);
  read_common(request, fields, faults);
  request.occurred_at = fields.optional_instant("occurred_at");
  request.override = read_override(fields, faults);
  fields.finish();
  return read_or_error(std::move(request), std::move(faults));
}

Result<CheckReply> read_check_reply(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults, "", Unknown::passed_over);
  CheckReply reply;
  reply.answer = fields.word<Answer>("answer", answer_from);
  reply.may_override = fields.boolean("may_override");
  reply.children_max = static_cast<int>(fields.integer("children_max", {0, INT32_MAX}));
  reply.tickets_allowed = read_reply_tickets(fields, "tickets_allowed", faults);
  reply.quota_left = optional_count(fields, "quota_left");
  reply.used_at = fields.optional_instant("used_at");
  if (auto const* const texts = fields.required_member("texts")) {
    JsonFields of_texts(*texts, faults, "/texts", Unknown::passed_over);
    reply.staff = of_texts.text("staff", reply_text_rule);
    reply.aloud = of_texts.text("aloud", reply_text_rule);
  }
  return read_or_error(std::move(reply), std::move(faults));
}

Result<RedemptionReply> read_redemption_reply(Json const& json) {
  Faults faults;
  JsonFields fields(json, faults, "", Unknown::passed_over);
  RedemptionReply reply;
  reply.redemption = {fields.integer("redemption_id", id_rule)};
  reply.answer = fields.word<Answer>("answer", answer_from);
  reply.tickets = read_reply_tickets(fields, "tickets", faults);
  reply.quota_left = optional_count(fields, "quota_left");
  read_receipt(reply, fields, faults);
  return read_or_error(std::move(reply), std::move(faults));
}

}  // namespace kaiku::contract
