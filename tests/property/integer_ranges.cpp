#include "tests/property/integer_ranges.hpp"

#include <algorithm>
#include <stdexcept>

namespace kaiku::property {
namespace {

std::size_t index(int number) { return static_cast<std::size_t>(number); }

}  // namespace

IntegerRanges::IntegerRanges(int unknowns, std::vector<Equation> const& equations)
    : unknowns_(unknowns),
      rows_(static_cast<int>(equations.size())),
      tableau_(index(unknowns) * equations.size()),
      row_of_(index(unknowns), -1),
      room_(index(unknowns)),
      value_(index(unknowns)) {
  for (int row = 0; row < rows_; ++row) {
    for (auto const& [unknown, coefficient] : equations[index(row)]) {
      entry(row, unknown) += coefficient;
    }
  }
  int rank = 0;
  for (int row = 0; row < rows_; ++row) {
    int column = 0;
    while (column < unknowns_ && entry(row, column) == 0) ++column;
    if (column == unknowns_) continue;  // says nothing that the others do not
    reduce(row, column);
    for (int at = 0; at < unknowns_; ++at) std::swap(entry(row, at), entry(rank, at));
    basic_.push_back(column);
    row_of_[index(column)] = rank++;
  }
  rows_ = rank;
}

// Makes the column a unit vector.
void IntegerRanges::reduce(int pivot_row, int pivot_column) {
  auto const pivot = entry(pivot_row, pivot_column);
  if (pivot != 1 && pivot != -1) throw std::domain_error("not a system of sums and parts");
  if (pivot == -1) {
    for (int at = 0; at < unknowns_; ++at) entry(pivot_row, at) = -entry(pivot_row, at);
  }
  for (int row = 0; row < rows_; ++row) {
    auto const factor = entry(row, pivot_column);
    if (row == pivot_row || factor == 0) continue;
    for (int at = 0; at < unknowns_; ++at) entry(row, at) -= factor * entry(pivot_row, at);
  }
}

void IntegerRanges::set_room(int unknown, Room room) { room_[index(unknown)] = room; }

IntegerRanges::Entering IntegerRanges::entering(int unknown, bool up) {
  auto const may_move = [&](int column, bool forward) {
    auto const& room = room_[index(column)];
    auto const value = value_[index(column)];
    return forward ? value < room.up : -value < room.down;
  };
  int const row = row_of_[index(unknown)];
  if (row < 0) return may_move(unknown, up) ? Entering{unknown, up} : Entering{};
  for (int column = 0; column < unknowns_; ++column) {
    auto const rate = -entry(row, column);
    if (column == unknown || rate == 0) continue;
    bool const forward = (rate > 0) == up;
    if (may_move(column, forward)) return {column, forward};
  }
  return {};
}

// Moves the column as far as it, what depends on it and `left` allow.
bool IntegerRanges::step(Entering const& by, int unknown, std::int64_t left) {
  auto const& own = room_[index(by.column)];
  auto const at = value_[index(by.column)];
  auto far = std::min(left, by.up ? own.up - at : own.down + at);
  int leaving = -1;
  for (int row = 0; row < rows_; ++row) {
    auto const rate = by.up ? -entry(row, by.column) : entry(row, by.column);
    int const basic = basic_[index(row)];
    if (rate == 0 || basic == unknown) continue;
    auto const& room = room_[index(basic)];
    auto const value = value_[index(basic)];
    auto const most = rate > 0 ? room.up - value : room.down + value;
    bool const is_first = most == far && leaving >= 0 && basic < basic_[index(leaving)];
    if (most < far || is_first) {
      far = most;
      leaving = row;
    }
  }
  value_[index(by.column)] += by.up ? far : -far;
  for (int row = 0; row < rows_; ++row) {
    auto const rate = by.up ? -entry(row, by.column) : entry(row, by.column);
    value_[index(basic_[index(row)])] += rate * far;
  }
  if (leaving >= 0) {
    row_of_[index(basic_[index(leaving)])] = -1;
    reduce(leaving, by.column);
    basic_[index(leaving)] = by.column;
    row_of_[index(by.column)] = leaving;
  }
  return far > 0;
}

std::int64_t IntegerRanges::most(int unknown, bool up, std::int64_t enough) {
  constexpr int many_steps = 100'000;
  value_.assign(value_.size(), 0);
  auto const& room = room_[index(unknown)];
  auto const limit = std::min(enough, up ? room.up : room.down);
  auto const moved = [&] { return up ? value_[index(unknown)] : -value_[index(unknown)]; };
  for (int steps = 0; moved() < limit; ++steps) {
    auto const by = entering(unknown, up);
    if (by.column < 0) break;
    step(by, unknown, limit - moved());
    if (steps > many_steps) throw std::domain_error("does not come to an end");
  }
  return moved();
}

}  // namespace kaiku::property
