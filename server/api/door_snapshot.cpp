#include "server/api/door_snapshot.hpp"
#include "schema/values/faults.hpp"
#include "server/api/entity_tags.hpp"
#include "server/api/replies.hpp"
#include "server/tables/reports.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/use_cases/build_snapshot.hpp"

namespace kaiku::api {
namespace {

http::Response cose_file(Bytes const& file) {
  http::Response response;
  response.content_type = "application/cose";
  response.body = text_of(file);
  return response;
}

// ?epoch= and ?since= of what the door holds; neither when it has nothing. A door that has seen
// more than this ledger (it was restored from a backup) is told so, and asks for everything.
Result<std::optional<use_cases::HeldCards>> read_held(access::Call const& call,
                                                      ledger::ReadTx& tx) {
  auto const values = query_values(call, {"epoch", "since"});
  if (!values) return values.error();
  Faults faults;
  auto const number = [&](std::size_t at, char const* pointer, std::int64_t least) {
    auto const& text = (*values)[at];
    auto const value = text ? number_from(*text) : std::nullopt;
    if (!text)
      faults.add(pointer, FaultCode::required, "is missing beside the other");
    else if (!value || *value < least) {
      faults.add(pointer, FaultCode::out_of_range, "has to be a whole number, not a smaller one");
    }
    return value.value_or(0);
  };
  if (!(*values)[0] && !(*values)[1]) return std::optional<use_cases::HeldCards>();
  use_cases::HeldCards held;
  held.epoch = number(0, "/epoch", 1);
  held.sequence = number(1, "/since", 0);
  if (held.epoch == tables::row_epoch(tx) && held.sequence > tables::last_sequence(tx)) {
    faults.add("/since", FaultCode::out_of_range, "is beyond the ledger: leave both out");
  }
  if (!faults.empty()) return faults.error();
  return std::optional(held);
}

}  // namespace

Result<http::Response> get_door_cards(access::Call const& call, ledger::ReadTx& tx) {
  auto const held = read_held(call, tx);
  if (!held) return held.error();
  auto const cards = use_cases::cards_for_door(tx, call.services().full_cards, *held, call.now());
  http::Response unchanged;
  unchanged.status = 304;
  if (!cards) return unchanged;
  auto const known = EntityTags::in(call.request(), "if-none-match");
  if (known && known->match_weakly(cards->etag)) {
    return unchanged.with("ETag", cards->etag);
  }
  return cose_file(cards->file).with("ETag", cards->etag);
}

Result<http::Response> get_door_venue(access::Call const& call, ledger::ReadTx& tx) {
  if (auto const values = query_values(call, {}); !values) return values.error();
  return cose_file(use_cases::venue_for_door(tx, call.caller(), call.now()).file);
}

}  // namespace kaiku::api
