#include "schema/contract/venue_snapshot.hpp"

#include <algorithm>

#include "schema/codec/cbor_fields.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t format_version = 1;
constexpr std::size_t part_items = 20;
constexpr std::size_t longest_name = 400;
constexpr std::size_t most_events = 2'000;
constexpr std::size_t most_uses = 4'000;
constexpr std::size_t most_reasons = 50;
constexpr std::size_t key_list_limit = 24 * 1024;
constexpr int most_places = 1'000'000'000;
constexpr std::string_view bound_to = "kaiku venue snapshot";

template <class T, class Write>
void write_maybe(cbor::Writer& out, std::optional<T> const& value, Write write) {
  if (value) {
    write(*value);
  } else {
    out.null();
  }
}

void write_maybe_int(cbor::Writer& out, std::optional<int> value) {
  write_maybe(out, value, [&](int number) { out.integer(number); });
}

void write_limit(cbor::Writer& out, std::optional<UseLimit> const& limit) {
  write_maybe(out, limit, [&](UseLimit const& l) {
    out.array(2).integer(l.count).integer(static_cast<std::int64_t>(l.period));
  });
}

void write_policy(cbor::Writer& out, DoorPolicy const& policy) {
  // Came later: left out while it is so, so that older doors read what holds for them.
  out.array(policy.stale_may_be_overruled ? 8 : 9)
      .integer(policy.child_age_limit)
      .boolean(policy.companion_allowed);
  out.boolean(policy.local_only).boolean(policy.unknown_genuine_is_let_in);
  out.boolean(policy.unknown_typed_is_let_in).integer(policy.unknown_genuine_daily_limit);
  out.integer(policy.stale_warn_s).integer(policy.stale_stop_s);
  if (!policy.stale_may_be_overruled) out.boolean(false);
}

void write_event(cbor::Writer& out, SnapshotEvent const& event) {
  out.array(event.message ? 18 : 15).integer(event.id.value).integer(event.version);
  out.text(event.title.fi).text(event.title.sv).text(event.title.en);
  out.integer(event.starts_at.us).integer(event.ends_at.us).text(word_of(event.kind));
  write_maybe_int(out, event.capacity);
  write_maybe_int(out, event.quota);
  out.integer(event.used_elsewhere);
  write_limit(out, event.limit);
  out.boolean(event.children_allowed).boolean(event.sold_out).boolean(event.cancelled);
  if (!event.message) return;
  out.text(event.message->fi).text(event.message->sv).text(event.message->en);
}

void write_use(cbor::Writer& out, UsesElsewhere const& use) {
  // A row hash is a number of 64 bits, which CBOR's integers of ours do not hold.
  ByteArray<8> hash{};
  for (std::size_t i = 0; i < hash.size(); ++i) {
    hash[i] = static_cast<std::uint8_t>(use.card >> (8 * (hash.size() - 1 - i)));
  }
  out.array(6).bytes(hash);
  write_maybe(out, use.event, [&](EventId id) { out.integer(id.value); });
  out.integer(use.adults).integer(use.children).boolean(use.adult_today);
  out.integer(use.last_at.us / second_us);
}

void write_reasons(cbor::Writer& out, std::vector<std::string> const& reasons) {
  out.array(reasons.size());
  for (auto const& reason : reasons) out.text(reason);
}

Bytes encode(VenuePart const& part) {
  cbor::Writer out;
  out.array(part_items).integer(format_version).integer(part.device.value);
  out.integer(part.venue.value).text(part.name).text(word_of(part.sector)).text(part.area.value);
  out.boolean(part.active);
  write_policy(out, part.policy);
  write_limit(out, part.limit);
  out.integer(part.sequence).integer(part.epoch).integer(part.issued_at.us);
  out.integer(part.day.value).array(part.events.size());
  for (auto const& event : part.events) write_event(out, event);
  out.array(part.uses.size());
  for (auto const& use : part.uses) write_use(out, use);
  out.integer(part.tickets_elsewhere_today).integer(part.children_elsewhere_today);
  write_reasons(out, part.override_reasons);
  write_reasons(out, part.undo_reasons);
  out.bytes(part.key_list);
  return std::move(out).finish();
}

UseLimit read_limit(CborFields& in) {
  in.array(2);
  UseLimit limit;
  limit.count = in.small(0, most_places);
  limit.period = static_cast<LimitPeriod>(in.integer(0, limit_period_count - 1));
  return limit;
}

DoorPolicy read_policy(CborFields& in) {
  auto const items = in.list(9);
  if (items < 8) in.fail();
  DoorPolicy policy;
  policy.child_age_limit = in.small(0, 100);
  policy.companion_allowed = in.boolean();
  policy.local_only = in.boolean();
  policy.unknown_genuine_is_let_in = in.boolean();
  policy.unknown_typed_is_let_in = in.boolean();
  policy.unknown_genuine_daily_limit = in.small(0, 1'000'000);
  policy.stale_warn_s = in.count();
  policy.stale_stop_s = in.count();
  if (items == 9) policy.stale_may_be_overruled = in.boolean();
  return policy;
}

SnapshotEvent read_event(CborFields& in) {
  auto const items = in.list(18);
  if (items != 15 && items != 18) in.fail();
  SnapshotEvent event;
  event.id = EventId{in.id()};
  event.version = in.count();
  event.title.fi = in.text(longest_name);
  event.title.sv = in.text(longest_name);
  event.title.en = in.text(longest_name);
  event.starts_at = in.instant();
  event.ends_at = in.instant();
  event.kind = in.word<UseKind>(use_kind_from);
  event.capacity = in.maybe([&] { return in.small(0, most_places); });
  event.quota = in.maybe([&] { return in.small(0, most_places); });
  event.used_elsewhere = in.small(0, most_places);
  event.limit = in.maybe([&] { return read_limit(in); });
  event.children_allowed = in.boolean();
  event.sold_out = in.boolean();
  event.cancelled = in.boolean();
  if (items == 18) {
    event.message = Title{};
    for (auto* text : {&event.message->fi, &event.message->sv, &event.message->en})
      *text = in.text(longest_name);
  }
  return event;
}

UsesElsewhere read_use(CborFields& in) {
  in.array(6);
  UsesElsewhere use;
  for (auto const byte : in.fixed<8>()) use.card = (use.card << 8) | byte;
  use.event = in.maybe([&] { return EventId{in.id()}; });
  use.adults = in.small(0, most_places);
  use.children = in.small(0, most_places);
  use.adult_today = in.boolean();
  use.last_at = Instant{in.integer(0, latest_time_us / second_us) * second_us};
  return use;
}

std::vector<std::string> read_reasons(CborFields& in) {
  std::vector<std::string> reasons(in.list(most_reasons));
  for (auto& reason : reasons) reason = in.text(64);
  return reasons;
}

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

Result<VenuePart> decode(ByteView payload) {
  CborFields in(payload, venue_file_limit);
  in.array(part_items);
  if (in.integer(0, INT64_MAX) != format_version || !in.good()) {
    return unreadable("venue snapshot of another version");
  }
  VenuePart part;
  part.device = DeviceId{in.id()};
  part.venue = VenueId{in.id()};
  part.name = in.text(longest_name);
  part.sector = in.word<Sector>(sector_from);
  auto const area = AreaId::parse(in.text(8));
  in.check(area.has_value());
  part.area = area.value_or(AreaId{});
  part.active = in.boolean();
  part.policy = read_policy(in);
  part.limit = in.maybe([&] { return read_limit(in); });
  part.sequence = in.count();
  part.epoch = in.id();
  part.issued_at = in.instant();
  part.day = in.day();
  part.events.resize(in.list(most_events));
  for (auto& event : part.events) event = read_event(in);
  part.uses.resize(in.list(most_uses));
  for (auto& use : part.uses) use = read_use(in);
  part.tickets_elsewhere_today = in.small(0, most_places);
  part.children_elsewhere_today = in.small(0, most_places);
  part.override_reasons = read_reasons(in);
  part.undo_reasons = read_reasons(in);
  part.key_list = in.bytes(0, key_list_limit);
  if (!in.finished()) return unreadable("venue snapshot of a wrong form");
  return part;
}

}  // namespace

std::string const& Title::in(Language language) const {
  std::string const& wanted = language == Language::fi ? fi : language == Language::sv ? sv : en;
  if (!wanted.empty()) return wanted;
  return !fi.empty() ? fi : !sv.empty() ? sv : en;
}

Bytes sign_venue_part(VenuePart const& part, crypto::Ed25519PrivateKey const& snapshot_key) {
  return cose::sign1_ed25519(snapshot_key, encode(part), bytes_of(bound_to));
}

Result<OpenedVenuePart> open_venue_part(ByteView signed_part, crypto::Ed25519PublicKey const& root,
                                        std::int64_t least_key_list) {
  auto const message = cose::parse_sign1(signed_part, venue_file_limit);
  if (!message) return message.error();
  // The keys that prove the part lie inside it, under the root's own signature.
  auto part = decode(message->payload);
  if (!part) return part.error();
  auto keys = open_key_list(part->key_list, root);
  if (!keys) return keys.error();
  if (keys->version < least_key_list) return unreadable("the key list is older than one seen");
  for (auto const& key : keys->keys_for(KeyUse::snapshot, part->issued_at)) {
    if (std::ranges::equal(message->key_id, key.key_id()) &&
        cose::verify(*message, key, bytes_of(bound_to))) {
      return OpenedVenuePart{std::move(*part), std::move(*keys)};
    }
  }
  return unreadable("the venue snapshot is not signed by a snapshot key of its key list");
}

}  // namespace kaiku::contract
