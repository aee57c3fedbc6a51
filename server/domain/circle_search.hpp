// Pushes units round circles through one arrow: how far can a count move when others make up for
// it, and which cells must be withheld so that it can?
#pragma once

#include <compare>
#include <cstdint>
#include <utility>
#include <vector>

#include "server/domain/declared_cells.hpp"

namespace kaiku::domain {

// Of withholding a cell: which cells are asked first does not look at how large they are this year.
struct CircleCost {
  std::int32_t network_cells = 0;
  std::int32_t later_cells = 0;
  std::int64_t last_settled = 0;
  std::int64_t numbers = 0;
  auto operator<=>(CircleCost const&) const = default;
  CircleCost& operator+=(CircleCost const& other);
};

struct MovableArrow {
  enum class May : std::uint8_t {
    stay,          // told as shown, zero, or shown and small enough to be one
    be_withheld,   // shown by this run, which can change its mind
    be_reserved,   // not yet published
    move_already,  // withheld, reserved, or never shown
  };
  int tail = 0;
  int head = 0;
  std::int64_t count = 0;
  Bounds bounds{0, 0};
  May may = May::stay;
  bool is_later = false;
  CircleCost cost = {};
  // Whose own figure it is, as numbers of contributors.
  int venue_or_office = Contributor::nobody;
  int area = Contributor::nobody;

  bool is_known_to(int insider) const {
    return insider != Contributor::nobody && (venue_or_office == insider || area == insider);
  }
};

enum class Direction : std::uint8_t { up, down };

// One thread; holds on to `arrows`, whose ends must not change.
class CircleSearch {
 public:
  CircleSearch(std::vector<MovableArrow>& arrows, int equations);

  struct Task {
    int arrow = 0;
    Direction direction = Direction::up;
    std::int64_t need = 0;
    int insider = Contributor::nobody;  // whose own figures stay
  };
  // Pushes up to task.need units from the true counts, over arrows that move already and then over
  // the cheapest that may; these move from now on. How many units could be pushed.
  std::int64_t push(Task const& task);
  // Arrows of the circles of the last push, some perhaps twice.
  std::vector<int> const& used() const { return used_; }

 private:
  enum class Over : std::uint8_t { what_moves, what_may };
  struct Step {
    int arrow = 0;
    bool is_forward = true;
  };
  bool find_path(Task const& task, Over over);
  bool walk_what_moves(Task const& task, int from, int to);
  bool walk_what_may(Task const& task, int from, int to);
  std::int64_t room(Step step) const;
  bool is_open_to(Task const& task, Step step) const;
  std::int64_t push_along_path(Task const& task, std::int64_t most);
  void begin_visits();
  bool is_visited(int equation) const;
  void visit(int equation, Step by);

  std::vector<MovableArrow>& arrows_;
  std::vector<int> first_;  // by equation, into steps_
  std::vector<Step> steps_;
  std::vector<std::int64_t> flow_;
  bool has_later_ = false;
  bool later_is_free_ = false;
  std::vector<int> used_;
  // Of the path that is looked for.
  std::vector<Step> came_by_;
  std::vector<std::int64_t> visited_;
  std::int64_t visit_ = 0;
  std::vector<CircleCost> costs_;
  std::vector<std::int64_t> done_;
  std::vector<std::pair<CircleCost, int>> reached_;  // a heap, cheapest first
  std::vector<int> queue_;
};

}  // namespace kaiku::domain
