#include "tests/property/disclosure_networks.hpp"

#include <algorithm>
#include <cmath>

#include "server/domain/restatement.hpp"
#include "tests/support/disclosure_cells.hpp"

namespace kaiku::property {
namespace {

using domain::CellKey;
using domain::DeclaredCell;
using domain::Measure;
using domain::Period;
using domain::Publication;
using domain::Table;
using Kind = Period::Kind;

constexpr Period whole_year{};
constexpr Period late_row{Kind::late, 0};
Period quarter(int number) { return {Kind::quarter, number}; }
Period month(int number) { return {Kind::month, number}; }

int below(std::mt19937_64& random, int limit) {
  return static_cast<int>(random() % static_cast<std::uint64_t>(limit));
}
std::int64_t drawn(std::mt19937_64& random, double mean) {
  return mean <= 0 ? 0 : std::poisson_distribution<std::int64_t>(mean)(random);
}
// Most are small and a few large, as venues and offices are.
double skewed(std::mt19937_64& random, double mean) {
  return mean * std::exp(std::normal_distribution<double>(0, 1.2)(random)) / std::exp(0.72);
}
std::int64_t sum_of(TrueYear::Months const& months) {
  std::int64_t sum = 0;
  for (auto const count : months) sum += count;
  return sum;
}

// A few late records, now and then enough for a row of their own; never more undone than there is.
std::int64_t late_change(std::mt19937_64& random, TrueYear::Months const& months) {
  if (below(random, 4) != 0) return 0;
  std::int64_t closed = 0;
  for (std::size_t at = 0; at < 9; ++at) closed += months[at];
  std::int64_t const net = below(random, 5) == 0 ? 5 + below(random, 6) : below(random, 6) - 3;
  return std::max(-closed, net);
}

void fill(TrueYear::Months& months, double a_year, std::mt19937_64& random) {
  for (auto& count : months) count = drawn(random, a_year / 12);
}

void fill_uses(TrueYear& year, std::vector<double> const& means, std::mt19937_64& random) {
  for (std::size_t at = 0; at < year.venues.size(); ++at) {
    fill(year.venues[at].uses, means[at], random);
    year.venues[at].late = late_change(random, year.venues[at].uses);
  }
}

void fill_cards(TrueYear::Cards& cards, double mean, std::mt19937_64& random) {
  fill(cards.registered, mean, random);
  cards.late = std::max<std::int64_t>(0, late_change(random, cards.registered) / 3);
  auto const registered = sum_of(cards.registered) + cards.late;
  cards.taken = std::min(registered, drawn(random, 0.35 * static_cast<double>(registered)));
  cards.earlier_years = drawn(random, 0.2 * mean);
}

// Adds one count to a cell and to all sums above it.
class Counting {
 public:
  void add(CellKey const& key, std::int64_t count) {
    auto& cell = counts_[key];
    cell.key = key;
    cell.count += count;
  }
  // Of an area and of the network in each period.
  void add_periods(CellKey key, CellKey const& network, TrueYear::Months const& months,
                   std::int64_t late) {
    for (int number = 1; number <= 12; ++number) {
      auto const count = months[static_cast<std::size_t>(number - 1)];
      key.period = quarter((number + 2) / 3);
      add(key, count);
      auto above = network;
      above.period = key.period;
      add(above, count);
      above.period = month(number);
      add(above, count);
    }
    key.period = late_row;
    add(key, late);
    auto above = network;
    above.period = late_row;
    add(above, 0);
    for (auto* year : {&key, &above}) {
      year->period = whole_year;
      add(*year, sum_of(months) + late);
    }
  }
  // What was late and too little for a row of its own goes to the last quarter.
  void settle_late_rows(CellKey const& network) {
    std::int64_t taken_up = 0;
    std::int64_t late = 0;
    for (auto& [key, cell] : counts_) {
      if (key.period != late_row || key.area.value.empty()) continue;
      auto last = key;
      last.period = quarter(4);
      auto& last_quarter = counts_.at(last).count;
      auto const settled = domain::settle_late_change(last_quarter, cell.count);
      taken_up += settled.last_quarter - last_quarter;
      last_quarter = settled.last_quarter;
      cell.count = settled.late_row;
      cell.late_withheld = settled.is_withheld;
      late += settled.late_row;
    }
    auto const in = [&](Period period) -> std::int64_t& {
      auto key = network;
      key.period = period;
      return counts_.at(key).count;
    };
    in(late_row) = late;
    in(quarter(4)) += taken_up;
    auto const months =
        domain::settle_last_months({in(month(10)), in(month(11)), in(month(12))}, taken_up);
    for (int at = 0; at < 3; ++at) in(month(10 + at)) = months[static_cast<std::size_t>(at)];
  }
  Counts take() { return std::move(counts_); }
  Counts& counts() { return counts_; }

 private:
  Counts counts_;
};

std::int64_t tens_of(std::int64_t count) { return count / 10 * 10; }
// Of a year's twelve, 0–11: the at-th (0–2) month of the quarter with this number (1–4).
std::size_t month_index(int number, int at) {
  return 3 * (static_cast<std::size_t>(number) - 1) + static_cast<std::size_t>(at);
}
domain::Bounds told_in_tens(std::int64_t count) { return {tens_of(count), tens_of(count) + 9}; }

// What the nightly figures had told: months and the year to date, of areas and of the network.
void add_running(Counts& counts, std::map<CellKey, TrueYear::Months> const& months) {
  for (auto const& [row, of_row] : months) {
    auto key = row;
    for (int number = 1; number <= 4; ++number) {
      key.period = quarter(number);
      domain::Bounds bounds{0, 27};
      for (int at = 0; at < 3; ++at) {
        bounds.lowest += tens_of(of_row.at(month_index(number, at)));
      }
      bounds.highest += bounds.lowest;
      if (number == 4) bounds = {bounds.lowest - 4, bounds.highest + 4};
      counts.at(key).running = bounds;
    }
  }
  for (auto& [key, cell] : counts) {
    bool const is_of_area = key.table == Table::uses_area || key.table == Table::cards_area;
    bool const is_of_year = key.period == whole_year;
    bool const is_told = key.measure != Measure::not_taken && key.measure != Measure::earlier_years;
    if (is_told && is_of_year && (is_of_area || domain::is_network(key))) {
      cell.running = told_in_tens(cell.count);
    }
    if (key.period.kind == Kind::month) cell.running = told_in_tens(cell.count);
  }
}

}  // namespace

NetworkSize country() {
  return {.areas = 50,
          .municipalities = 300,
          .venues = 450,
          .offices = 400,
          .uses_a_venue = 110,
          .cards_an_office = 37};
}

TrueYear random_network(NetworkSize const& size, std::mt19937_64& random) {
  TrueYear year;
  for (int at = 0; at < size.areas; ++at) year.areas.push_back({"A" + std::to_string(100 + at)});
  std::vector<std::string> codes;
  for (int at = 0; at < size.municipalities; ++at) {
    codes.push_back(std::to_string(100 + at));
    auto const area = at < size.areas ? at : below(random, size.areas);
    year.municipalities[codes.back()] = year.areas[static_cast<std::size_t>(area)];
  }
  auto const any_municipality = [&] {
    return codes[static_cast<std::size_t>(below(random, size.municipalities))];
  };
  for (int at = 0; at < size.venues; ++at) {
    auto const code = any_municipality();
    year.venues.push_back({.id = {100 + at},
                           .area = year.municipalities[code],
                           .municipality = code,
                           .sector = static_cast<contract::Sector>(below(random, 4))});
  }
  for (int at = 0; at < size.offices; ++at) {
    auto const own = any_municipality();
    int const homes = 1 + below(random, 3);
    for (int home = 0; home < homes; ++home) {
      auto const code = home == 0 ? own : any_municipality();
      bool const is_again = std::ranges::any_of(year.cards, [&](TrueYear::Cards const& cards) {
        return cards.office.value == 100 + at && cards.home == code;
      });
      if (is_again) continue;
      year.cards.push_back({.office = {100 + at},
                            .area = year.municipalities[own],
                            .home_area = year.municipalities[code],
                            .home = code});
    }
  }
  return year_after(year, size, random);
}

TrueYear year_after(TrueYear const& before, NetworkSize const& size, std::mt19937_64& random) {
  TrueYear year = before;
  std::vector<double> means;
  for (auto const& venue : year.venues) {
    auto const last = static_cast<double>(sum_of(venue.uses));
    means.push_back(last > 0 ? last : skewed(random, size.uses_a_venue));
  }
  fill_uses(year, means, random);
  OfficeId office;
  for (auto& cards : year.cards) {
    auto const last = static_cast<double>(sum_of(cards.registered));
    double mean = last > 0 ? last : skewed(random, size.cards_an_office);
    if (last == 0 && cards.office == office) mean *= 0.2;  // few come from elsewhere
    office = cards.office;
    fill_cards(cards, mean, random);
  }
  return year;
}

Counts use_counts(TrueYear const& year) {
  Counting counting;
  std::map<CellKey, TrueYear::Months> months;
  CellKey const network{.table = Table::uses_network};
  for (auto const& venue : year.venues) {
    auto const count = sum_of(venue.uses) + venue.late;
    CellKey const key{.table = Table::uses_venue,
                      .area = venue.area,
                      .municipality = venue.municipality,
                      .venue = venue.id,
                      .sector = venue.sector};
    counting.add(key, count);
    for (auto const& above : domain::cells_that_hold(key)) {
      bool const has_periods = !above.sector && above.table != Table::uses_municipality;
      if (!has_periods) counting.add(above, count);
    }
    CellKey const area{.table = Table::uses_area, .area = venue.area};
    counting.add_periods(area, network, venue.uses, venue.late);
    for (std::size_t at = 0; at < 12; ++at) months[area][at] += venue.uses[at];
  }
  // Areas without venues have their rows of zeros.
  for (auto const& area : year.areas) {
    counting.add_periods({.table = Table::uses_area, .area = area}, network, {}, 0);
    months[{.table = Table::uses_area, .area = area}];
  }
  counting.settle_late_rows(network);
  auto counts = counting.take();
  add_running(counts, months);
  return counts;
}

Counts card_counts(TrueYear const& year) {
  Counting counting;
  std::map<CellKey, TrueYear::Months> months;
  CellKey const network{.table = Table::cards_network, .measure = Measure::registered};
  for (auto const& cards : year.cards) {
    auto const registered = sum_of(cards.registered) + cards.late;
    CellKey const area{
        .table = Table::cards_area, .area = cards.area, .measure = Measure::registered};
    counting.add_periods(area, network, cards.registered, cards.late);
    for (std::size_t at = 0; at < 12; ++at) months[area][at] += cards.registered[at];
    for (auto const& [measure, count] :
         {std::pair{Measure::registered, registered}, std::pair{Measure::taken, cards.taken},
          std::pair{Measure::not_taken, registered - cards.taken}}) {
      counting.add({.table = Table::cards_office,
                    .area = cards.area,
                    .office = cards.office,
                    .measure = measure},
                   count);
      counting.add({.table = Table::cards_home,
                    .area = cards.home_area,
                    .municipality = cards.home,
                    .measure = measure},
                   count);
      if (measure == Measure::registered) continue;
      counting.add({.table = Table::cards_area, .area = cards.area, .measure = measure}, count);
      counting.add({.table = Table::cards_network, .measure = measure}, count);
    }
  }
  counting.settle_late_rows(network);
  auto counts = counting.take();
  add_running(counts, months);
  return counts;
}

Counts earlier_year_counts(TrueYear const& year) {
  Counting counting;
  auto const measure = Measure::earlier_years;
  for (auto const& cards : year.cards) {
    auto const count = cards.earlier_years;
    counting.add({.table = Table::cards_network, .measure = measure}, count);
    counting.add({.table = Table::cards_area, .area = cards.area, .measure = measure}, count);
    counting.add({.table = Table::cards_home,
                  .area = cards.home_area,
                  .municipality = cards.home,
                  .measure = measure},
                 count);
  }
  return counting.take();
}

namespace {

class Sharing {
 public:
  explicit Sharing(Counts const& counts) : counts_(counts) {}
  void add(domain::Contributor const& contributor, CellKey const& key, std::int64_t count) {
    if (count > 0) shares_[{contributor, key}] += count;
  }
  // Of the network's months and quarters.
  void add_months(domain::Contributor const& contributor, CellKey key,
                  TrueYear::Months const& months) {
    for (int number = 1; number <= 12; ++number) {
      auto const count = months[static_cast<std::size_t>(number - 1)];
      key.period = month(number);
      add(contributor, key, count);
      key.period = quarter((number + 2) / 3);
      if (contributor.area.value.empty()) add(contributor, key, count);
    }
  }
  // An area knows what its last quarter took up.
  void add_area(AreaId const& area, CellKey const& key, TrueYear::Months months,
                std::int64_t late) {
    std::array<std::int64_t, 3> last{months[9], months[10], months[11]};
    auto const sum = last[0] + last[1] + last[2];
    last =
        domain::settle_last_months(last, domain::settle_late_change(sum, late).last_quarter - sum);
    std::ranges::copy(last, months.begin() + 9);
    add_months({.area = area}, key, months);
  }
  std::vector<domain::Share> all() const {
    std::vector<domain::Share> shares;
    for (auto const& [whose, count] : shares_) {
      auto const cell = counts_.find(whose.second);
      if (cell == counts_.end()) continue;
      // Undone records of closed quarters are taken from the last months of the network.
      shares.push_back({whose.first, whose.second, std::min(count, cell->second.count)});
    }
    return shares;
  }

 private:
  Counts const& counts_;
  std::map<std::pair<domain::Contributor, CellKey>, std::int64_t> shares_;
};

}  // namespace

std::vector<domain::Share> use_shares(TrueYear const& year, Counts const& counts) {
  Sharing sharing(counts);
  CellKey const network{.table = Table::uses_network};
  std::map<AreaId, std::pair<TrueYear::Months, std::int64_t>> areas;
  for (auto const& venue : year.venues) {
    sharing.add_months({.venue = venue.id}, network, venue.uses);
    auto& [months, late] = areas[venue.area];
    for (std::size_t at = 0; at < 12; ++at) months[at] += venue.uses[at];
    late += venue.late;
  }
  for (auto const& [area, of] : areas) sharing.add_area(area, network, of.first, of.second);
  return sharing.all();
}

std::vector<domain::Share> card_shares(TrueYear const& year, Counts const& counts) {
  Sharing sharing(counts);
  CellKey const network{.table = Table::cards_network, .measure = Measure::registered};
  std::map<AreaId, std::pair<TrueYear::Months, std::int64_t>> areas;
  for (auto const& cards : year.cards) {
    sharing.add_months({.office = cards.office}, network, cards.registered);
    auto& [months, late] = areas[cards.area];
    for (std::size_t at = 0; at < 12; ++at) months[at] += cards.registered[at];
    late += cards.late;
    auto const registered = sum_of(cards.registered) + cards.late;
    for (auto const& [measure, count] :
         {std::pair{Measure::registered, registered}, std::pair{Measure::taken, cards.taken},
          std::pair{Measure::not_taken, registered - cards.taken}}) {
      CellKey const home{.table = Table::cards_home,
                         .area = cards.home_area,
                         .municipality = cards.home,
                         .measure = measure};
      sharing.add({.office = cards.office}, home, count);
      sharing.add({.area = cards.area}, home, count);
    }
  }
  for (auto const& [area, of] : areas) sharing.add_area(area, network, of.first, of.second);
  return sharing.all();
}

YearOfRuns::YearOfRuns(domain::Linking linking, Counts const& counts,
                       std::vector<domain::Share> shares, Counts const& year_before) {
  set_.linking = linking;
  set_.shares = std::move(shares);
  for (auto const& [key, counted] : counts) {
    auto& cell = set_.cells.emplace_back(counted);
    cell.publication = Publication::later;
    auto const before = year_before.find(key);
    if (before != year_before.end()) cell.last_settled = before->second.count;
  }
}

bool YearOfRuns::draw_once() {
  auto const control = domain::control_disclosure(set_);
  if (control.refused) {
    if (control.refused->why != domain::Refusal::Why::unprotected) ++audit_refusals_;
    for (auto& cell : set_.cells) {
      bool const is_untold =
          cell.publication == Publication::now || cell.publication == Publication::later;
      if (cell.key.table == control.refused->cell.table && is_untold) {
        cell.publication = Publication::never;
      }
    }
    ++tables_left_out_;
    return false;
  }
  if (control.refused_openly) {
    ++open_refusals_;
    if (control.refused_openly->why != domain::Refusal::Why::unprotected) ++audit_refusals_;
  }
  domain::test::tell(set_, control);
  return true;
}

void YearOfRuns::draw(int run) {
  for (auto& cell : set_.cells) {
    auto const& period = cell.key.period;
    bool const is_due = run == 4 || (period.kind == Kind::quarter && period.number == run) ||
                        (period.kind == Kind::month && (period.number + 2) / 3 == run);
    if (is_due && cell.publication == Publication::later) cell.publication = Publication::now;
  }
  for (int tries = 0; tries < 8 && !draw_once(); ++tries) continue;
}

Counts YearOfRuns::published() const {
  Counts counts;
  for (auto const& cell : set_.cells) {
    bool const is_shown =
        cell.publication == Publication::told && cell.told.sign == domain::Sign::shown;
    if (is_shown) counts[cell.key] = cell;
  }
  return counts;
}

}  // namespace kaiku::property
