#include "server/domain/circle_search.hpp"

#include <algorithm>
#include <functional>

namespace kaiku::domain {

using May = MovableArrow::May;

CircleCost& CircleCost::operator+=(CircleCost const& other) {
  network_cells += other.network_cells;
  later_cells += other.later_cells;
  last_settled += other.last_settled;
  numbers += other.numbers;
  return *this;
}

CircleSearch::CircleSearch(std::vector<MovableArrow>& arrows, int equations)
    : arrows_(arrows),
      first_(index(equations) + 1),
      steps_(2 * arrows.size()),
      flow_(arrows.size()),
      came_by_(index(equations)),
      visited_(index(equations)),
      costs_(index(equations)),
      done_(index(equations)) {
  for (auto const& arrow : arrows_) {
    has_later_ = has_later_ || arrow.is_later;
    ++first_[index(arrow.tail) + 1];
    ++first_[index(arrow.head) + 1];
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  auto next = first_;
  for (std::size_t i = 0; i < arrows_.size(); ++i) {
    auto const number = static_cast<int>(i);
    steps_[index(next[index(arrows_[i].tail)]++)] = {number, true};
    steps_[index(next[index(arrows_[i].head)]++)] = {number, false};
  }
}

std::int64_t CircleSearch::room(Step step) const {
  auto const at = index(step.arrow);
  auto const& arrow = arrows_[at];
  if (arrow.is_later && later_is_free_) return no_limit;
  auto const count = arrow.count + flow_[at];
  return step.is_forward ? arrow.bounds.highest - count : count - arrow.bounds.lowest;
}

bool CircleSearch::is_open_to(Task const& task, Step step) const {
  auto const& arrow = arrows_[index(step.arrow)];
  return step.arrow != task.arrow && arrow.may != May::stay && !arrow.is_known_to(task.insider) &&
         room(step) > 0;
}

void CircleSearch::begin_visits() {
  ++visit_;
  queue_.clear();
}

bool CircleSearch::is_visited(int equation) const { return visited_[index(equation)] == visit_; }

void CircleSearch::visit(int equation, Step by) {
  visited_[index(equation)] = visit_;
  came_by_[index(equation)] = by;
}

// Breadth first: short circles touch few cells and few contributors.
bool CircleSearch::walk_what_moves(Task const& task, int from, int to) {
  begin_visits();
  visit(from, {});
  queue_.push_back(from);
  for (std::size_t head = 0; head < queue_.size(); ++head) {
    auto const equation = index(queue_[head]);
    for (int i = first_[equation]; i < first_[equation + 1]; ++i) {
      auto const step = steps_[index(i)];
      auto const& arrow = arrows_[index(step.arrow)];
      if (arrow.may != May::move_already) continue;
      int const next = step.is_forward ? arrow.head : arrow.tail;
      if (is_visited(next) || !is_open_to(task, step)) continue;
      visit(next, step);
      if (next == to) return true;
      queue_.push_back(next);
    }
  }
  return false;
}

// Dijkstra's algorithm; what moves already costs nothing.
bool CircleSearch::walk_what_may(Task const& task, int from, int to) {
  begin_visits();
  visit(from, {});
  costs_[index(from)] = {};
  reached_.assign(1, {CircleCost{}, from});
  while (!reached_.empty()) {
    std::ranges::pop_heap(reached_, std::greater<>{});
    auto const equation = index(reached_.back().second);
    reached_.pop_back();
    if (done_[equation] == visit_) continue;
    if (static_cast<int>(equation) == to) return true;
    done_[equation] = visit_;
    for (int i = first_[equation]; i < first_[equation + 1]; ++i) {
      auto const step = steps_[index(i)];
      auto const& arrow = arrows_[index(step.arrow)];
      int const next = step.is_forward ? arrow.head : arrow.tail;
      bool const is_done = done_[index(next)] == visit_;
      if (is_done || !is_open_to(task, step)) continue;
      auto cost = costs_[equation];
      if (arrow.may != May::move_already) cost += arrow.cost;
      auto& known = costs_[index(next)];
      if (is_visited(next) && known <= cost) continue;
      known = cost;
      visit(next, step);
      reached_.emplace_back(cost, next);
      std::ranges::push_heap(reached_, std::greater<>{});
    }
  }
  return false;
}

bool CircleSearch::find_path(Task const& task, Over over) {
  auto const& arrow = arrows_[index(task.arrow)];
  bool const is_up = task.direction == Direction::up;
  int const from = is_up ? arrow.head : arrow.tail;
  int const to = is_up ? arrow.tail : arrow.head;
  return over == Over::what_moves ? walk_what_moves(task, from, to) : walk_what_may(task, from, to);
}

std::int64_t CircleSearch::push_along_path(Task const& task, std::int64_t most) {
  auto const& pushed = arrows_[index(task.arrow)];
  bool const is_up = task.direction == Direction::up;
  int const from = is_up ? pushed.head : pushed.tail;
  std::vector<Step> path;
  for (int at = is_up ? pushed.tail : pushed.head; at != from;) {
    auto const step = came_by_[index(at)];
    auto const& arrow = arrows_[index(step.arrow)];
    path.push_back(step);
    most = std::min(most, room(step));
    at = step.is_forward ? arrow.tail : arrow.head;
  }
  for (auto const step : path) {
    auto& arrow = arrows_[index(step.arrow)];
    flow_[index(step.arrow)] += step.is_forward ? most : -most;
    arrow.may = May::move_already;
    used_.push_back(step.arrow);
  }
  return most;
}

std::int64_t CircleSearch::push(Task const& task) {
  auto const& arrow = arrows_[index(task.arrow)];
  auto const own = task.direction == Direction::up ? arrow.bounds.highest - arrow.count
                                                   : arrow.count - arrow.bounds.lowest;
  auto const need = std::min(task.need, own);
  used_.clear();
  std::int64_t pushed = 0;
  // A cell that is not yet published is taken to have last year's count; only where that leaves too
  // little is it free.
  for (bool const later_is_free : {false, true}) {
    if (later_is_free && !has_later_) break;
    later_is_free_ = later_is_free;
    for (auto const over : {Over::what_moves, Over::what_may}) {
      while (pushed < need && find_path(task, over)) {
        pushed += push_along_path(task, need - pushed);
      }
    }
  }
  for (int const used : used_) flow_[index(used)] = 0;
  return pushed;
}

}  // namespace kaiku::domain
