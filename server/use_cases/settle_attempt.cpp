#include "server/use_cases/settle_attempt.hpp"

#include <algorithm>
#include <cstdlib>

#include "schema/contract/attempt_key.hpp"
#include "schema/contract/undo.hpp"
#include "server/domain/plausibility.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/journals.hpp"
#include "server/use_cases/judge_use.hpp"
#include "server/use_cases/reserve.hpp"

namespace kaiku::use_cases {
namespace {

using Where = Telling::Where;

constexpr std::int64_t one_act_us = 10 * second_us;

Instant told_time(contract::JournalEntry const& entry) {
  return entry.kiosk_time + entry.clock_difference_us;
}

struct FoundUse {
  std::optional<tables::Redemption> use;
  bool number_is_taken = false;  // by the use of another attempt
};

// A use without a hash is of an older kiosk: `is_of_older` says whether it is this attempt's.
FoundUse find_use(ledger::ReadTx& tx, tables::Device const& device, std::int64_t attempt,
                  contract::AttemptHash const& hash, auto const& is_of_older) {
  auto const actor = tables::caller_of(device).actor;
  auto use = tables::find_redemption(tx, actor, contract::attempt_key(device.id, attempt));
  bool const is_this = use && (use->attempt_hash ? *use->attempt_hash == hash : is_of_older(*use));
  if (is_this) return {std::move(use), false};
  auto const own_key = contract::attempt_key(device.id, attempt, hash);
  return {tables::find_redemption(tx, actor, own_key), use.has_value()};
}

// One telling of an attempt with what the ledger has of it.
class Settlement {
 public:
  Settlement(ledger::WriteTx& tx, tables::Device const& device, Telling const& telling)
      : tx_(tx),
        device_(device),
        caller_(tables::caller_of(device)),
        telling_(telling),
        sequence_(telling.attempt.sequence),
        hash_(contract::attempt_hash(telling.hash)) {
    find();
  }

  // `undos`: those that mean this telling.
  void run(std::vector<ToldUndo> const& undos) {
    if (telling_.outcome) confirm();
    for (auto const& undone : undos) {
      if (!use_ || use_->undone_seq || !may_void(undone.of_revoked)) continue;
      if (!in_time(undone.entry)) continue;
      auto const& reason = std::get<contract::Undo>(undone.entry.what).reason;
      undo(domain::is_undo_reason(reason) ? reason : "mistake");
    }
  }
  // Nothing more of it can come to need the card.
  bool is_settled() const {
    return telling_.outcome && (use_ || !gives(*telling_.outcome) || tickets().total() == 0);
  }

 private:
  contract::Tickets const& tickets() const {
    return std::get<contract::Attempt>(telling_.attempt.what).tickets;
  }

  void find() {
    if (telling_.is_again) {
      use_ = tables::find_redemption(tx_, caller_.actor,
                                     contract::attempt_key(device_.id, sequence_, hash_));
      return;
    }
    auto found = find_use(tx_, device_, sequence_, hash_,
                          [this](tables::Redemption const& use) { return is_of_this(use); });
    use_ = std::move(found.use);
    number_is_taken_ = found.number_is_taken;
  }

  // Of an older kiosk: by the id that the door was told, else by the card; of a journal that tells
  // neither as far as one can know, of what lies beside it not.
  bool is_of_this(tables::Redemption const& use) const {
    if (telling_.outcome && outcome().redemption) return outcome().redemption == use.id;
    auto const card = this->card();
    if (!card) return telling_.where == Where::journal;
    // Online nobody gets a ticket on a card that is not ours: such a one is another's.
    bool const same_card = card->card ? use.card == card->card->id : use.verdict || !use.card;
    if (!same_card || telling_.where == Where::journal) return same_card;
    auto const apart_us =
        telling_.outcome ? std::llabs(told_time(*telling_.outcome) - use.occurred_at) : one_act_us;
    return apart_us < one_act_us;
  }

  contract::Outcome const& outcome() const {
    return std::get<contract::Outcome>(telling_.outcome->what);
  }

  void confirm() {
    bool const given = gives(*telling_.outcome);
    if (given && !use_) {
      store();
    } else if (!given && use_ && !use_->undone_seq && may_void()) {
      undo("not_confirmed");
    }
  }

  bool may_void(bool by_revoked = false) const {
    bool const of_revoked = by_revoked || telling_.where == Where::of_revoked ||
                            telling_.outcome_where == Where::of_revoked;
    return !of_revoked || (use_->verdict == "quarantined" && !use_->accepted_seq);
  }

  void undo(std::string reason) {
    ledger::append(tx_, caller_.actor, ledger::UseUndone{use_->id, std::move(reason)});
    find();
  }

  // Between two times of the kiosk, as its clock said or as it was corrected: a clock that jumped
  // in between is no fault of the door, which has shown the undo as done.
  bool in_time(contract::JournalEntry const& undone) const {
    auto const& given = telling_.outcome ? *telling_.outcome : telling_.attempt;
    return contract::may_be_undone(given.kiosk_time, undone.kiosk_time) ||
           contract::may_be_undone(told_time(given), told_time(undone));
  }

  // Neither before the device was enrolled nor in the future, whatever its clock said.
  Instant occurred() const {
    return std::min(std::max(told_time(*telling_.outcome), device_.enrolled_at), tx_.now());
  }

  bool is_whole_in_journal() const {
    return telling_.where == Where::journal && telling_.outcome_where == Where::journal;
  }
  bool waits_for_a_ruling() const { return !is_whole_in_journal() || number_is_taken_; }

  contract::RedemptionRequest request() const {
    auto const& attempt = std::get<contract::Attempt>(telling_.attempt.what);
    contract::RedemptionRequest request;
    request.idempotency_key = waits_for_a_ruling()
                                  ? contract::attempt_key(device_.id, sequence_, hash_)
                                  : contract::attempt_key(device_.id, sequence_);
    request.attempt_hash = hash_;
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

  std::optional<ResolvedCard> card() const {
    if (telling_.card.empty()) return std::nullopt;
    auto resolved = resolve_card(tx_, telling_.card);
    if (!resolved) return std::nullopt;
    return *std::move(resolved);
  }

  // Those in the journal itself are of the day's budget.
  bool has_place() const {
    return is_whole_in_journal() ||
           tables::count_waiting_from_quarantine(tx_, caller_.actor) < most_waiting_from_quarantine;
  }

  void store() {
    auto const asked = request();
    if (asked.tickets.total() == 0 || !has_place()) return;
    auto const at = occurred();
    auto const door = door_of(asked, at);
    auto const card = this->card();
    auto const nobody = ResolvedCard{contract::CardCode::from_bits(0), true, std::nullopt};
    auto entry = use_entry(asked, door, card ? *card : nobody, at);
    entry.answer = *outcome().answer;
    if (card) entry.body_mac = body_mac(tx_.keys(), asked, card->code, door.use_kind);
    if (waits_for_a_ruling()) {
      entry.verdict = "quarantined";
    } else {
      entry.verdict = card ? verdict(asked, door, *card, at) : "unknown_card";
    }
    ledger::append(tx_, caller_.actor, entry);
    find();
    if (use_ && !domain::waits(*entry.verdict)) {
      use_up_reservation(tx_, caller_.actor,
                         {use_->id, use_->event, use_->lineage, use_->tickets, use_->occurred_at});
    }
  }

  std::string verdict(contract::RedemptionRequest const& asked, Door const& door,
                      ResolvedCard const& card, Instant at) const {
    auto const facts = facts_of_use(tx_, door, card, at, at);
    auto const decision = judge_use(tx_, asked, door, card, facts, at);
    auto const told = told_time(*telling_.outcome);
    return verdict_of_told(tx_, asked, door, card, decision, at,
                           {told - tx_.now(), told < device_.enrolled_at});
  }

  ledger::WriteTx& tx_;
  tables::Device const& device_;
  domain::Caller caller_;
  Telling const& telling_;
  std::int64_t sequence_;
  contract::AttemptHash hash_;
  std::optional<tables::Redemption> use_;
  bool number_is_taken_ = false;
};

// The undos of this number that mean `telling`. One without a hash is of an older kiosk: where the
// number was told in two ways, it is plain only on its own side.
std::vector<ToldUndo> undos_meant(std::vector<ToldUndo> const& undos, Telling const& telling,
                                  bool is_plain) {
  std::vector<ToldUndo> meant;
  for (auto const& undo : undos) {
    auto const& hash = std::get<contract::Undo>(undo.entry.what).void_hash;
    bool const is_meant = hash ? *hash == contract::attempt_hash(telling.hash) : is_plain;
    if (is_meant) meant.push_back(undo);
  }
  return meant;
}

}  // namespace

void settle_attempt(ledger::WriteTx& tx, tables::Device const& device, std::int64_t attempt,
                    Brought const& brought) {
  auto const tellings = tellings_of(tx, device, attempt, brought.cards);
  if (tellings.empty()) return;
  std::vector<ToldUndo> in_journal;
  for (auto& undo : tables::undos_of(tx, device.id, attempt)) {
    in_journal.push_back({std::move(undo.entry), false});
  }
  std::vector<ToldUndo> beside;
  for (auto const& undo : brought.undos_beside) {
    if (std::get<contract::Undo>(undo.entry.what).void_of == attempt) beside.push_back(undo);
  }
  auto const is_in_journal = [](Telling const& telling) { return telling.where == Where::journal; };
  auto const of_journal = std::ranges::count_if(tellings, is_in_journal);
  auto const of_quarantine = static_cast<std::ptrdiff_t>(tellings.size()) - of_journal;
  for (auto const& telling : tellings) {
    bool const here = is_in_journal(telling);
    auto undos = undos_meant(in_journal, telling, here && of_quarantine == 0);
    auto const more = undos_meant(beside, telling, !here && of_quarantine == 1);
    undos.insert(undos.end(), more.begin(), more.end());
    Settlement settlement(tx, device, telling);
    settlement.run(undos);
    if (!here || &telling != &tellings.front()) continue;
    if (settlement.is_settled()) {
      tables::forget_card(tx, device.id, attempt);
    } else if (!telling.card.empty()) {
      tables::keep_card(tx, device.id, attempt, telling.card);
    }
  }
}

std::optional<tables::Redemption> use_of_attempt(ledger::ReadTx& tx, tables::Device const& device,
                                                 std::int64_t attempt, Digest const& hash) {
  return find_use(tx, device, attempt, contract::attempt_hash(hash),
                  [](tables::Redemption const&) { return true; })
      .use;
}

}  // namespace kaiku::use_cases
