// A reader who wants to know the counts of 1–4: writes down every equation among published cells
// and solves. Knows nothing of how cells were withheld.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/declared_cells.hpp"
#include "tests/property/integer_ranges.hpp"

namespace kaiku::property {

struct Disclosed {
  domain::CellKey cell;
  std::int64_t values = 0;
  std::optional<domain::Contributor> insider;
};
std::string text_of(Disclosed const& disclosed);

class DisclosureAttacker {
 public:
  // What stands in `told` of cells not yet told is not looked at, and true counts only as where the
  // solver begins.
  DisclosureAttacker(domain::DeclaredSet const& told, domain::Audience audience);

  // Counts of 1–4, and what is left of open cells beside the insider's part where that is 1–4, for
  // which fewer than three values are possible.
  std::vector<Disclosed> attack(std::optional<domain::Contributor> const& insider = {});
  // The same as nobody, by intervals alone: quick enough for a whole country.
  std::vector<Disclosed> attack_by_intervals();
  // As nobody, and as every venue, office and area of the set.
  std::vector<Disclosed> attack_as_each();
  // How many counts of 1–4 were tried.
  int tried() const { return tried_; }
  // Of these, how many an insider knows from its own figure and a figure in tens, without a table.
  int known_from_tens() const { return known_from_tens_; }

 private:
  using Cells = std::vector<int>;
  IntegerRanges& ranges();
  struct Summed {
    int whole;
    Cells parts;
  };
  void add_sums_of_uses();
  void add_sums_of_cards();
  void add_sums_of_periods(domain::CellKey const& row);
  void add_sum(domain::CellKey const& whole, Cells const& parts);
  Cells cells_like(domain::CellKey const& wanted,
                   bool (*is_part)(domain::CellKey const&, domain::CellKey const&)) const;
  IntegerRanges::Room room_of(int cell, std::optional<domain::Contributor> const& insider) const;
  bool is_own(int cell, domain::Contributor const& insider) const;
  bool is_known_from_tens(int cell, std::int64_t part) const;
  std::int64_t own_part(int cell, domain::Contributor const& insider) const;

  domain::DeclaredSet const& told_;
  domain::Audience audience_;
  std::map<domain::CellKey, int> places_;
  std::vector<Summed> sums_;
  std::optional<IntegerRanges> ranges_;
  int tried_ = 0;
  int known_from_tens_ = 0;
};

}  // namespace kaiku::property
