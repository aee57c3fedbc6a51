#include "tests/property/figures_fold.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace kaiku::property {
namespace {

using ledger::Recorded;
using Entries = std::vector<Recorded>;

template <class E>
E const* as(Recorded const& one) {
  return std::get_if<E>(&one.entry);
}

int year_of(Day day) { return civil_of(day).year; }
std::size_t month_of(Day day) { return civil_of(day).month - 1; }
Day day_of(Recorded const& one) { return helsinki_day(one.recorded_at); }

struct Registered {
  std::int64_t seq;
  ledger::CardRegistered const* entry;
  bool is_personal() const { return entry->card_kind == contract::CardKind::personal; }
};

class Fold {
 public:
  Fold(Entries const& all, int year, std::int64_t as_of) : all_(all), year_(year) {
    std::ranges::copy_if(all, std::back_inserter(known_),
                         [&](Recorded const& one) { return one.sequence <= as_of; });
    for (auto const& one : known_) {
      if (as<ledger::AreaSet>(one) != nullptr) areas_.push_back(&one);
    }
    std::set<std::int64_t> undone;
    for (auto const& one : all_) {
      if (auto const* undo = as<ledger::RegistrationUndone>(one)) {
        undone.insert(undo->registration.value);
      }
    }
    for (auto const& one : known_) {
      auto const* entry = as<ledger::CardRegistered>(one);
      if (entry != nullptr && !undone.contains(one.sequence)) {
        holders_[entry->lineage] = {one.sequence, entry};
      }
    }
  }

  tables::YearCounts counts() {
    for (auto const& [ref, holder] : holders_) count_registration(holder);
    for (auto const& one : known_) {
      auto const* use = as<ledger::UseRedeemed>(one);
      if (use != nullptr && year_of(helsinki_day(use->occurred_at)) == year_) count_use(one, *use);
    }
    for (auto const& ref : used_) count_user(holders_.at(ref));
    count_renewals();
    tables::YearCounts out;
    keep(venues_, out.venues);
    keep(cards_, out.cards);
    keep(beside_, out.beside);
    keep(flows_, out.flows);
    return out;
  }

  tables::NetworkYear network() {
    std::map<std::string, AreaId> last;
    auto const all_codes = codes();
    for (auto day = day_from(year_, 1, 1).value(); year_of(day) == year_; day = day + 1) {
      for (auto const& code : all_codes) {
        auto const area = member_on(code, day);
        if (!area.value.empty()) last[code] = area;
      }
    }
    std::set<AreaId> began;
    std::set<AreaId> areas;
    for (auto const* one : areas_) {
      auto const& area = as<ledger::AreaSet>(*one)->area;
      if (year_of(day_of(*one)) <= year_) began.insert(area);
      if (began.contains(area) || has_records(area)) areas.insert(area);
    }
    auto const before = day_from(year_, 12, 31).value();
    for (auto const& code : all_codes) {
      auto const [day, area] = first_membership(code);
      if (day > before && areas.contains(area) && !began.contains(area)) last[code] = area;
    }
    return {{areas.begin(), areas.end()}, {last.begin(), last.end()}};
  }

 private:
  template <class Key, class Row>
  static void keep(std::map<Key, Row> const& rows, std::vector<Row>& out) {
    for (auto const& [key, row] : rows) out.push_back(row);
    std::ranges::sort(out);
    std::erase_if(out, [](Row const& row) { return total(row) == 0; });
  }
  static std::int64_t sum(tables::Months const& months) {
    std::int64_t all = 0;
    for (auto const count : months) all += count;
    return all;
  }
  static std::int64_t total(tables::VenueYear const& row) {
    return sum(row.adults) + sum(row.children);
  }
  static std::int64_t total(tables::CardsYear const& row) {
    return sum(row.registered) + row.taken + row.earlier_years;
  }
  static std::int64_t total(tables::BesideYear const& row) {
    return row.assistants + row.interpreters + row.companions + row.community_cards +
           row.community_uses + row.late_tickets + row.all_tickets + row.undone_tickets +
           row.renewed + row.replaced;
  }
  static std::int64_t total(tables::FlowYear const& row) { return row.adults; }

  std::set<std::string> codes() const {
    std::set<std::string> out;
    for (auto const* one : areas_) {
      for (auto const& municipality : as<ledger::AreaSet>(*one)->municipalities) {
        out.insert(municipality.code);
      }
    }
    return out;
  }

  // The area where it belonged first stands for days before that.
  AreaId area_of(std::string const& code, Day day) const {
    auto const [first, area] = first_membership(code);
    return day < first ? area : member_on(code, day);
  }

  std::pair<Day, AreaId> first_membership(std::string const& code) const {
    for (auto const* one : areas_) {
      auto area = member_on(code, day_of(*one));
      if (!area.value.empty()) return {day_of(*one), area};
    }
    return {};
  }

  // As it stood when the day was over.
  AreaId member_on(std::string const& code, Day day) const {
    AreaId found;
    for (auto const* one : areas_) {
      if (day_of(*one) > day) continue;
      auto const& area = *as<ledger::AreaSet>(*one);
      bool const is_in = std::ranges::any_of(
          area.municipalities, [&](auto const& member) { return member.code == code; });
      if (is_in) {
        found = area.area;
      } else if (found == area.area) {
        found = {};
      }
    }
    return found;
  }

  ledger::VenueSet const& venue_on(VenueId venue, Day day) const {
    ledger::VenueSet const* found = nullptr;
    for (auto const& one : known_) {
      auto const* set = as<ledger::VenueSet>(one);
      bool const is_it =
          set != nullptr && (set->venue ? set->venue.value : one.sequence) == venue.value;
      if (is_it && (found == nullptr || day_of(one) <= day)) found = set;
    }
    return *found;
  }

  bool has_records(AreaId const& area) const {
    for (auto const& [ref, holder] : holders_) {
      if (holder.entry->area == area && year_of(holder.entry->registered_on) == year_) return true;
    }
    return std::ranges::any_of(known_, [&](Recorded const& one) {
      auto const* use = as<ledger::UseRedeemed>(one);
      return use != nullptr && year_of(helsinki_day(use->occurred_at)) == year_ &&
             venue_on(use->venue, Day{}).area == area;
    });
  }

  bool is_undone(std::int64_t use) const {
    return std::ranges::any_of(known_, [&](Recorded const& one) {
      auto const* undo = as<ledger::UseUndone>(one);
      return undo != nullptr && undo->redemption.value == use;
    });
  }

  // The first ruling is the one that holds.
  bool is_accepted(std::int64_t use) const {
    for (auto const& one : known_) {
      auto const* ruled = as<ledger::UseRuled>(one);
      if (ruled != nullptr && ruled->redemption.value == use) return ruled->accepted;
    }
    return false;
  }

  bool counts(Recorded const& one, ledger::UseRedeemed const& use) const {
    static std::set<std::string> const waiting{"unknown_card", "implausible", "quarantined"};
    return !use.verdict || !waiting.contains(*use.verdict) || is_accepted(one.sequence);
  }

  tables::CardsYear& cards_of(Registered const& holder) {
    auto const& entry = *holder.entry;
    auto const home_area = area_of(entry.municipality, entry.registered_on);
    auto& row = cards_[{entry.office.value, entry.area.value, entry.municipality, home_area.value}];
    row.office = entry.office;
    row.area = entry.area;
    row.home = entry.municipality;
    row.home_area = home_area;
    return row;
  }
  tables::BesideYear& beside_of(AreaId const& area) {
    beside_[area].area = area;
    return beside_[area];
  }

  void count_registration(Registered const& holder) {
    auto const day = holder.entry->registered_on;
    if (year_of(day) != year_) return;
    if (holder.is_personal()) {
      ++cards_of(holder).registered.at(month_of(day));
    } else {
      ++beside_of(holder.entry->area).community_cards;
    }
  }

  void count_use(Recorded const& one, ledger::UseRedeemed const& use) {
    if (!counts(one, use)) return;
    auto const day = helsinki_day(use.occurred_at);
    auto const& place = venue_on(use.venue, day);
    auto const found = holders_.find(use.lineage);
    auto const* holder = found == holders_.end() ? nullptr : &found->second;
    bool const is_personal = holder == nullptr || holder->is_personal();
    auto const tickets = use.tickets.adult + use.tickets.child;
    auto& beside = beside_of(place.area);
    if (is_undone(one.sequence)) {
      if (is_personal) beside.undone_tickets += tickets;
      return;
    }
    beside.assistants += use.tickets.assistant;
    beside.interpreters += use.tickets.interpreter;
    beside.companions += use.tickets.companion;
    if (!is_personal) {
      beside.community_uses += tickets;
      return;
    }
    beside.all_tickets += tickets;
    if (one.recorded_at.us > use.occurred_at.us + day_us) beside.late_tickets += tickets;
    count_tickets(use, place, day);
    auto const home = holder == nullptr
                          ? AreaId{}
                          : area_of(holder->entry->municipality, holder->entry->registered_on);
    auto& flow = flows_[{home, place.area}];
    flow.home_area = home;
    flow.venue_area = place.area;
    flow.adults += use.tickets.adult;
    if (holder != nullptr && tickets >= 1 && day >= holder->entry->registered_on) {
      used_.insert(use.lineage);
    }
  }

  void count_tickets(ledger::UseRedeemed const& use, ledger::VenueSet const& place, Day day) {
    auto& row = venues_[{use.venue.value, place.area.value, place.municipality,
                         static_cast<int>(place.sector)}];
    row.venue = use.venue;
    row.area = place.area;
    row.municipality = place.municipality;
    row.sector = place.sector;
    row.adults.at(month_of(day)) += use.tickets.adult;
    row.children.at(month_of(day)) += use.tickets.child;
  }

  void count_user(Registered const& holder) {
    bool const is_of_year = year_of(holder.entry->registered_on) == year_;
    ++(is_of_year ? cards_of(holder).taken : cards_of(holder).earlier_years);
  }

  void count_renewals() {
    std::set<std::int64_t> undone;
    for (auto const& one : known_) {
      if (auto const* undo = as<ledger::RenewalUndone>(one)) undone.insert(undo->renewal);
      if (auto const* undo = as<ledger::ReplacementUndone>(one)) undone.insert(undo->replacement);
    }
    std::map<ledger::Ref, ledger::Ref> of_card;
    std::set<ledger::Ref> renewed;
    std::set<ledger::Ref> replaced;
    for (auto const& one : known_) {
      bool const is_counted = year_of(day_of(one)) == year_ && !undone.contains(one.sequence);
      if (auto const* entry = as<ledger::CardRegistered>(one)) {
        of_card[entry->card] = entry->lineage;
      } else if (auto const* renewal = as<ledger::CardRenewed>(one)) {
        if (is_counted) renewed.insert(of_card.at(renewal->card));
      } else if (auto const* fresh = as<ledger::CardReplaced>(one)) {
        of_card[fresh->new_card] = of_card.at(fresh->old_card);
        if (is_counted) replaced.insert(of_card.at(fresh->old_card));
      }
    }
    for (auto const& [ref, holder] : holders_) {
      if (!holder.is_personal()) continue;
      if (renewed.contains(ref)) ++beside_of(holder.entry->area).renewed;
      if (replaced.contains(ref)) ++beside_of(holder.entry->area).replaced;
    }
  }

  Entries const& all_;
  int year_;
  Entries known_;
  std::vector<Recorded const*> areas_;  // those of `known_`
  std::map<ledger::Ref, Registered> holders_;
  std::set<ledger::Ref> used_;
  std::map<std::tuple<std::int64_t, std::string, std::string, int>, tables::VenueYear> venues_;
  std::map<std::tuple<std::int64_t, std::string, std::string, std::string>, tables::CardsYear>
      cards_;
  std::map<AreaId, tables::BesideYear> beside_;
  std::map<std::pair<AreaId, AreaId>, tables::FlowYear> flows_;
};

std::ostream& operator<<(std::ostream& out, tables::Months const& months) {
  for (auto const count : months) out << " " << count;
  return out;
}

}  // namespace

tables::YearCounts fold_year(Entries const& entries, int year, std::int64_t as_of) {
  return Fold(entries, year, as_of).counts();
}

tables::NetworkYear fold_network(Entries const& entries, int year, std::int64_t as_of) {
  return Fold(entries, year, as_of).network();
}

std::string text_of(tables::YearCounts const& counts) {
  std::ostringstream out;
  for (auto const& row : counts.venues) {
    out << "venue " << row.venue.value << " " << row.area.value << " " << row.municipality << " "
        << word_of(row.sector) << ": adults" << row.adults << ", children" << row.children << "\n";
  }
  for (auto const& row : counts.cards) {
    out << "cards " << row.office.value << " " << row.area.value << " " << row.home << " of "
        << row.home_area.value << ": registered" << row.registered << ", taken " << row.taken
        << ", earlier " << row.earlier_years << "\n";
  }
  for (auto const& row : counts.beside) {
    out << "beside " << row.area.value << ": " << row.assistants << " " << row.interpreters << " "
        << row.companions << ", community " << row.community_cards << " " << row.community_uses
        << ", late " << row.late_tickets << " of " << row.all_tickets << ", undone "
        << row.undone_tickets << ", renewed " << row.renewed << ", replaced " << row.replaced
        << "\n";
  }
  for (auto const& row : counts.flows) {
    out << "flow " << row.home_area.value << " to " << row.venue_area.value << ": " << row.adults
        << "\n";
  }
  return out.str();
}

std::string text_of(tables::NetworkYear const& network) {
  std::ostringstream out;
  for (auto const& area : network.areas) out << area.value << "\n";
  for (auto const& [code, area] : network.municipalities) out << code << " " << area.value << "\n";
  return out.str();
}

}  // namespace kaiku::property
