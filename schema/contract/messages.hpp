// Messages of checks and redemptions, as JSON on the wire: the server reads what the kiosk writes.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/codec/json_strict.hpp"
#include "schema/contract/admission.hpp"
#include "schema/contract/attempt_key.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/result.hpp"

namespace kaiku::codec {
class JsonFields;
}

namespace kaiku::contract {

using codec::Json;

// POST checks
struct CheckRequest {
  std::string card;  // typed code or QR text, as given
  VenueId venue;
  std::optional<EventId> event;
  std::optional<UseKind> kind;  // default: the event's, else admission
  Tickets tickets{.adult = 1};
};
// POST redemptions
struct RedemptionRequest {
  std::string idempotency_key;
  std::string card;
  VenueId venue;
  std::optional<EventId> event;
  std::optional<UseKind> kind;
  Tickets tickets{.adult = 1};
  std::optional<Instant> occurred_at;
  std::optional<Override> override;
  std::optional<AttemptHash> attempt_hash{};  // of a device's own attempt
};
// 200 of a check; also what a 409 of a redemption carries beside the problem's own members.
struct CheckReply {
  Answer answer = Answer::ok;
  bool may_override = false;
  int children_max = 0;
  Tickets tickets_allowed;
  std::optional<int> quota_left;
  std::optional<Instant> used_at;
  std::string staff;
  std::string aloud;
  std::string closing;       // empty for most answers
  std::string door_message;  // what the event has the door show beside a ticket; empty for most
  std::optional<Tickets> reserved{};  // for this card at the event, where it would get a ticket
};
// 201, and 200 when the same key and body come again.
struct RedemptionReply {
  RedemptionId redemption;
  Answer answer = Answer::ok;
  Tickets tickets;
  std::int64_t receipt_sequence = 0;
  Digest receipt_leaf_hash{};
  Bytes receipt_entry;
  std::optional<int> quota_left;
  std::optional<std::string> verdict;  // of a use that was told late: verdict_of or `implausible`
  std::string door_message;            // as of a check
};

// Reading gathers every fault before it answers. Requests: unknown members are refused; key 8–64 of
// [A-Za-z0-9:_-], any text for a card, ticket counts 0 to most_asked_of_a_kind and at least one in
// all, a missing count is 0; null stands for an absent optional member; no text may hold a personal
// identity code.
// Replies: unknown members are passed over, so that an older kiosk understands a newer server and a
// 409's own members lie beside the reply's; ticket counts 0 to most_of_a_community.
Result<CheckRequest> read_check_request(Json const& json);
Result<RedemptionRequest> read_redemption_request(Json const& json);
Result<CheckReply> read_check_reply(Json const& json);
Result<RedemptionReply> read_redemption_reply(Json const& json);
// The member "card" of any request, as it came: whatever is text is judged by parse_card_input, so
// that a till hears `unreadable` of what a scanner read, never of a size or a control character. A
// personal identity code stays a fault of the field.
std::string read_card(codec::JsonFields& fields, std::string_view name = "card");
std::optional<std::string> read_optional_card(codec::JsonFields& fields);
// The members of `tickets` and `override`, which the kiosk's lines have as well.
Tickets read_tickets(codec::JsonFields& fields);
Override read_override(codec::JsonFields& fields);
Json to_json(CheckRequest const& request);
Json to_json(RedemptionRequest const& request);
Json to_json(CheckReply const& reply);
Json to_json(RedemptionReply const& reply);
Json to_json(Tickets const& tickets);
// The same documents as to_json(…).dump(), built without a tree: these two answer every scan.
std::string to_text(CheckReply const& reply);
std::string to_text(RedemptionReply const& reply);

CheckReply reply_for(Decision const& decision, Language language);

}  // namespace kaiku::contract
