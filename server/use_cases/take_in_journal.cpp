#include "server/use_cases/take_in_journal.hpp"

#include <algorithm>
#include <map>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/device_days.hpp"
#include "server/tables/journals.hpp"
#include "server/use_cases/settle_attempt.hpp"

namespace kaiku::use_cases {
namespace {

using contract::EntryStanding;

// Leaves room in a ledger entry for what stands around the journal's entries.
constexpr std::size_t most_bytes_an_entry = cbor::ledger_entry_limit - 4 * 1024;

// No gap is as wide: a number beyond it would only leave the true door none to go on with.
constexpr std::int64_t farthest_ahead = 10'000'000;

// What an entry says that cannot be read; nothing of it is trusted but its own name.
void name_unproven(ReadEntry& read) {
  auto const message = cose::parse_sign1(read.signed_entry, cbor::ledger_entry_limit);
  if (!message) return;
  auto const said = contract::decode_journal_entry(message->payload);
  if (!said) return;
  read.sequence = said->sequence;
  read.hash = crypto::sha256(message->payload);
}

// A card that an old kiosk sealed into the entry, and reasons that are none of our lists: these may
// name somebody, and stay erasable.
bool may_name_somebody(contract::JournalEntry const& entry) {
  if (auto const* undo = std::get_if<contract::Undo>(&entry.what)) {
    return !domain::is_undo_reason(undo->reason);
  }
  auto const* attempt = std::get_if<contract::Attempt>(&entry.what);
  if (attempt == nullptr) return false;
  bool const free_words =
      attempt->override && !domain::is_override_reason(attempt->override->reason);
  return free_words || !attempt->sealed_card.empty();
}

// The attempt that an entry is about: its own number, or the one that it names.
std::int64_t attempt_of(contract::JournalEntry const& entry) {
  if (auto const* outcome = std::get_if<contract::Outcome>(&entry.what)) return outcome->of;
  if (auto const* undo = std::get_if<contract::Undo>(&entry.what)) return undo->void_of;
  return entry.sequence;
}

bool is_attempt(ReadEntry const& read) {
  return read.entry && std::holds_alternative<contract::Attempt>(read.entry->what);
}

// One upload of one device in one transaction.
class Intake {
 public:
  Intake(ledger::WriteTx& tx, tables::Device const& device, std::vector<ReadEntry> const& entries,
         domain::JournalBudget const& budget)
      : tx_(tx),
        device_(device),
        actor_(tables::caller_of(device).actor),
        entries_(entries),
        budget_(budget),
        today_(helsinki_day(tx.now())),
        brought_in_(tables::device_day(tx, device.id, today_)) {}

  Result<contract::JournalReply> run() {
    for (auto const& read : entries_) {
      auto const standing = place(read);
      if (!standing) return standing.error();
      reply_.entries.push_back({read.sequence, read.hash, *standing, {}, {}});
    }
    store_fresh();
    keep_count();
    gather();
    for (auto const attempt : touched_) settle_attempt(tx_, device_, attempt, brought_);
    tell_uses();
    auto const journal = tables::journal_of(tx_, device_.id);
    reply_.contiguous_to = journal.contiguous_to;
    reply_.gap_since = journal.gap_since;
    reply_.server_time = tx_.now();
    return std::move(reply_);
  }

 private:
  Result<EntryStanding> place(ReadEntry const& read) {
    if (!read.entry || read.sequence > highest() + farthest_ahead) return EntryStanding::refused;
    auto known = tables::hash_of_journal_entry(tx_, device_.id, read.sequence);
    auto const fresh = fresh_.find(read.sequence);
    if (!known && fresh != fresh_.end()) known = entries_[fresh->second].hash;
    if (known && *known == read.hash) return EntryStanding::repeated;
    if (device_.revoked_at) return quarantine(read, ledger::QuarantineReason::device_revoked);
    if (known) return quarantine(read, ledger::QuarantineReason::fork);
    if (!take_from_budget(read)) return EntryStanding::waiting;
    fresh_.emplace(read.sequence, static_cast<std::size_t>(&read - entries_.data()));
    order_.push_back(&read);
    return EntryStanding::stored;
  }

  std::int64_t highest() {
    if (!highest_) highest_ = tables::journal_head(tx_, actor_).highest;
    return *highest_;
  }

  static std::int64_t bytes_of_entry(ReadEntry const& read) {
    return static_cast<std::int64_t>(read.signed_entry.size() + read.sealed_card.size());
  }

  bool take_from_budget(ReadEntry const& read) {
    auto const bytes = bytes_of_entry(read);
    // What comes after one that waits, waits too: a smaller one in its place would be a gap.
    bool const fits = !reply_.resume_at && brought_in_.entries < budget_.entries &&
                      brought_in_.bytes + bytes <= budget_.bytes;
    if (!fits) {
      reply_.resume_at = start_of(today_ + 1);
      return false;
    }
    ++brought_in_.entries;
    brought_in_.bytes += bytes;
    return true;
  }

  void keep_count() {
    if (order_.empty() && !counts_changed_ && !reply_.resume_at) return;
    tables::put_device_day(tx_, device_.id, today_, brought_in_);
    if (reply_.resume_at) tables::note_held_back(tx_, device_.id);
  }

  Result<EntryStanding> quarantine(ReadEntry const& read, ledger::QuarantineReason reason) {
    auto const before = tables::find_quarantined(tx_, device_.id, read.sequence, read.hash);
    if (before) {
      beside_.push_back(&read);
      bool const is_fresh = std::ranges::any_of(quarantined_, [&](ReadEntry const* other) {
        return other->sequence == read.sequence && other->hash == read.hash;
      });
      // Once nothing of it waits for a ruling, the door need not keep it either.
      return is_fresh || waiting_uses() > 0 ? standing_of(before->reason) : EntryStanding::repeated;
    }
    if (!quarantined_today_) {
      quarantined_today_ = tables::count_quarantined_since(tx_, device_.id, start_of(today_));
    }
    if (*quarantined_today_ >= most_quarantined_a_day) {
      Error error(Problem::too_many_requests, "Too many entries of this device in one day");
      auto const left_us = start_of(today_ + 1) - tx_.now();
      error.retry_after_s = static_cast<int>(left_us / second_us) + 1;
      return error;
    }
    // Its bytes are of the day's budget too; its number has a limit of its own.
    if (brought_in_.bytes + bytes_of_entry(read) > budget_.bytes) {
      reply_.resume_at = start_of(today_ + 1);
      return EntryStanding::waiting;
    }
    brought_in_.bytes += bytes_of_entry(read);
    counts_changed_ = true;
    ++*quarantined_today_;
    auto const receipt = ledger::append(
        tx_, actor_, ledger::JournalQuarantined{device_.id, read.sequence, read.hash, reason});
    tables::put_in_quarantine(tx_, receipt.sequence, read.signed_entry, read.sealed_card);
    quarantined_.push_back(&read);
    return standing_of(reason);
  }

  std::int64_t waiting_uses() {
    if (!waiting_uses_) waiting_uses_ = tables::count_waiting_from_quarantine(tx_, actor_);
    return *waiting_uses_;
  }

  static EntryStanding standing_of(ledger::QuarantineReason reason) {
    return reason == ledger::QuarantineReason::fork ? EntryStanding::fork
                                                    : EntryStanding::quarantined;
  }

  void store_fresh() {
    ledger::JournalTaken taken{device_.id, {}, {}};
    std::size_t bytes = 0;
    auto const write = [&] {
      if (bytes > 0) ledger::append(tx_, actor_, taken);
      taken = {device_.id, {}, {}};
      bytes = 0;
    };
    for (auto const* read : order_) {
      if (bytes + read->signed_entry.size() > most_bytes_an_entry) write();
      bytes += read->signed_entry.size() + 3;  // the head of a byte string of up to 64 KiB
      if (may_name_somebody(*read->entry)) {
        if (!taken.private_entries) taken.private_entries.emplace();
        taken.private_entries->push_back(read->signed_entry);
      } else {
        taken.entries.push_back(read->signed_entry);
      }
      touch(attempt_of(*read->entry));
    }
    write();
  }

  void touch(std::int64_t attempt) {
    if (std::ranges::find(touched_, attempt) == touched_.end()) touched_.push_back(attempt);
  }

  bool is_beside(ReadEntry const& read) const {
    return std::ranges::find(beside_, &read) != beside_.end() ||
           std::ranges::find(quarantined_, &read) != quarantined_.end();
  }

  // What lies beside may find its use a place among the waiting ones only now, and an attempt that
  // came before may bring its card.
  void gather() {
    for (std::size_t at = 0; at < entries_.size(); ++at) {
      auto const& read = entries_[at];
      auto const standing = reply_.entries[at].standing;
      if (standing == EntryStanding::refused || standing == EntryStanding::waiting) continue;
      if (is_attempt(read) && !read.card.empty()) {
        brought_.cards.emplace(read.hash, read.card);
        touch(read.sequence);
      }
      if (!is_beside(read)) continue;
      touch(attempt_of(*read.entry));
      if (std::holds_alternative<contract::Undo>(read.entry->what)) {
        auto const kept = tables::find_quarantined(tx_, device_.id, read.sequence, read.hash);
        bool const of_revoked = kept && kept->reason == ledger::QuarantineReason::device_revoked;
        brought_.undos_beside.push_back({*read.entry, of_revoked});
      }
    }
  }

  void tell_uses() {
    for (std::size_t at = 0; at < entries_.size(); ++at) {
      auto& receipt = reply_.entries[at];
      bool const counts =
          receipt.standing == EntryStanding::stored || receipt.standing == EntryStanding::repeated;
      if (!counts || is_beside(entries_[at]) || !is_attempt(entries_[at])) continue;
      auto const use = use_of_attempt(tx_, device_, receipt.sequence, receipt.hash);
      if (!use) continue;
      receipt.redemption = use->id;
      receipt.verdict = use->verdict;
    }
  }

  ledger::WriteTx& tx_;
  tables::Device const& device_;
  domain::Actor actor_;
  std::vector<ReadEntry> const& entries_;
  domain::JournalBudget const& budget_;
  Day today_;
  tables::DeviceDay brought_in_;  // today, with what this upload adds
  contract::JournalReply reply_;
  std::map<std::int64_t, std::size_t> fresh_;  // by number: which of entries_
  std::vector<ReadEntry const*> order_;        // the fresh ones as they came
  std::vector<std::int64_t> touched_;          // attempts that something new is known of
  Brought brought_;
  std::optional<std::int64_t> highest_;  // before this upload
  std::optional<std::int64_t> quarantined_today_;
  bool counts_changed_ = false;                // by what went to quarantine
  std::vector<ReadEntry const*> quarantined_;  // by this upload
  std::vector<ReadEntry const*> beside_;       // told again, and kept in quarantine before
  std::optional<std::int64_t> waiting_uses_;   // of the quarantine, until ruled on
};

}  // namespace

std::vector<ReadEntry> read_journal(std::vector<contract::UploadedEntry> upload, DeviceId device,
                                    crypto::P256PublicKey const& device_key,
                                    crypto::P256PrivateKey const& sealing_key) {
  std::vector<ReadEntry> entries;
  entries.reserve(upload.size());
  for (auto& uploaded : upload) {
    auto& read = entries.emplace_back();
    read.signed_entry = std::move(uploaded.signed_entry);
    read.sealed_card = std::move(uploaded.sealed_card);
    name_unproven(read);
    auto entry = contract::verify_journal_entry(read.signed_entry, device_key);
    if (!entry || entry->device != device) continue;
    read.card = open_card(*entry, read.sealed_card, sealing_key);
    read.entry = *std::move(entry);
  }
  return entries;
}

Result<contract::JournalReply> take_in_journal(ledger::WriteTx& tx, DeviceId id,
                                               std::vector<ReadEntry> const& entries,
                                               domain::JournalBudget const& budget) {
  auto const device = tables::find_device(tx, id);
  if (!device) return Error(Problem::not_signed_in);
  return Intake(tx, *device, entries, budget).run();
}

}  // namespace kaiku::use_cases
