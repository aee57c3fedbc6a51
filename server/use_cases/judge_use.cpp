#include "server/use_cases/judge_use.hpp"

#include <charconv>

#include "schema/codec/cbor.hpp"
#include "schema/contract/attempt_key.hpp"
#include "schema/crypto/crypto.hpp"
#include "server/domain/plausibility.hpp"

namespace kaiku::use_cases {

UseFacts facts_of_use(ledger::ReadTx& tx, Door const& door, ResolvedCard const& card,
                      Instant occurred, std::optional<Instant> at, WithHolder holder) {
  UseFacts facts{offer_of(door, occurred), std::nullopt};
  if (card.card) facts.card = facts_of(tx, *card.card, at, holder);
  return facts;
}

std::optional<tables::Reservation> reservation_at(ledger::ReadTx& tx, EventId event,
                                                  ResolvedCard const& card, Instant now) {
  if (!card.card || !card.card->lineage) return std::nullopt;
  return tables::open_reservation(tx, event, *card.card->lineage, now);
}

namespace {

// What was promised before is not sold out: places that are held for this very card, and no more.
bool are_reserved(ledger::ReadTx& tx, contract::Tickets const& tickets, Door const& door,
                  ResolvedCard const& card, Instant now) {
  auto const open = door.event ? reservation_at(tx, door.event->id, card, now) : std::nullopt;
  return open && tickets.counted_in_quota() <= open->tickets.counted_in_quota();
}

}  // namespace

contract::Decision judge_use(ledger::ReadTx& tx, contract::RedemptionRequest const& request,
                             Door const& door, ResolvedCard const& card, UseFacts const& facts,
                             Instant occurred, std::optional<Instant> held_at) {
  auto const day = helsinki_day(occurred);
  // No event, no limit, no children: whatever was used before, the decision is the same.
  auto const uses_matter = door.event || facts.offer.limit || request.tickets.child > 0 ||
                           !facts.card || facts.card->kind != contract::CardKind::personal ||
                           facts.card->child_limit > 0;
  auto const valid_from = facts.card ? facts.card->first_valid : Day{0};
  auto const earlier =
      uses_matter ? uses_before(tx, card, door, day, valid_from, held_at) : contract::EarlierUses{};
  auto offer = facts.offer;
  bool const may_be_reserved = offer.sold_out && held_at;
  if (may_be_reserved && are_reserved(tx, request.tickets, door, card, *held_at)) {
    offer.sold_out = false;
  }
  contract::Ask const ask{request.tickets, door.use_kind, day, request.override};
  // The server is the register: a genuine card that it does not know is not ours to let in.
  contract::DataSource source;
  source.unknown_genuine_is_let_in = false;
  return contract::decide(card.recognition(), facts.card ? &*facts.card : nullptr, offer, earlier,
                          ask, source);
}

std::string verdict_of_told(ledger::ReadTx& tx, contract::RedemptionRequest const& request,
                            Door const& door, ResolvedCard const& card,
                            contract::Decision const& decision, Instant occurred,
                            ToldTime const& told) {
  if (!card.card) return "unknown_card";
  auto const day = helsinki_day(occurred);
  auto const acts = card.card->lineage ? tables::acts_of_day(tx, *card.card->lineage, day) : 0;
  domain::ToldUse const use{request.tickets, door.use_kind,        card.card->kind,
                            told.ahead_us,   told.before_the_door, acts};
  return domain::is_implausible(use) ? "implausible" : contract::verdict_of(decision);
}

ledger::UseRedeemed use_entry(contract::RedemptionRequest const& request, Door const& door,
                              ResolvedCard const& card, Instant occurred) {
  ledger::UseRedeemed entry;
  entry.venue = request.venue;
  if (door.event) entry.event = door.event->id;
  entry.use_kind = door.use_kind;
  entry.occurred_at = occurred;
  entry.tickets = request.tickets;
  if (card.card) entry.card = card.card->ref;
  if (card.card && card.card->lineage) entry.lineage = card.card->lineage_ref;
  if (request.override) entry.override_reason = request.override->reason;
  entry.idempotency_key = request.idempotency_key;
  entry.attempt_hash = request.attempt_hash;
  return entry;
}

Digest body_mac(keys::KeyRing const& keys, contract::RedemptionRequest const& request,
                contract::CardCode const& code, contract::UseKind kind) {
  cbor::Writer writer;
  writer.array(request.attempt_hash ? 9 : 8)
      .integer(static_cast<std::int64_t>(code.bits()))
      .integer(request.venue.value);
  writer.integer(request.event ? request.event->value : 0).integer(static_cast<std::int64_t>(kind));
  auto const& t = request.tickets;
  writer.array(5).integer(t.adult).integer(t.child).integer(t.assistant);
  writer.integer(t.interpreter).integer(t.companion);
  writer.integer(request.occurred_at ? request.occurred_at->us : 0);
  writer.text(request.override ? contract::word_of(request.override->answer) : "");
  writer.text(request.override ? request.override->reason : "");
  if (request.attempt_hash) writer.bytes(*request.attempt_hash);
  return crypto::hmac_sha256(keys.body_mac, std::move(writer).finish());
}

std::optional<std::int64_t> attempt_of_key(domain::Actor const& actor, std::string_view key) {
  if (actor.kind != domain::ActorKind::device) return std::nullopt;
  auto const colon = key.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::int64_t attempt = 0;
  std::from_chars(key.data() + colon + 1, key.data() + key.size(), attempt);
  // Written back, so that no other spelling of the number passes.
  if (attempt < 1 || contract::attempt_key(DeviceId{actor.id}, attempt) != key) return std::nullopt;
  return attempt;
}

}  // namespace kaiku::use_cases
