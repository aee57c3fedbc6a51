#include "tests/property/figures_ledger.hpp"

#include <algorithm>
#include <array>

#include "server/sql/migrations.hpp"

namespace kaiku::property {
namespace {

constexpr std::array<char const*, 6> codes{"049", "091", "092", "235", "257", "991"};
constexpr char outside[] = "999";  // a home that belongs to no area

// Midnights and hours at which a day, a year or the clock's time changes.
std::vector<Instant> edges() {
  std::vector<Instant> out;
  for (auto const& [year, month, day] :
       {CivilDate{2025, 10, 26}, CivilDate{2026, 1, 1}, CivilDate{2026, 3, 29},
        CivilDate{2026, 3, 30}, CivilDate{2026, 10, 25}, CivilDate{2026, 10, 26},
        CivilDate{2027, 1, 1}}) {
    auto const midnight = start_of(day_from(year, month, day).value());
    for (auto const minutes : {-1, 0, 1, 3 * 60, 4 * 60 - 1}) {
      out.push_back(midnight + minutes * minute_us);
    }
  }
  return out;
}

}  // namespace

FiguresLedger::FiguresLedger(std::uint64_t seed)
    : draw_(seed), random_(seed + 1), now_(start_of(day_from(2025, 9, 1).value())) {
  sql::migrate(connection_);
  connection_.execute("BEGIN");
  now_ = now_ + drawn(0, 100) * day_us + drawn(0, 86'399) * second_us;
  found_network();
}

keys::KeyRing const& FiguresLedger::keys() {
  static auto const keys = test::test_keys();
  return keys;
}

int FiguresLedger::drawn(int from, int to) {
  return from + static_cast<int>(draw_() % static_cast<std::uint64_t>(to - from + 1));
}

std::int64_t FiguresLedger::record(ledger::Entry const& entry) {
  ledger::WriteTx tx(connection_, keys(), end_, now_, random_);
  return ledger::append(tx, {}, entry).sequence;
}

ledger::Ref FiguresLedger::draw_ref() { return random_.bytes<16>(); }

std::vector<ledger::Recorded> FiguresLedger::entries() {
  auto tx = read();
  std::vector<ledger::Recorded> all;
  ledger::for_each_entry(tx, 1, [&](ledger::Recorded const& one) { all.push_back(one); });
  return all;
}

void FiguresLedger::found_network() {
  auto const first = static_cast<std::size_t>(drawn(1, 2));
  for (std::size_t n = 0; n < 2; ++n) {
    std::string const name = n == 0 ? "ALFA" : "BETA";
    auto const from = codes.begin() + static_cast<std::ptrdiff_t>(n * first);
    areas_[name].insert(from, from + static_cast<std::ptrdiff_t>(first));
    set_area(AreaId{name});
    for (int office = 0; office < 2; ++office) {
      auto made = test::an_office("office");
      made.area = AreaId{name};
      made.office = OfficeId{record(made)};
      offices_.push_back(made);
    }
    auto venue = test::a_venue();
    venue.area = AreaId{name};
    venue.municipality = *from;
    venue.venue = VenueId{record(venue)};
    venues_.push_back(venue);
  }
  make_batch();
}

void FiguresLedger::set_area(AreaId const& area) {
  auto entry = test::an_area(area.value);
  entry.municipalities.clear();
  for (auto const& code : areas_[area.value]) entry.municipalities.push_back({code, {}});
  record(entry);
}

void FiguresLedger::make_batch() {
  ledger::BatchMade batch;
  batch.batch = BatchId{1};
  batch.area = AreaId{"ALFA"};
  batch.count = 8;
  batch.made_on = helsinki_day(now_);
  for (int n = 0; n < 8; ++n) stock_.push_back(draw_ref());
  batch.cards = stock_;
  record(batch);
}

void FiguresLedger::pass_time() {
  static auto const all_edges = edges();
  auto const next = std::ranges::upper_bound(all_edges, now_);
  auto const luck = drawn(1, 10);
  if (luck <= 2 && next != all_edges.end() && *next - now_ < 40 * day_us) {
    now_ = *next;
  } else if (luck <= 5) {
    now_ = now_ + drawn(1, 8) * minute_us;
  } else {
    now_ = now_ + drawn(1, 11) * day_us / 2 + drawn(0, 3600) * second_us;
  }
}

void FiguresLedger::act() {
  pass_time();
  auto const luck = drawn(1, 100);
  if (luck <= 5) return change_area();
  if (luck <= 12) return change_venue();
  if (luck <= 32) return register_card();
  if (luck <= 37) return renew();
  if (luck <= 42) return replace();
  if (luck <= 50) return undo_last();
  if (luck <= 54) return correct_holder();
  if (luck <= 85) return use();
  if (luck <= 91) return undo_use();
  rule();
}

// A municipality joins, leaves, or goes to another area, at once or later.
void FiguresLedger::change_area() {
  std::string const code = codes.at(static_cast<std::size_t>(drawn(0, codes.size() - 1)));
  auto const owner =
      std::ranges::find_if(areas_, [&](auto const& area) { return area.second.contains(code); });
  bool const joins = owner == areas_.end() || chance(60);
  if (owner != areas_.end()) {
    owner->second.erase(code);
    set_area(AreaId{owner->first});
  }
  if (!joins) return;
  constexpr std::array names{"ALFA", "BETA", "GAMMA"};
  std::string const name = names.at(static_cast<std::size_t>(drawn(0, 2)));
  areas_[name].insert(code);
  set_area(AreaId{name});
}

void FiguresLedger::change_venue() {
  if (venues_.size() < 5 && chance(30)) {
    auto venue = venues_.front();
    venue.venue = {};
    venue.area = AreaId{areas_.contains("GAMMA") ? "GAMMA" : "BETA"};
    venue.venue = VenueId{record(venue)};
    venues_.push_back(venue);
    return;
  }
  auto& venue =
      venues_.at(static_cast<std::size_t>(drawn(0, static_cast<int>(venues_.size()) - 1)));
  if (chance(60)) venue.sector = static_cast<contract::Sector>(drawn(0, 3));
  if (chance(60)) venue.municipality = codes.at(static_cast<std::size_t>(drawn(0, 5)));
  record(venue);
}

std::size_t FiguresLedger::add_card() {
  cards_.emplace_back();
  cards_.back().ref = draw_ref();
  return cards_.size() - 1;
}

void FiguresLedger::register_card() {
  auto const office = static_cast<std::size_t>(drawn(0, static_cast<int>(offices_.size()) - 1));
  auto const at = add_card();
  auto& card = cards_[at];
  Holder holder;
  holder.lineage = draw_ref();
  holder.office = office;
  ledger::CardRegistered entry;
  bool const is_of_stock = !stock_.empty() && chance(40);
  if (is_of_stock) {
    card.ref = stock_.back();
    stock_.pop_back();
  }
  entry.made_on_the_spot = !is_of_stock;
  entry.card = card.ref;
  entry.lineage = holder.lineage;
  entry.area = offices_[office].area;
  entry.office = offices_[office].office;
  entry.municipality = chance(8) ? outside : codes.at(static_cast<std::size_t>(drawn(0, 5)));
  if (chance(15)) entry.card_kind = contract::CardKind::community;
  entry.registered_on = entry.first_valid = helsinki_day(now_) + (chance(25) ? -drawn(1, 40) : 0);
  entry.last_valid = entry.first_valid + 364;
  holder.registration = card.last_entry = record(entry);
  card.holder = static_cast<int>(holders_.size());
  card.has_lineage = card.is_in_use = true;
  card.last = Last::registration;
  holders_.push_back(holder);
}

FiguresLedger::Card* FiguresLedger::some_card(bool (*is_fit)(Card const&)) {
  std::vector<Card*> fit;
  for (auto& card : cards_) {
    if (is_fit(card)) fit.push_back(&card);
  }
  if (fit.empty()) return nullptr;
  return fit.at(static_cast<std::size_t>(drawn(0, static_cast<int>(fit.size()) - 1)));
}

void FiguresLedger::renew() {
  auto* const card = some_card([](Card const& one) { return one.is_in_use; });
  if (card == nullptr) return;
  auto const today = helsinki_day(now_);
  card->last_entry = record(ledger::CardRenewed{card->ref, today, today + 364});
  card->last = Last::renewal;
  holders_[static_cast<std::size_t>(card->holder)].has_acts = true;
}

void FiguresLedger::replace() {
  auto* const old_card = some_card([](Card const& one) { return one.is_in_use; });
  if (old_card == nullptr) return;
  auto const old = static_cast<std::size_t>(old_card - cards_.data());
  auto const holder = old_card->holder;
  auto const fresh = add_card();
  ledger::CardReplaced entry;
  entry.made_on_the_spot = true;
  entry.old_card = cards_[old].ref;
  entry.new_card = cards_[fresh].ref;
  entry.office = offices_[holders_[static_cast<std::size_t>(holder)].office].office;
  cards_[fresh].last_entry = record(entry);
  cards_[fresh].last = Last::replacement;
  cards_[fresh].replaced = old;
  cards_[fresh].holder = holder;
  cards_[fresh].has_lineage = cards_[fresh].is_in_use = true;
  cards_[old].is_in_use = false;
  cards_[old].last = Last::other;
  holders_[static_cast<std::size_t>(holder)].has_acts = true;
}

// What was done last to a card is taken back, as an office may within minutes.
void FiguresLedger::undo_last() {
  auto* const card =
      some_card([](Card const& one) { return one.is_in_use && one.last != Last::other; });
  if (card == nullptr) return;
  auto& holder = holders_[static_cast<std::size_t>(card->holder)];
  switch (card->last) {
    case Last::registration:
      if (holder.has_acts) return;
      record(ledger::RegistrationUndone{LineageId{holder.registration}});
      card->is_in_use = card->has_lineage = false;
      break;
    case Last::renewal: record(ledger::RenewalUndone{card->last_entry}); break;
    case Last::replacement:
      record(ledger::ReplacementUndone{card->last_entry, std::nullopt});
      card->is_in_use = card->has_lineage = false;
      cards_[card->replaced].is_in_use = true;
      break;
    case Last::other: break;
  }
  card->last = Last::other;
}

void FiguresLedger::correct_holder() {
  if (holders_.empty()) return;
  auto const& holder =
      holders_.at(static_cast<std::size_t>(drawn(0, static_cast<int>(holders_.size()) - 1)));
  ledger::HolderChanged entry;
  entry.lineage = holder.lineage;
  entry.municipality = codes.at(static_cast<std::size_t>(drawn(0, 5)));
  record(entry);
}

Instant FiguresLedger::some_time_ago() {
  static auto const all_edges = edges();
  auto const luck = drawn(1, 4);
  if (luck == 1) return now_ + -day_us + drawn(-1, 1);
  auto const behind = std::ranges::upper_bound(all_edges, now_);
  if (luck <= 3 && behind != all_edges.begin()) {
    auto const back = std::min<std::ptrdiff_t>(drawn(1, 6), behind - all_edges.begin());
    auto const at = *(behind - back);
    if (now_ - at < 60 * day_us) return at + drawn(-1, 1) * second_us;
  }
  return now_ + -(drawn(6, 80'000) * minute_us);
}

void FiguresLedger::use() {
  static constexpr std::array verdicts{"fine",         "late_not_valid", "over_quota", "duplicate",
                                       "unknown_card", "implausible",    "quarantined"};
  ledger::UseRedeemed entry;
  entry.venue =
      venues_.at(static_cast<std::size_t>(drawn(0, static_cast<int>(venues_.size()) - 1))).venue;
  entry.tickets = {drawn(0, 1), chance(40) ? drawn(0, 3) : 0, drawn(0, 1), chance(10) ? 1 : 0,
                   chance(20) ? 1 : 0};
  entry.occurred_at = now_ + -(drawn(0, 300) * second_us);
  entry.idempotency_key = "use:" + std::to_string(end_.last_sequence());
  if (chance(50)) {
    entry.occurred_at = some_time_ago();
    entry.verdict = verdicts.at(static_cast<std::size_t>(drawn(0, verdicts.size() - 1)));
  }
  auto* const card = some_card([](Card const&) { return true; });
  if (card == nullptr || chance(10)) {
    entry.card = draw_ref();  // of another issuer
  } else {
    entry.card = card->ref;
    auto& holder = holders_[static_cast<std::size_t>(card->holder)];
    if (card->has_lineage) entry.lineage = holder.lineage;
    if (card->has_lineage) holder.has_acts = true;
    if (card->last != Last::registration) card->last = Last::other;
  }
  if (entry.lineage == ledger::Ref{}) entry.verdict = "unknown_card";
  uses_.push_back(record(entry));
}

void FiguresLedger::undo_use() {
  if (uses_.empty()) return;
  auto const at = static_cast<std::size_t>(drawn(0, static_cast<int>(uses_.size()) - 1));
  record(ledger::UseUndone{RedemptionId{uses_.at(at)}, "mistake"});
}

// Also of what does not wait, and a second time, which changes nothing.
void FiguresLedger::rule() {
  if (uses_.empty()) return;
  for (int n = 0; n < 2; ++n) {
    auto const at = static_cast<std::size_t>(drawn(0, static_cast<int>(uses_.size()) - 1));
    record(ledger::UseRuled{RedemptionId{uses_.at(at)}, chance(65), "known"});
  }
}

}  // namespace kaiku::property
