// Who counts a part of the published cells by itself, and could subtract it: venues, offices,
// areas.
#pragma once

#include <vector>

#include "server/domain/circulation.hpp"

namespace kaiku::domain {

struct Contributors {
  struct Part {
    int contributor;
    int cell;
    std::int64_t count;
  };
  std::vector<Contributor> all;  // in order
  // By cell: the venue or office, and the area, whose own figure it is.
  std::vector<int> venue_or_office;
  std::vector<int> area;
  // What each has in cells that are not its own alone, as far as no more than `threshold` is beside
  // it: nothing moves further. By cell, then by contributor.
  std::vector<Part> parts;

  // Parts in one cell.
  struct Range {
    Part const* first;
    Part const* last;
    Part const* begin() const { return first; }
    Part const* end() const { return last; }
  };
  Range parts_in(int cell) const;
  // Zero where much is beside it.
  std::int64_t part_of(int contributor, int cell) const;
  bool owns(int contributor, int cell) const;
  // Whether it is for the contributor to find out: a coordinator is no stranger to the own area.
  bool is_stranger_to(int contributor, CellKey const& cell) const;
  std::optional<int> coordinator_of(AreaId const& area) const;
};

// The coordinator of an area sees its homes as they are shown to those in charge: homes in `seen`,
// by cell, are taken for own figures.
Contributors contributors_of(Circulation const& circulation, std::vector<Share> const& shares,
                             std::vector<bool> const& seen);

}  // namespace kaiku::domain
