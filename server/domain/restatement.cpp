#include "server/domain/restatement.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "server/domain/circulation.hpp"
#include "server/domain/disclosure_audit.hpp"

namespace kaiku::domain {
namespace {

bool is_nothing_or_enough(std::int64_t change) {
  return change == 0 || std::abs(change) >= threshold;
}

// The venue's cell, all that hold it, and the late rows through which years differ from quarters.
std::vector<CellKey> moved_by(CellKey const& venue) {
  auto keys = cells_that_hold(venue);
  std::vector<CellKey> late_rows;
  for (auto const& key : keys) {
    if (key.table == Table::uses_municipality || key.sector) continue;
    late_rows.push_back(key);
    late_rows.back().period = {Period::Kind::late, 0};
  }
  keys.insert(keys.end(), late_rows.begin(), late_rows.end());
  keys.push_back(venue);
  return keys;
}

// The equations are those of the year, whatever enters; what moves are cells, by number.
class EditionInTheMaking {
 public:
  EditionInTheMaking(DeclaredSet const& settled, std::vector<Batch> const& batches)
      : settled_(settled),
        batches_(batches),
        circulation_(circulation_of(settled)),
        entered_(batches.size()),
        order_(batches.size()) {
    for (auto const& cell : circulation_.cells) {
      signs_.in_charge.push_back(cell.told);
      signs_.openly.push_back(cell.told_openly);
      shown_.push_back(cell.told.sign == Sign::shown);
    }
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::sort(order_, {}, [&](std::size_t at) { return batches_[at].venue; });
    for (auto const& batch : batches) {
      if (!circulation_.number_of(batch.venue)) {
        throw std::invalid_argument("a batch of a venue that is not declared");
      }
    }
  }

  // All that may, at once; when the audit does not hold for all, one by one.
  Edition make() {
    for (auto const at : order_) enter(at);
    if (is_safe()) return edition();
    take_back();
    entered_.assign(batches_.size(), false);
    for (auto const at : order_) {
      before_.clear();
      if (!enter(at) || is_safe()) continue;
      take_back();
      entered_[at] = false;
    }
    return edition();
  }

 private:
  struct Before {
    std::size_t number;
    DeclaredCell cell;
  };

  DeclaredCell const& told(std::size_t number) const {
    return settled_.cells[index(circulation_.declared[number])];
  }

  bool may_become(DeclaredCell const& told, std::int64_t count) const {
    bool const is_count =
        is_late(told.key) ? is_nothing_or_enough(count) : count == 0 || count >= threshold;
    return is_count && is_nothing_or_enough(count - told.count) &&
           std::ranges::all_of(told.earlier_counts, [&](std::int64_t earlier) {
             return is_nothing_or_enough(count - earlier);
           });
  }

  bool enter(std::size_t batch) {
    auto const net = batches_[batch].net;
    if (std::abs(net) < threshold) return false;
    std::vector<std::size_t> moved;
    for (auto const& key : moved_by(batches_[batch].venue)) {
      auto const number = circulation_.number_of(key);
      if (!number) return false;
      auto const at = index(*number);
      if (!may_become(told(at), circulation_.cells[at].count + net)) return false;
      moved.push_back(at);
    }
    for (auto const at : moved) {
      before_.push_back({at, circulation_.cells[at]});
      move(at, circulation_.cells[at].count + net);
    }
    entered_[batch] = true;
    return true;
  }

  void move(std::size_t number, std::int64_t count) {
    auto& cell = circulation_.cells[number];
    bool const is_withheld = cell.late_withheld;
    cell = moved_to(told(number), count);
    cell.late_withheld = is_withheld;
    note_signs(number);
  }

  void take_back() {
    for (auto before = before_.rbegin(); before != before_.rend(); ++before) {
      circulation_.cells[before->number] = std::move(before->cell);
      note_signs(before->number);
    }
    before_.clear();
  }

  void note_signs(std::size_t number) {
    signs_.in_charge[number] = circulation_.cells[number].told;
    signs_.openly[number] = circulation_.cells[number].told_openly;
  }

  bool is_safe() const {
    if (audit_for_those_in_charge(circulation_, signs_)) return false;
    auto const contributors = contributors_of(circulation_, settled_.shares, shown_);
    return !audit_for_everybody(circulation_, signs_, contributors);
  }

  Edition edition() const {
    Edition edition{entered_, settled_.cells};
    for (std::size_t number = 0; number < circulation_.cells.size(); ++number) {
      if (circulation_.declared[number] == Circulation::undeclared) continue;
      auto& cell = edition.cells[index(circulation_.declared[number])];
      // A circulation withholds the network's late row with an area's; that is for the next again.
      bool const is_withheld = cell.late_withheld;
      cell = circulation_.cells[number];
      cell.late_withheld = is_withheld;
    }
    return edition;
  }

  DeclaredSet const& settled_;
  std::vector<Batch> const& batches_;
  Circulation circulation_;
  Signs signs_;
  std::vector<bool> shown_;  // to those in charge, which no batch changes
  std::vector<bool> entered_;
  std::vector<std::size_t> order_;
  std::vector<Before> before_;  // what entered last has moved
};

}  // namespace

LateChange settle_late_change(std::int64_t last_quarter, std::int64_t net) {
  if (std::abs(net) >= threshold) return {last_quarter, net, false};
  if (last_quarter + net >= 0) return {last_quarter + net, 0, false};
  return {last_quarter, net, true};
}

std::array<std::int64_t, 3> settle_last_months(std::array<std::int64_t, 3> months,
                                               std::int64_t taken_up) {
  if (months[0] + months[1] + months[2] + taken_up < 0) {
    throw std::invalid_argument("the last quarter would fall below zero");
  }
  for (auto month = months.rbegin(); month != months.rend(); ++month) {
    auto const count = std::max<std::int64_t>(0, *month + taken_up);
    taken_up -= count - *month;
    *month = count;
  }
  return months;
}

// Readers are taken to know every batch: what they knew of a withheld cell moves with it.
DeclaredCell moved_to(DeclaredCell const& told, std::int64_t count) {
  auto const change = count - told.count;
  bool const is_shown = told.told.sign == Sign::shown && told.told_openly.sign == Sign::shown;
  auto const seen = told.told.sign == Sign::shown ? told.told_openly : told.told;
  Bounds bounds = is_shown ? Bounds{0, no_limit} : bounds_of(told, seen, Audience::in_charge);
  bounds = {bounds.lowest + change, std::min(bounds.highest + change, no_limit)};
  if (!is_late(told.key)) bounds.lowest = std::max(bounds.lowest, std::min(threshold, count));
  auto cell = told;
  cell.count = count;
  cell.earlier_counts.push_back(told.count);
  cell.running.reset();
  cell.known_before = bounds;
  for (auto* decision : {&cell.told, &cell.told_openly}) {
    if (decision->sign == Sign::small) decision->sign = Sign::complementary;
  }
  return cell;
}

Edition next_edition(DeclaredSet const& settled, std::vector<Batch> const& batches) {
  return EditionInTheMaking(settled, batches).make();
}

}  // namespace kaiku::domain
