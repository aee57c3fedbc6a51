#include "server/use_cases/build_snapshot.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "server/ledger/ledger.hpp"
#include "server/tables/redemptions.hpp"
#include "server/tables/snapshot_rows.hpp"
#include "server/tables/stretched_codes.hpp"

namespace kaiku::use_cases {
namespace {

constexpr int row_kept_months = 13;  // after the last valid day
constexpr std::int64_t oldest_delta_us = 30 * day_us;
constexpr int most_changes = 5'000;  // beyond, a full part is hardly larger
constexpr std::int64_t full_kept_us = 10 * minute_us;

// The newest last valid day of a card without a row.
Day dead_until(Instant now) { return add_months(helsinki_day(now), -row_kept_months); }

contract::CardsPart empty_part(ledger::ReadTx& tx, std::int64_t base, Instant now) {
  contract::CardsPart part;
  part.row_key = tables::row_key_of(tx.keys(), tables::row_epoch(tx));
  part.base = base;
  part.sequence = ledger::last_sequence(tx);
  part.issued_at = now;
  part.local_only_areas = tables::local_only_areas(tx);
  part.voids = tables::void_ranges(tx, base);
  return part;
}

void sort_by_hash(std::vector<contract::CardRow>& rows) {
  std::ranges::sort(rows, {}, &contract::CardRow::hash);
  auto const same = [](auto const& one, auto const& other) { return one.hash == other.hash; };
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

bool says_nothing(contract::CardsPart const& delta) {
  return delta.rows.empty() && delta.removed.empty() && delta.newly_dead.empty() &&
         delta.voids.empty();
}

// Codes stretched since the last entry are news without a sequence of their own.
std::string etag_of(ledger::ReadTx& tx, contract::CardsPart const& part) {
  auto const late = tables::stretched_since_last_entry(tx);
  return '"' + std::to_string(part.row_key.epoch) + '-' + std::to_string(part.sequence) +
         (late > 0 ? '-' + std::to_string(late) : std::string()) + '"';
}

std::shared_ptr<SignedCards const> sign(ledger::ReadTx& tx, contract::CardsPart const& part) {
  auto made = std::make_shared<SignedCards>();
  made->file = contract::sign_cards_part(part, tx.keys().snapshot);
  if (made->file.size() > contract::cards_file_limit) {
    throw std::runtime_error("the cards snapshot is larger than doors take");
  }
  made->epoch = part.row_key.epoch;
  made->sequence = part.sequence;
  made->made_at = part.issued_at;
  made->signed_by = tx.keys().snapshot.public_key().key_id();
  made->etag = etag_of(tx, part);
  return made;
}

}  // namespace

contract::CardsPart full_cards_part(ledger::ReadTx& tx, Instant now) {
  auto part = empty_part(tx, 0, now);
  std::vector<contract::RowHash> dead;
  tables::RowFrame const frame{part.local_only_areas, dead_until(now)};
  tables::for_each_snapshot_card(tx, frame, [&](tables::SnapshotCard const& card) {
    auto const hash = contract::row_hash(part.row_key.key, card.stretched);
    if (tables::is_dead(card.row, frame)) {
      dead.push_back(hash);
      return;
    }
    part.rows.push_back(card.row);
    part.rows.back().hash = hash;
  });
  sort_by_hash(part.rows);
  part.dead = contract::DeadSet::for_count(dead.size());
  for (auto const hash : dead) part.dead.add(hash);
  return part;
}

std::optional<contract::CardsPart> cards_delta(ledger::ReadTx& tx, std::int64_t since,
                                               Instant now) {
  // What was held was current until the next entry.
  auto const outdated = tables::recorded_at_of(tx, since + 1);
  if (outdated && now - *outdated > oldest_delta_us) return std::nullopt;
  // Every row of an area may tell its home from now on, or no longer.
  if (tables::last_area_change(tx) > since) return std::nullopt;
  auto const changed = tables::cards_changed_after(tx, since, now, most_changes + 1);
  if (changed.size() > most_changes) return std::nullopt;
  auto part = empty_part(tx, since, now);
  tables::RowFrame const frame{part.local_only_areas, dead_until(now)};
  for (auto const id : changed) {
    auto const card = tables::snapshot_card(tx, frame, id);
    if (!card) continue;
    auto const hash = contract::row_hash(part.row_key.key, card->stretched);
    if (tables::is_dead(card->row, frame)) {
      part.removed.push_back(hash);
      part.newly_dead.push_back(hash);
      continue;
    }
    part.rows.push_back(card->row);
    part.rows.back().hash = hash;
  }
  sort_by_hash(part.rows);
  return part;
}

std::shared_ptr<SignedCards const> FullCards::latest(ledger::ReadTx& tx, std::int64_t least) const {
  auto const epoch = tables::row_epoch(tx);
  auto const key = tx.keys().snapshot.public_key().key_id();
  std::lock_guard const lock(mutex_);
  if (!latest_ || latest_->epoch != epoch || latest_->signed_by != key) return nullptr;
  return latest_->sequence >= least ? latest_ : nullptr;
}

std::shared_ptr<SignedCards const> FullCards::get(ledger::ReadTx& tx, std::int64_t least,
                                                  Instant now) {
  auto known = latest(tx, least);
  if (known && now - known->made_at < full_kept_us && known->made_at <= now) return known;
  auto made = sign(tx, full_cards_part(tx, now));
  std::lock_guard const lock(mutex_);
  latest_ = made;
  return made;
}

std::shared_ptr<SignedCards const> cards_for_door(ledger::ReadTx& tx, FullCards& full,
                                                  std::optional<HeldCards> const& held,
                                                  Instant now) {
  if (!held || held->sequence == 0) return full.get(tx, 0, now);
  if (held->epoch != tables::row_epoch(tx)) return full.get(tx, 0, now);
  auto const delta = cards_delta(tx, held->sequence, now);
  if (!delta) {
    return full.get(tx, std::max(held->sequence, tables::last_area_change(tx)), now);
  }
  if (says_nothing(*delta)) return nullptr;
  return sign(tx, *delta);
}

}  // namespace kaiku::use_cases
