#include "server/use_cases/import_history.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <unordered_set>

#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/network.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::use_cases {
namespace {

// Whoever has the machine loads them; the ledger knows nobody else.
constexpr domain::Actor nobody{};

std::set<int> years_of(domain::History const& history) {
  std::unordered_set<std::int32_t> days;
  for (auto const& card : history.cards) days.insert(card.registered_on.value);
  for (auto const& use : history.uses) days.insert(use.used_on.value);
  std::set<int> years;
  for (auto const day : days) years.insert(civil_of(Day{day}).year);
  return years;
}

}  // namespace

std::optional<domain::HistoryPlaces> places_for_history(ledger::ReadTx& tx, AreaId const& area,
                                                        Day today) {
  if (!tables::find_area(tx, area)) return std::nullopt;
  domain::HistoryPlaces places;
  for (auto& office : tables::list_offices(tx, area, tables::every_row)) {
    places.offices.push_back({office.id, std::move(office.name)});
  }
  places.venues = tables::venues_for_history(tx, area);
  for (auto const& member : tables::municipalities_of(tx, area)) {
    places.own_municipalities.push_back(member.code);
  }
  for (auto const& one : tables::list_areas(tx)) {
    for (auto const& member : tables::municipalities_of(tx, one.id)) {
      places.municipalities.insert(member.code);
    }
  }
  for (auto const& run : tables::list_runs(tx)) {
    if (run.name.is_settlement()) places.settled_years.insert(run.name.year);
  }
  places.today = today;
  return places;
}

HistoryImport::HistoryImport(domain::History const& history, HistoryFiles files)
    : history_(history), files_(std::move(files)), years_(years_of(history)) {
  holders_.reserve(history.cards.size());
}

Result<void> HistoryImport::begin(ledger::WriteTx& tx) {
  auto const earlier =
      tables::find_history_load(tx, files_.area, files_.cards_sha256, files_.uses_sha256);
  if (earlier) {
    take_up(tx, *earlier);
  } else if (auto const begun = begin_anew(tx); !begun) {
    return begun.error();
  }
  if (!is_whole_) make_places(tx);
  return {};
}

Result<void> HistoryImport::begin_anew(ledger::WriteTx& tx) {
  auto const open = tables::areas_with_open_history(tx);
  if (std::ranges::find(open, files_.area) != open.end()) {
    return Error(Problem::conflict,
                 "another load of this area was broken off: give its two files again first");
  }
  if (auto const good = require_open_years(tx); !good) return good.error();
  ledger::HistoryImported entry;
  entry.area = files_.area;
  entry.cards_sha256 = files_.cards_sha256;
  entry.uses_sha256 = files_.uses_sha256;
  entry.cards = static_cast<std::int64_t>(history_.cards.size());
  entry.uses = static_cast<std::int64_t>(history_.uses.size());
  load_ = ledger::append(tx, nobody, entry).sequence;
  return {};
}

Result<void> HistoryImport::require_open_years(ledger::ReadTx& tx) const {
  for (int const year : years_) {
    domain::RunName settlement;
    settlement.year = year;
    if (tables::find_run(tx, settlement)) {
      return Error(Problem::conflict, "the figures of " + std::to_string(year) +
                                          " are published and stay as they are");
    }
  }
  return {};
}

void HistoryImport::take_up(ledger::ReadTx& tx, tables::HistoryLoad const& load) {
  load_ = load.id;
  holders_ = tables::holders_of_history(tx, load_);
  uses_done_ = tables::count_uses_of_history(tx, load_);
  is_whole_ = load.is_whole;
}

void HistoryImport::make_places(ledger::WriteTx& tx) {
  for (auto const& office : history_.offices) {
    offices_.push_back(office.id);
    if (office.id) continue;
    ledger::OfficeSet entry;
    entry.area = files_.area;
    entry.municipality = office.municipality;
    entry.name = office.name;
    offices_.back() = OfficeId{ledger::append(tx, nobody, entry).sequence};
  }
  for (auto const& venue : history_.venues) {
    venues_.push_back(venue.id);
    if (venue.id) continue;
    ledger::VenueSet entry;
    entry.area = files_.area;
    entry.municipality = venue.municipality;
    entry.sector = venue.sectors.front().sector;
    entry.name = venue.name;
    venues_.back() = VenueId{ledger::append(tx, nobody, entry).sequence};
  }
}

void HistoryImport::go_on(ledger::WriteTx& tx, std::size_t rows) {
  auto const last = holders_.empty() ? std::nullopt : std::optional(holders_.back().lineage);
  if (tables::last_holder_of_history(tx, load_) != last) {
    throw std::runtime_error("the same files are being loaded by another command");
  }
  for (; rows > 0 && holders_.size() < history_.cards.size(); --rows) {
    write_holder(tx, history_.cards[holders_.size()]);
  }
  for (; rows > 0 && uses_done_ < history_.uses.size(); --rows) {
    write_use(tx, history_.uses[uses_done_]);
  }
  if (rows_done() < rows_in_all()) return;
  ledger::HistoryImported entry;
  entry.area = files_.area;
  entry.cards_sha256 = files_.cards_sha256;
  entry.uses_sha256 = files_.uses_sha256;
  entry.cards = static_cast<std::int64_t>(history_.cards.size());
  entry.uses = static_cast<std::int64_t>(history_.uses.size());
  entry.begun_by = load_;
  ledger::append(tx, nobody, entry);
  is_whole_ = true;
}

void HistoryImport::write_holder(ledger::WriteTx& tx, domain::HistoryCard const& card) {
  ledger::CardRegistered entry;
  entry.history = load_;
  entry.lineage = tx.random().bytes<16>();
  entry.area = files_.area;
  entry.municipality = card.municipality;
  entry.office = offices_[card.office];
  entry.registered_on = entry.first_valid = entry.last_valid = card.registered_on;
  if (card.birth_year == 0) entry.facts_unknown = true;
  LineageId const lineage{ledger::append(tx, nobody, entry).sequence};
  if (entry.has_facts()) {
    tables::HolderFacts facts;
    facts.birth_year = card.birth_year;
    facts.postcode = card.postcode;
    facts.children = std::max(card.children, 0);
    auto const effective = std::min(tx.now(), start_of(card.registered_on));
    tables::put_holder(tx, lineage, lineage.value, effective, facts);
  }
  holders_.push_back({lineage, entry.lineage});
}

void HistoryImport::write_use(ledger::WriteTx& tx, domain::HistoryUse const& use) {
  auto const& holder = holders_[use.card];
  ledger::UseRedeemed entry;
  entry.venue = venues_[use.venue];
  entry.occurred_at = noon_of(use.used_on);
  entry.tickets.adult = use.adults;
  entry.tickets.child = use.children;
  entry.recorded_on = use.recorded_on;
  entry.lineage = holder.ref;
  entry.idempotency_key = tables::history_key(load_, uses_done_);
  ledger::KnownCard const known{CardId{}, holder.lineage};
  ledger::append(tx, nobody, entry, &known);
  ++uses_done_;
}

// Only the day is known. Noon is on it whatever clocks did that night.
Instant HistoryImport::noon_of(Day day) {
  auto const [at, is_new] = noons_.try_emplace(day.value);
  if (is_new) at->second = start_of(day) + 12 * hour_us;
  return at->second;
}

}  // namespace kaiku::use_cases
