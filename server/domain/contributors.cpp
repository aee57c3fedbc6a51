#include "server/domain/contributors.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

namespace kaiku::domain {
namespace {

// The numbers of a cell's contributors, until all are known only as they were met.
class Roll {
 public:
  int number_of(Contributor const& contributor) {
    auto const next = static_cast<int>(numbers_.size());
    return numbers_.try_emplace(contributor, next).first->second;
  }
  // By number as met: the place in order.
  std::vector<int> order(std::vector<Contributor>& all) const {
    std::vector<int> place(numbers_.size());
    for (auto const& [contributor, number] : numbers_) {
      place[index(number)] = static_cast<int>(all.size());
      all.push_back(contributor);
    }
    return place;
  }

 private:
  std::map<Contributor, int> numbers_;
};

// Parts of the same contributor in the same cell become one; those that leave too much beside them
// to matter go.
void add_up(std::vector<Contributors::Part>& parts, std::vector<DeclaredCell> const& cells) {
  auto const key = [](Contributors::Part const& part) {
    return std::tuple(part.cell, part.contributor);
  };
  std::ranges::sort(parts, {}, key);
  std::vector<Contributors::Part> sums;
  for (auto const& part : parts) {
    if (!sums.empty() && key(sums.back()) == key(part)) {
      sums.back().count += part.count;
    } else {
      sums.push_back(part);
    }
  }
  std::erase_if(sums, [&](Contributors::Part const& part) {
    return cells[index(part.cell)].count - part.count > threshold;
  });
  parts = std::move(sums);
}

}  // namespace

Contributors::Range Contributors::parts_in(int cell) const {
  auto const found = std::ranges::equal_range(parts, cell, {}, &Part::cell);
  return {std::to_address(found.begin()), std::to_address(found.end())};
}

std::int64_t Contributors::part_of(int contributor, int cell) const {
  for (auto const& part : parts_in(cell)) {
    if (part.contributor == contributor) return part.count;
  }
  return 0;
}

bool Contributors::owns(int contributor, int cell) const {
  return venue_or_office[index(cell)] == contributor || area[index(cell)] == contributor;
}

bool Contributors::is_stranger_to(int contributor, CellKey const& cell) const {
  auto const& who = all[index(contributor)];
  if (who.venue) return who.venue != cell.venue;
  if (who.office) return who.office != cell.office;
  return who.area != cell.area;
}

std::optional<int> Contributors::coordinator_of(AreaId const& of) const {
  auto const found = std::ranges::lower_bound(all, Contributor{.area = of});
  if (found == all.end() || found->area != of) return std::nullopt;
  return static_cast<int>(found - all.begin());
}

Contributors contributors_of(Circulation const& circulation, std::vector<Share> const& shares,
                             std::vector<bool> const& seen) {
  Contributors found;
  Roll roll;
  auto const add_parts = [&](int contributor, CellKey const& key, std::int64_t count) {
    for (auto const& holder : cells_that_hold(key)) {
      auto const cell = circulation.number_of(holder);
      if (cell && !found.owns(contributor, *cell))
        found.parts.push_back({contributor, *cell, count});
    }
  };
  found.venue_or_office.assign(circulation.cells.size(), Contributor::nobody);
  found.area.assign(circulation.cells.size(), Contributor::nobody);
  for (std::size_t at = 0; at < circulation.cells.size(); ++at) {
    auto const& key = circulation.cells[at].key;
    bool const is_seen = !is_home(key) || seen[at];
    if (!key.area.value.empty() && is_seen) {
      found.area[at] = roll.number_of({.area = key.area});
    }
    if (key.venue || key.office) {
      found.venue_or_office[at] = roll.number_of({.venue = key.venue, .office = key.office});
    }
  }
  for (std::size_t at = 0; at < circulation.cells.size(); ++at) {
    auto const& cell = circulation.cells[at];
    if (cell.publication == Publication::later || is_home(cell.key)) continue;
    bool const is_of_one = found.venue_or_office[at] != Contributor::nobody;
    if (is_of_one) add_parts(found.venue_or_office[at], cell.key, cell.count);
    // An area's rows below it are in its own sums already.
    if (!is_of_one && found.area[at] != Contributor::nobody) {
      add_parts(found.area[at], cell.key, cell.count);
    }
  }
  for (auto const& share : shares) {
    auto const cell = circulation.number_of(share.cell);
    auto const contributor = roll.number_of(share.contributor);
    if (cell && !found.owns(contributor, *cell)) {
      found.parts.push_back({contributor, *cell, share.count});
    }
  }
  auto const place = roll.order(found.all);
  auto const settle = [&](int& number) {
    if (number != Contributor::nobody) number = place[index(number)];
  };
  std::ranges::for_each(found.venue_or_office, settle);
  std::ranges::for_each(found.area, settle);
  for (auto& part : found.parts) settle(part.contributor);
  add_up(found.parts, circulation.cells);
  return found;
}

}  // namespace kaiku::domain
