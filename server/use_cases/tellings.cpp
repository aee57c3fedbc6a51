#include "server/use_cases/tellings.hpp"

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/contract/attempt_key.hpp"
#include "server/tables/journals.hpp"

namespace kaiku::use_cases {
namespace {

struct Kept {
  contract::JournalEntry entry;
  Digest hash{};
  ledger::QuarantineReason reason = ledger::QuarantineReason::fork;
  Bytes sealed_card;
};

// What lies in quarantine under this number and can be read.
std::vector<Kept> kept_at(ledger::ReadTx& tx, DeviceId device, std::int64_t sequence) {
  std::vector<Kept> all;
  for (auto const& quarantined : tables::quarantined_at(tx, device, sequence)) {
    auto bytes = tables::bytes_in_quarantine(tx, quarantined.seq);
    if (!bytes) continue;
    auto const message = cose::parse_sign1(bytes->signed_entry, cbor::ledger_entry_limit);
    if (!message) continue;
    auto entry = contract::decode_journal_entry(message->payload);
    if (!entry) continue;
    all.push_back(
        {*std::move(entry), quarantined.hash, quarantined.reason, std::move(bytes->sealed_card)});
  }
  return all;
}

bool is_attempt(contract::JournalEntry const& entry) {
  return std::holds_alternative<contract::Attempt>(entry.what);
}

// An outcome stands right behind its attempt and is tied to it by the chain.
bool ends(contract::JournalEntry const& outcome, Telling const& telling) {
  auto const* what = std::get_if<contract::Outcome>(&outcome.what);
  return what != nullptr && what->of == telling.attempt.sequence &&
         outcome.previous == telling.hash;
}

Telling in_journal(ledger::ReadTx& tx, tables::Device const& device, tables::TakenEntry&& taken,
                   BroughtCards const& brought) {
  Telling telling;
  telling.attempt = std::move(taken.entry);
  telling.hash = taken.hash;
  auto const attempt = telling.attempt.sequence;
  if (auto outcome = tables::outcome_of(tx, device.id, attempt, taken.hash)) {
    telling.outcome = std::move(outcome->entry);
  }
  auto kept = tables::kept_card(tx, device.id, attempt);
  auto const now = brought.find(taken.hash);
  if (kept) {
    telling.card = *std::move(kept);
  } else if (now != brought.end()) {
    telling.card = now->second;
  }
  return telling;
}

Telling::Where where_is(Kept const& kept) {
  return kept.reason == ledger::QuarantineReason::device_revoked ? Telling::Where::of_revoked
                                                                 : Telling::Where::beside;
}

Telling beside(Kept&& kept, BroughtCards const& brought, crypto::P256PrivateKey const& sealing) {
  Telling telling;
  telling.where = where_is(kept);
  telling.attempt = std::move(kept.entry);
  telling.hash = kept.hash;
  telling.card = open_card(telling.attempt, kept.sealed_card, sealing);
  auto const now = brought.find(kept.hash);
  if (telling.card.empty() && now != brought.end()) telling.card = now->second;
  return telling;
}

void add_given_again(std::vector<Telling>& all, std::vector<Kept> const& kept_next) {
  for (std::size_t n = 0, first = all.size(); n < first; ++n) {
    if (!all[n].outcome || gives(*all[n].outcome)) continue;
    for (auto const& kept : kept_next) {
      if (!ends(kept.entry, all[n]) || !gives(kept.entry)) continue;
      auto again = all[n];
      again.outcome = kept.entry;
      again.outcome_where = where_is(kept);
      again.is_again = true;
      all.push_back(std::move(again));
      break;
    }
  }
}

}  // namespace

std::vector<Telling> tellings_of(ledger::ReadTx& tx, tables::Device const& device,
                                 std::int64_t attempt, BroughtCards const& brought) {
  std::vector<Telling> all;
  auto taken = tables::find_journal_entry(tx, device.id, attempt);
  if (taken && is_attempt(taken->entry)) {
    all.push_back(in_journal(tx, device, *std::move(taken), brought));
  }
  for (auto& kept : kept_at(tx, device.id, attempt)) {
    if (is_attempt(kept.entry)) {
      all.push_back(beside(std::move(kept), brought, tx.keys().sealing));
    }
  }
  bool const is_plain = all.size() == 1 && all.front().outcome && gives(*all.front().outcome);
  if (all.empty() || is_plain) return all;
  // Of two tellings one may have its outcome on the other's side.
  auto const next = tables::find_journal_entry(tx, device.id, attempt + 1);
  auto const kept_next = kept_at(tx, device.id, attempt + 1);
  for (auto& telling : all) {
    if (!telling.outcome && next && ends(next->entry, telling)) telling.outcome = next->entry;
    for (auto const& kept : kept_next) {
      if (telling.outcome || !ends(kept.entry, telling)) continue;
      telling.outcome = kept.entry;
      telling.outcome_where = where_is(kept);
    }
  }
  add_given_again(all, kept_next);
  return all;
}

bool gives(contract::JournalEntry const& outcome) {
  auto const& answer = std::get<contract::Outcome>(outcome.what).answer;
  return answer && contract::gives(*answer);
}

std::string open_card(contract::JournalEntry const& entry, ByteView sent,
                      crypto::P256PrivateKey const& sealing_key) {
  auto const* attempt = std::get_if<contract::Attempt>(&entry.what);
  if (attempt == nullptr) return {};
  if (attempt->card_commitment && crypto::sha256(sent) != *attempt->card_commitment) return {};
  ByteView const sealed = attempt->card_commitment ? sent : ByteView(attempt->sealed_card);
  if (sealed.empty()) return {};
  auto const bound_to = contract::attempt_key(entry.device, entry.sequence);
  auto const plain = crypto::open_sealed(sealing_key, bytes_of(bound_to), sealed);
  return plain ? std::string(text_of(*plain)) : std::string();
}

}  // namespace kaiku::use_cases
