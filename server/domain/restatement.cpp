#include "server/domain/restatement.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <stdexcept>

#include "server/domain/circulation.hpp"
#include "server/domain/disclosure_audit.hpp"

namespace kaiku::domain {
namespace {

bool is_late(CellKey const& key) { return key.period.kind == Period::Kind::late; }

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

class EditionInTheMaking {
 public:
  EditionInTheMaking(DeclaredSet const& settled, std::vector<Batch> const& batches)
      : settled_(settled), batches_(batches), set_(settled), entered_(batches.size()) {
    for (std::size_t at = 0; at < settled.cells.size(); ++at) {
      places_.emplace(settled.cells[at].key, at);
    }
    order_.resize(batches.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::sort(order_, {}, [&](std::size_t at) { return batches_[at].venue; });
    for (auto const& batch : batches) {
      if (!places_.contains(batch.venue)) {
        throw std::invalid_argument("a batch of a venue that is not declared");
      }
    }
  }

  // All that may, at once; when the audit does not hold for all, one by one.
  Edition make() {
    for (auto const at : order_) enter(at);
    if (!is_safe()) {
      set_ = settled_;
      entered_.assign(batches_.size(), false);
      for (auto const at : order_) {
        auto const before = set_.cells;
        if (!enter(at) || is_safe()) continue;
        set_.cells = before;
        entered_[at] = false;
      }
    }
    return {entered_, set_.cells};
  }

 private:
  bool may_become(DeclaredCell const& cell, DeclaredCell const& told, std::int64_t count) const {
    bool const is_count =
        is_late(cell.key) ? is_nothing_or_enough(count) : count == 0 || count >= threshold;
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
      auto const place = places_.find(key);
      if (place == places_.end()) return false;
      auto const at = place->second;
      if (!may_become(set_.cells[at], settled_.cells[at], set_.cells[at].count + net)) return false;
      moved.push_back(at);
    }
    for (auto const at : moved) move(at, set_.cells[at].count + net);
    entered_[batch] = true;
    return true;
  }

  // Readers are taken to know every batch: what they knew of a withheld cell moves with it.
  void move(std::size_t at, std::int64_t count) {
    auto const& told = settled_.cells[at];
    auto& cell = set_.cells[at];
    auto const change = count - told.count;
    bool const is_shown = told.told.sign == Sign::shown && told.told_openly.sign == Sign::shown;
    auto const seen = told.told.sign == Sign::shown ? told.told_openly : told.told;
    Bounds bounds = is_shown ? Bounds{0, no_limit} : bounds_of(told, seen, Audience::in_charge);
    bounds = {bounds.lowest + change, std::min(bounds.highest + change, no_limit)};
    if (!is_late(cell.key)) bounds.lowest = std::max(bounds.lowest, std::min(threshold, count));
    cell.count = count;
    cell.earlier_counts = told.earlier_counts;
    cell.earlier_counts.push_back(told.count);
    cell.running.reset();
    cell.known_before = bounds;
    for (auto* decision : {&cell.told, &cell.told_openly}) {
      if (decision->sign == Sign::small) decision->sign = Sign::complementary;
    }
  }

  bool is_safe() const {
    auto const circulation = circulation_of(set_);
    Signs signs;
    std::vector<bool> shown;
    for (auto const& cell : circulation.cells) {
      signs.in_charge.push_back(cell.told);
      signs.openly.push_back(cell.told_openly);
      shown.push_back(cell.told.sign == Sign::shown);
    }
    if (audit_for_those_in_charge(circulation, signs)) return false;
    auto const contributors = contributors_of(circulation, set_.shares, shown);
    return !audit_for_everybody(circulation, signs, contributors);
  }

  DeclaredSet const& settled_;
  std::vector<Batch> const& batches_;
  DeclaredSet set_;
  std::vector<bool> entered_;
  std::vector<std::size_t> order_;
  std::map<CellKey, std::size_t> places_;
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

Edition next_edition(DeclaredSet const& settled, std::vector<Batch> const& batches) {
  return EditionInTheMaking(settled, batches).make();
}

}  // namespace kaiku::domain
