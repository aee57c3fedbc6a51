#include "server/use_cases/redeem.hpp"

#include <algorithm>

#include "schema/contract/undo.hpp"
#include "server/domain/plausibility.hpp"
#include "server/domain/policy.hpp"
#include "server/domain/scope.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/journals.hpp"
#include "server/use_cases/judge_use.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::use_cases {
namespace {

using contract::Answer;

constexpr std::int64_t late_after_us = 5 * minute_us;
constexpr std::int64_t most_back_us = 60 * day_us;

contract::RedemptionReply reply_of(ledger::Receipt&& receipt, Answer answer,
                                   contract::Tickets const& tickets) {
  contract::RedemptionReply reply;
  reply.redemption = RedemptionId{receipt.sequence};
  reply.answer = answer;
  reply.tickets = tickets;
  reply.receipt_sequence = receipt.sequence;
  reply.receipt_leaf_hash = receipt.leaf_hash;
  reply.receipt_entry = std::move(receipt.entry);
  return reply;
}

// What the event has the door show beside a ticket, in the caller's language; empty for nothing.
std::string message_of(std::optional<tables::Event> const& event, domain::Caller const& caller) {
  bool const has_one = event && event->door_message;
  return has_one ? event->door_message->in(caller.language) : std::string();
}

Result<Redeemed> repeat(ledger::ReadTx& tx, tables::Redemption const& before, Digest const& mac,
                        domain::Caller const& caller) {
  if (!crypto::equal_constant_time(before.body_mac, mac))
    return Error(Problem::idempotency_key_reused);
  auto receipt = ledger::receipt_of(tx, before.id.value).value();
  auto reply = reply_of(std::move(receipt), before.answer, before.tickets);
  reply.verdict = before.verdict;
  if (before.event) reply.door_message = message_of(tables::find_event(tx, *before.event), caller);
  return Redeemed{std::move(reply), true};
}

Result<void> check_times_and_reasons(contract::RedemptionRequest const& request, Instant now) {
  std::vector<FieldFault> faults;
  if (request.occurred_at &&
      (*request.occurred_at - now > minute_us || now - *request.occurred_at > most_back_us)) {
    faults.push_back(
        {"/occurred_at", FaultCode::out_of_range, "has to be in the past, at most 60 days back"});
  }
  if (request.override) {
    if (!contract::is_overridable(request.override->answer)) {
      faults.push_back(
          {"/override/answer", FaultCode::not_an_option, "is an answer that cannot be overruled"});
    }
    if (!domain::is_override_reason(request.override->reason)) {
      faults.push_back(
          {"/override/reason", FaultCode::not_an_option, "is not in the list of reasons"});
    }
  }
  if (faults.empty()) return {};
  return Error(Problem::validation_failed, std::move(faults));
}

struct Judged {
  Door door;
  ResolvedCard card;
  contract::Decision decision;
};

// Neither what the card was used for before nor how many children its holder has can change that a
// ticket is given.
bool is_plain(contract::RedemptionRequest const& request, Door const& door,
              ResolvedCard const& card) {
  return !door.event && !door.venue.limit && request.tickets.child == 0 && card.card &&
         card.card->kind == contract::CardKind::personal;
}

Result<Judged> judge(ledger::ReadTx& tx, contract::RedemptionRequest const& request, Door&& door,
                     ResolvedCard&& card, Instant occurred, std::optional<Instant> at,
                     WithHolder holder) {
  auto const facts = facts_of_use(tx, door, card, occurred, at, holder);
  auto const kind = facts.card ? facts.card->kind : contract::CardKind::personal;
  auto const shape = contract::check_shape(request.tickets, door.use_kind, kind, facts.offer);
  // What a paper form tells has happened: only a form that tells of nobody is refused.
  bool const is_told = at && request.tickets.total() > 0;
  if (!shape && !is_told) return shape.error();
  auto const held_at = at ? std::nullopt : std::optional<Instant>(occurred);
  auto const decision = judge_use(tx, request, door, card, facts, occurred, held_at);
  return Judged{std::move(door), std::move(card), decision};
}

// Of a use of now. What is plain is decided without the holder's facts; what gives no ticket is
// judged with them all the same, for its answer says what would be possible.
Result<Judged> judge_now(ledger::ReadTx& tx, contract::RedemptionRequest const& request,
                         Door&& door, ResolvedCard&& card, Instant occurred) {
  auto const holder = is_plain(request, door, card) ? WithHolder::no : WithHolder::yes;
  auto judged =
      judge(tx, request, std::move(door), std::move(card), occurred, std::nullopt, holder);
  if (!judged || holder == WithHolder::yes || judged->decision.gives()) return judged;
  return judge(tx, request, std::move(judged->door), std::move(judged->card), occurred,
               std::nullopt, WithHolder::yes);
}

// The attempt that an outcome or an undo means, where it says so by hash.
std::optional<contract::AttemptHash> meant_by(contract::JournalEntry const& told,
                                              std::int64_t attempt) {
  if (auto const* undo = std::get_if<contract::Undo>(&told.what)) return undo->void_hash;
  if (told.sequence != attempt + 1) return std::nullopt;
  return contract::attempt_hash(told.previous);
}

// By its hash, for a copy of the folder counts with the same numbers.
bool has_told_of(ledger::ReadTx& tx, DeviceId device, std::int64_t attempt,
                 std::optional<contract::AttemptHash> const& hash) {
  auto const told = tables::told_of(tx, device, attempt);
  if (!hash) return !told.empty();
  auto const is_it = [&](Digest const& entry) { return contract::attempt_hash(entry) == *hash; };
  auto const taken =
      told.empty() ? std::nullopt : tables::hash_of_journal_entry(tx, device, attempt);
  bool const may_be_it = !taken || is_it(*taken);
  bool const is_told = std::ranges::any_of(told, [&](tables::TakenEntry const& entry) {
    auto const meant = meant_by(entry.entry, attempt);
    return meant ? *meant == *hash : may_be_it;
  });
  if (is_told) return true;
  // What lies in quarantine was told as well.
  auto const beside = tables::quarantined_at(tx, device, attempt);
  return std::ranges::any_of(beside, is_it, &tables::QuarantinedEntry::hash);
}

// A request that was held up in the network while the journal went by must not give a second use,
// nor one that the door never confirmed.
Result<void> check_journal(ledger::ReadTx& tx, domain::Actor const& actor,
                           contract::RedemptionRequest const& request) {
  auto const attempt = attempt_of_key(actor, request.idempotency_key);
  if (!attempt || !has_told_of(tx, DeviceId{actor.id}, *attempt, request.attempt_hash)) return {};
  return Error(Problem::conflict, "The journal has told what became of this attempt.");
}

// nullopt: the key is bound already, and nothing was written.
std::optional<ledger::Receipt> record(ledger::WriteTx& tx,
                                      contract::RedemptionRequest const& request,
                                      ResolvedCard const& card, ledger::UseRedeemed const& entry,
                                      domain::Caller const& caller) {
  std::optional<ledger::KnownCard> known;
  if (card.card) known = {card.card->id, card.card->lineage, card.card->kind};
  std::optional<ledger::Receipt> receipt;
  try {
    receipt = ledger::append(tx, caller.actor, entry, known ? &*known : nullptr);
  } catch (sql::StorageError const& fault) {
    bool const bound =
        fault.is_conflict() && tables::find_redemption(tx, caller.actor, request.idempotency_key);
    if (!bound) throw;
    return std::nullopt;
  }
  bool const is_waiting = entry.verdict && domain::waits(*entry.verdict);
  if (known && !is_waiting) {
    use_up_reservation(tx, caller.actor,
                       {RedemptionId{receipt->sequence}, entry.event, known->lineage, entry.tickets,
                        entry.occurred_at});
  }
  return receipt;
}

// Decides and records; nullopt: the key is bound already, and nothing was written.
Result<std::optional<RedeemAnswer>> decide_and_record(ledger::WriteTx& tx,
                                                      contract::RedemptionRequest const& request,
                                                      ResolvedCard card,
                                                      domain::Caller const& caller) {
  auto const untold = check_journal(tx, caller.actor, request);
  if (!untold) return untold.error();
  if (auto const checked = check_times_and_reasons(request, tx.now()); !checked)
    return checked.error();
  auto const occurred = request.occurred_at.value_or(tx.now());
  auto const late = tx.now() - occurred > late_after_us;
  auto const at = late ? std::optional<Instant>(occurred) : std::nullopt;
  auto door = open_door(tx, request.venue, request.event, request.kind, caller, at);
  if (!door) return door.error();
  auto const mac = body_mac(tx.keys(), request, card.code, door->use_kind);
  auto const judged =
      late ? judge(tx, request, std::move(*door), std::move(card), occurred, at, WithHolder::yes)
           : judge_now(tx, request, std::move(*door), std::move(card), occurred);
  if (!judged) return judged.error();
  auto const& decision = judged->decision;
  bool const is_ours = judged->card.card.has_value();
  if (!late && (!is_ours || !decision.gives())) return RedeemAnswer(decision);
  auto entry = use_entry(request, judged->door, judged->card, occurred);
  entry.answer = decision.answer;
  entry.body_mac = mac;
  if (late) {
    entry.verdict = verdict_of_told(tx, request, judged->door, judged->card, decision, occurred);
  }
  auto recorded = record(tx, request, judged->card, entry, caller);
  if (!recorded) return std::optional<RedeemAnswer>();
  auto reply = reply_of(*std::move(recorded), decision.answer, request.tickets);
  reply.verdict = entry.verdict;
  reply.door_message = message_of(judged->door.event, caller);
  return RedeemAnswer(Redeemed{std::move(reply), false});
}

}  // namespace

Result<Checked> check_card(ledger::ReadTx& tx, contract::CheckRequest const& request,
                           contract::CardInput const& given, domain::Caller const& caller,
                           Instant now) {
  auto door = open_door(tx, request.venue, request.event, request.kind, caller, std::nullopt);
  if (!door) return door.error();
  auto card = resolve_card(tx, given);
  if (!card) return card.error();
  contract::RedemptionRequest asked;
  asked.venue = request.venue;
  asked.event = request.event;
  asked.tickets = request.tickets;
  auto const judged =
      judge(tx, asked, std::move(*door), std::move(*card), now, std::nullopt, WithHolder::yes);
  if (!judged) return judged.error();
  auto const miss = judged->card.recognition() == contract::Recognition::typed_unknown;
  Checked checked{judged->decision, miss};
  if (!checked.decision.gives()) return checked;
  checked.door_message = message_of(judged->door.event, caller);
  auto const& event = judged->door.event;
  auto const held = event ? reservation_at(tx, event->id, judged->card, now) : std::nullopt;
  if (held) checked.reserved = held->tickets;
  return checked;
}

Result<RedeemAnswer> redeem(ledger::WriteTx& tx, contract::RedemptionRequest const& request,
                            contract::CardInput const& given, domain::Caller const& caller) {
  auto const card = resolve_card(tx, given);
  if (!card) return card.error();
  // Nearly every key is new, so it is looked up only when nothing was recorded.
  auto fresh = decide_and_record(tx, request, *card, caller);
  bool const recorded = fresh && fresh->has_value() && std::holds_alternative<Redeemed>(**fresh);
  if (recorded) return **std::move(fresh);
  // A key that is bound answers first: also after undo, expiry, a cancelled event or a restart.
  if (auto const before = tables::find_redemption(tx, caller.actor, request.idempotency_key)) {
    auto const kind = request.kind.value_or(before->use_kind);
    auto again = repeat(tx, *before, body_mac(tx.keys(), request, card->code, kind), caller);
    if (!again) return again.error();
    return RedeemAnswer(*std::move(again));
  }
  if (!fresh) return fresh.error();
  return **std::move(fresh);
}

Result<Undone> undo_redemption(ledger::WriteTx& tx, RedemptionId id, std::string const& reason,
                               domain::Caller const& caller) {
  if (!domain::is_undo_reason(reason)) {
    return field_error("/reason", FaultCode::not_an_option, "is not in the list of reasons");
  }
  auto const use = tables::find_redemption(tx, id);
  if (!use) return Error(Problem::not_found);
  auto const venue = tables::find_venue(tx, use->venue).value();
  auto const coordinates = caller.covers(venue.area);
  auto const own = use->actor == caller.actor;
  auto const theirs = domain::require_venue(caller, use->venue, venue.area, domain::Named::in_path);
  if (!theirs) return theirs.error();
  if (!coordinates && !own) {
    return Error(Problem::forbidden, "only the account or device that recorded the use undoes it");
  }
  if (use->undone_seq) return Error(Problem::already_undone);
  auto const recorded = tables::recorded_at_of(tx, id.value).value();
  if (!coordinates && !contract::may_be_undone(recorded, tx.now())) {
    return Error(Problem::undo_too_late);
  }
  auto const receipt = ledger::append(tx, caller.actor, ledger::UseUndone{id, reason});
  return Undone{id, use->tickets, receipt.sequence};
}

}  // namespace kaiku::use_cases
