#include "server/api/door_snapshot.hpp"

#include "schema/contract/attempt_key.hpp"
#include "schema/contract/door_headers.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/faults.hpp"
#include "server/access/identity/device_activity.hpp"
#include "server/api/entity_tags.hpp"
#include "server/api/replies.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/journals.hpp"
#include "server/tables/ledger_places.hpp"
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
// more than this ledger, or something else at that place (the server was restored from a backup),
// is told so, and asks for everything.
Result<std::optional<use_cases::HeldCards>> read_held(access::Call const& call,
                                                      ledger::ReadTx& tx) {
  auto const values = query_values(call, {"epoch", "since", "leaf"});
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
  if (held.epoch == tables::row_epoch(tx) && held.sequence > ledger::last_sequence(tx)) {
    faults.add("/since", FaultCode::out_of_range, "is beyond the ledger: leave both out");
  }
  auto const& leaf = (*values)[2];
  auto const here = leaf ? tables::leaf_at(tx, held.sequence) : std::nullopt;
  if (here && *leaf != to_hex(*here)) {
    faults.add("/since", FaultCode::out_of_range, "is of another history: leave both out");
  }
  if (!faults.empty()) return faults.error();
  return std::optional(held);
}

// The name alone: ports are often mapped on the way.
std::string_view host_in(std::string_view url) {
  auto host = url.substr(std::min(url.find("//") + 2, url.size()));
  auto const end = host.find_last_of(":]");
  bool const has_port = end != std::string_view::npos && host[end] == ':';
  return has_port ? host.substr(0, end) : host;
}

// "51-80,95-97", ascending; at most so many.
Result<std::vector<tables::AttemptRange>> read_missing(std::string_view text) {
  constexpr std::size_t most_ranges = 20;
  auto const fault = [] {
    return field_error("/missing", FaultCode::out_of_range,
                       "has to be at most 20 ranges like 51-80,95-97");
  };
  std::vector<tables::AttemptRange> ranges;
  while (!text.empty()) {
    auto const comma = std::min(text.find(','), text.size());
    auto const range = text.substr(0, comma);
    auto const dash = range.find('-');
    if (dash == std::string_view::npos) return fault();
    auto const from = number_from(range.substr(0, dash));
    auto const to = number_from(range.substr(dash + 1));
    bool const is_after = ranges.empty() || (from && *from > ranges.back().to);
    bool const is_range = from && to && *from >= 1 && *from <= *to && is_after;
    bool const ends_well = comma + 1 != text.size();
    if (!is_range || !ends_well || ranges.size() == most_ranges) return fault();
    ranges.push_back({*from, *to});
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return ranges;
}

struct NamedEntry {
  std::int64_t number = 0;
  contract::AttemptHash hash{};
};

// "95-<32 hexadecimal>": an entry that the door was told the server has.
Result<std::optional<NamedEntry>> read_told(std::optional<std::string> const& text) {
  if (!text) return std::optional<NamedEntry>();
  auto const dash = std::min(text->find('-'), text->size());
  auto const number = number_from(std::string_view(*text).substr(0, dash));
  auto const hash = from_hex(std::string_view(*text).substr(std::min(dash + 1, text->size())));
  NamedEntry told;
  if (!number || *number < 1 || !hash || hash->size() != told.hash.size()) {
    return field_error("/told", FaultCode::not_a_hash,
                       "has to be a number and a hash, like 95-<32 hexadecimal>");
  }
  told.number = *number;
  std::ranges::copy(*hash, told.hash.begin());
  return std::optional(told);
}

// In the journal or beside it.
bool has_entry(ledger::ReadTx& tx, DeviceId device, NamedEntry const& told) {
  auto const is_it = [&](Digest const& hash) { return contract::attempt_hash(hash) == told.hash; };
  auto const taken = tables::hash_of_journal_entry(tx, device, told.number);
  if (taken && is_it(*taken)) return true;
  auto const beside = tables::quarantined_at(tx, device, told.number);
  return std::ranges::any_of(beside, is_it, &tables::QuarantinedEntry::hash);
}

// What a device says of itself in contract::door_said_header. nullopt where it says nothing or not
// this: nothing hangs on it but a line of the device's page.
std::optional<tables::DeviceTold> read_said(std::string_view text, Instant now) {
  std::optional<std::int64_t> clock_s;
  std::optional<std::int64_t> unsent;
  while (!text.empty()) {
    auto const end = std::min(text.find("; "), text.size());
    auto const member = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    auto const equals = std::min(member.find('='), member.size());
    auto const value = member.substr(std::min(equals + 1, member.size()));
    constexpr std::size_t most_digits = 11;  // a clock of some thousand years
    if (value.size() > most_digits) return std::nullopt;
    if (member.substr(0, equals) == "clock") clock_s = number_from(value);
    if (member.substr(0, equals) == "unsent") unsent = number_from(value);
  }
  if (!clock_s || !unsent || *clock_s < 0 || *unsent < 0) return std::nullopt;
  return tables::DeviceTold{now, *unsent, now - Instant{*clock_s * second_us}};
}

}  // namespace

Result<http::Response> get_door_cards(access::Call const& call, ledger::ReadTx& tx) {
  auto const held = read_held(call, tx);
  if (!held) return held.error();
  auto const cards = use_cases::cards_for_door(tx, call.services().full_cards, *held, call.now());
  call.services().devices.has_cards(DeviceId{call.caller().actor.id}, call.now());
  http::Response unchanged;
  unchanged.status = 304;
  if (!cards) return unchanged;
  auto const known = EntityTags::in(call.request(), "if-none-match");
  if (known && known->match_weakly(cards->etag)) {
    return unchanged.with("ETag", cards->etag);
  }
  auto file = cose_file(cards->file);
  file.with("ETag", cards->etag);
  if (auto const leaf = tables::leaf_at(tx, cards->sequence)) {
    file.with(contract::cards_leaf_header, to_hex(*leaf));
  }
  return file;
}

Result<http::Response> get_door_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"missing", "told"});
  if (!values) return values.error();
  auto missing = read_missing((*values)[0].value_or(""));
  if (!missing) return missing.error();
  auto const told = read_told((*values)[1]);
  if (!told) return told.error();
  DeviceId const device{call.caller().actor.id};
  auto const said_header = ascii::lowered(contract::door_said_header);
  if (auto const said = read_said(call.request().header(said_header), call.now())) {
    call.services().devices.told(device, *said);
  }
  auto const head = tables::journal_head(tx, call.caller().actor);
  auto const venue = use_cases::venue_for_door(tx, call.caller(), *std::move(missing), call.now());
  auto file = cose_file(venue.file);
  // Whoever asks by another name of ours is told where doors are to ask.
  auto const& door_address = call.services().site.device_url;
  auto const asked_at = "//" + std::string(call.request().header("host"));
  bool const is_asked_here = ascii::same_letters(host_in(asked_at), host_in(door_address));
  if (call.request().listener == http::Listener::device && !is_asked_here) {
    file.with(contract::door_address_header, door_address);
  }
  auto known = "highest=" + std::to_string(head.highest) +
               "; contiguous=" + std::to_string(head.contiguous_to) +
               "; entry=" + std::to_string(head.entry) + "; hash=" + to_hex(head.hash);
  if (*told) {
    bool const is_here = has_entry(tx, device, **told);
    known += is_here ? "; told=yes" : "; told=no";
  }
  return file.with(contract::journal_known_header, known);
}

}  // namespace kaiku::api
