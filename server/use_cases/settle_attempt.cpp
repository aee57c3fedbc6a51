#include "server/use_cases/settle_attempt.hpp"

#include <algorithm>
#include <cstdlib>

#include "schema/contract/attempt_key.hpp"
#include "schema/contract/undo.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/journals.hpp"
#include "server/use_cases/judge_use.hpp"

namespace kaiku::use_cases {
namespace {

// Between a request whose answer was lost and the door's own decision.
constexpr std::int64_t one_act_us = 10 * second_us;

bool gives(contract::Outcome const& outcome) {
  return outcome.answer && contract::gives(*outcome.answer);
}

Instant told_time(contract::JournalEntry const& entry) {
  return entry.kiosk_time + entry.clock_difference_us;
}

// One attempt with what the ledger has of it.
class Settlement {
 public:
  Settlement(ledger::WriteTx& tx, tables::Device const& device, std::int64_t sequence)
      : tx_(tx),
        device_(device),
        caller_(tables::caller_of(device)),
        sequence_(sequence),
        key_(contract::attempt_key(device.id, sequence)),
        attempt_(tables::find_journal_entry(tx, device.id, sequence)),
        outcome_(tables::outcome_of(tx, device.id, sequence)) {
    // An outcome may name what is no attempt; it is kept and says nothing.
    if (attempt_ && !std::holds_alternative<contract::Attempt>(attempt_->entry.what)) {
      attempt_.reset();
      outcome_.reset();
    }
    find_use();
  }

  // Of an attempt beside the journal, under a key of its own.
  Settlement(ledger::WriteTx& tx, tables::Device const& device, QuarantinedUse const& told)
      : tx_(tx),
        device_(device),
        caller_(tables::caller_of(device)),
        sequence_(told.attempt.sequence),
        key_(told.key),
        attempt_(tables::TakenEntry{0, {}, told.attempt}),
        outcome_(tables::TakenEntry{0, {}, told.outcome}),
        is_quarantined_(true) {
    find_use();
  }

  bool store_quarantined(std::string_view card) {
    auto const& outcome = std::get<contract::Outcome>(outcome_->entry.what);
    if (use_ || !gives(outcome) || was_made_online(outcome, card)) return false;
    store(card);
    return use_.has_value();
  }

  void run(std::string_view card) {
    if (attempt_ && outcome_) {
      confirm(card);
      tables::forget_card(tx_, device_.id, sequence_);
    }
    if (use_ && !use_->undone_seq) undo_as_told();
  }

 private:
  void find_use() { use_ = tables::find_redemption(tx_, caller_.actor, key_); }

  void confirm(std::string_view card) {
    bool const given = gives(std::get<contract::Outcome>(outcome_->entry.what));
    if (given && !use_) {
      store(card);
    } else if (given && is_on_another_card(card)) {
      auto const key = quarantined_key_of_number(sequence_);
      store_quarantined_use(tx_, device_,
                            {key, attempt_->entry, outcome_->entry, std::string(card)});
    } else if (!given && use_ && !use_->undone_seq) {
      undo("not_confirmed");
    }
  }

  // The server has this very use from the request itself: the door was told its number, or never
  // heard the answer and decided by itself.
  bool was_made_online(contract::Outcome const& outcome, std::string_view given) const {
    auto const key = contract::attempt_key(device_.id, sequence_);
    auto const use = tables::find_redemption(tx_, caller_.actor, key);
    if (!use || use->undone_seq) return false;
    if (outcome.redemption == use->id) return true;
    auto const apart_us = std::llabs(told_time(outcome_->entry) - use->occurred_at);
    auto const card = card_from(given);
    return !use->verdict && apart_us < one_act_us && card && card->card &&
           use->card == card->card->id;
  }

  bool is_on_another_card(std::string_view given) const {
    auto const card = card_from(given);
    if (!card) return false;
    // Online nobody gets a ticket on a card that is not ours: such a one here is another's.
    if (!card->card) return !use_->verdict && use_->card;
    return use_->card && card->card->id != *use_->card;
  }

  void undo(std::string reason) {
    ledger::append(tx_, caller_.actor, ledger::UseUndone{use_->id, std::move(reason)});
    find_use();
  }

  // Where the number was told in two ways, nobody can say which of them was taken back.
  void undo_as_told() {
    if (!tables::quarantined_at(tx_, device_.id, sequence_).empty()) return;
    for (auto const& undone : tables::undos_of(tx_, device_.id, sequence_)) {
      if (!in_time(undone.entry)) continue;
      auto const& reason = std::get<contract::Undo>(undone.entry.what).reason;
      return undo(domain::is_undo_reason(reason) ? reason : "mistake");
    }
  }

  // Between two times of the kiosk, as its clock said or as it was corrected: a clock that jumped
  // in between is no fault of the door, which has shown the undo as done. While neither attempt nor
  // outcome is here there is nothing to measure from, and the undo waits.
  bool in_time(contract::JournalEntry const& undone) const {
    auto const* const given = outcome_ ? &outcome_->entry : attempt_ ? &attempt_->entry : nullptr;
    if (!given) return false;
    return contract::may_be_undone(given->kiosk_time, undone.kiosk_time) ||
           contract::may_be_undone(told_time(*given), told_time(undone));
  }

  // Neither before the device was enrolled nor in the future, whatever its clock said.
  Instant occurred() const {
    return std::min(std::max(told_time(outcome_->entry), device_.enrolled_at), tx_.now());
  }

  contract::RedemptionRequest request() const {
    auto const& attempt = std::get<contract::Attempt>(attempt_->entry.what);
    contract::RedemptionRequest request;
    request.idempotency_key = key_;
    request.venue = device_.venue;
    request.event = attempt.event;
    // A door that says nothing means what the event gives.
    if (attempt.kind != contract::UseKind::admission) request.kind = attempt.kind;
    request.tickets = attempt.tickets;
    request.override = attempt.override;
    return request;
  }

  // At the event that the door named, else at the venue alone.
  Door door_of(contract::RedemptionRequest const& request, Instant at) const {
    auto door = open_door(tx_, request.venue, request.event, request.kind, caller_, at);
    if (door) return *std::move(door);
    return open_door(tx_, request.venue, std::nullopt, request.kind, caller_, at).value();
  }

  std::optional<ResolvedCard> card_from(std::string_view given) const {
    bool const may_be_kept = given.empty() && !is_quarantined_;
    auto const kept = may_be_kept ? tables::kept_card(tx_, device_.id, sequence_) : std::nullopt;
    auto const text = kept ? std::string_view(*kept) : given;
    if (text.empty()) return std::nullopt;
    auto resolved = resolve_card(tx_, text);
    if (!resolved) return std::nullopt;
    return *std::move(resolved);
  }

  void store(std::string_view given) {
    auto const asked = request();
    if (asked.tickets.total() == 0) return;
    auto const at = occurred();
    auto const door = door_of(asked, at);
    auto const card = card_from(given);
    auto const nobody = ResolvedCard{contract::CardCode::from_bits(0), true, std::nullopt};
    auto entry = use_entry(asked, door, card ? *card : nobody, at);
    entry.answer = *std::get<contract::Outcome>(outcome_->entry.what).answer;
    if (card) entry.body_mac = body_mac(tx_.keys(), asked, card->code, door.use_kind);
    if (is_quarantined_) {
      entry.verdict = "quarantined";
    } else {
      entry.verdict = card ? verdict(asked, door, *card, at) : "unknown_card";
    }
    ledger::append(tx_, caller_.actor, entry);
    find_use();
  }

  std::string verdict(contract::RedemptionRequest const& asked, Door const& door,
                      ResolvedCard const& card, Instant at) const {
    auto const facts = facts_of_use(tx_, door, card, at, at);
    auto const decision = judge_use(tx_, asked, door, card, facts, at);
    auto const told = told_time(outcome_->entry);
    return verdict_of_told(tx_, asked, door, card, decision, at,
                           {told - tx_.now(), told < device_.enrolled_at});
  }

  ledger::WriteTx& tx_;
  tables::Device const& device_;
  domain::Caller caller_;
  std::int64_t sequence_;
  std::string key_;
  std::optional<tables::TakenEntry> attempt_;
  std::optional<tables::TakenEntry> outcome_;
  std::optional<tables::Redemption> use_;
  bool is_quarantined_ = false;
};

}  // namespace

void settle_attempt(ledger::WriteTx& tx, tables::Device const& device, std::int64_t attempt,
                    std::string_view card) {
  Settlement(tx, device, attempt).run(card);
}

std::string quarantined_key_of_number(std::int64_t attempt) {
  return "quarantined:n" + std::to_string(attempt);
}
std::string quarantined_key(std::int64_t seq) { return "quarantined:" + std::to_string(seq); }

bool store_quarantined_use(ledger::WriteTx& tx, tables::Device const& device,
                           QuarantinedUse const& told) {
  return Settlement(tx, device, told).store_quarantined(told.card);
}

}  // namespace kaiku::use_cases
