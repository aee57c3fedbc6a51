// Random networks for the tests of suppression: what truly happened, and the linked tables that its
// runs publish one after the other.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "server/domain/disclosure_control.hpp"

namespace kaiku::property {

struct NetworkSize {
  int areas = 3;
  int municipalities = 5;
  int venues = 8;
  int offices = 6;
  double uses_a_venue = 60;  // a year, on the average
  double cards_an_office = 40;
};
// 50 areas, 300 municipalities, 450 venues, 400 offices; some 50,000 uses and 15,000 cards a year.
NetworkSize country();

// Of one year and one measure of uses; cards of the same network.
struct TrueYear {
  using Months = std::array<std::int64_t, 12>;
  struct Venue {
    VenueId id;
    AreaId area;
    std::string municipality;
    contract::Sector sector = contract::Sector::culture;
    Months uses{};
    std::int64_t late = 0;  // recorded for closed quarters, less what was undone
  };
  // Cards of one office and one home municipality.
  struct Cards {
    OfficeId office;
    AreaId area;
    AreaId home_area;
    std::string home;
    Months registered{};
    std::int64_t late = 0;
    std::int64_t taken = 0;
    std::int64_t earlier_years = 0;
  };
  std::vector<AreaId> areas;
  std::map<std::string, AreaId> municipalities;
  std::vector<Venue> venues;
  std::vector<Cards> cards;
};
TrueYear random_network(NetworkSize const& size, std::mt19937_64& random);
// The same network a year on.
TrueYear year_after(TrueYear const& before, NetworkSize const& size, std::mt19937_64& random);

// Exact counts of all declared cells of a year, late rows settled.
using Counts = std::map<domain::CellKey, domain::DeclaredCell>;
Counts use_counts(TrueYear const& year);
Counts card_counts(TrueYear const& year);
Counts earlier_year_counts(TrueYear const& year);
// What each venue, office and area can count by itself, beyond its own rows: months, quarters, and
// cards by home. `counts`: a share is no more than the cell.
std::vector<domain::Share> use_shares(TrueYear const& year, Counts const& counts);
std::vector<domain::Share> card_shares(TrueYear const& year, Counts const& counts);

// The runs of one year: three quarters and the settlement, each keeping to what was told before.
class YearOfRuns {
 public:
  YearOfRuns(domain::Linking linking, Counts const& counts, std::vector<domain::Share> shares,
             Counts const& year_before);
  // 1–3 a quarter, 4 the settlement. A table that cannot be protected is left out for good.
  void draw(int run);
  void draw_all() {
    for (int run = 1; run <= 4; ++run) draw(run);
  }
  // What has been told so far; cells not yet published among them.
  domain::DeclaredSet const& told() const { return set_; }
  Counts published() const;
  int tables_left_out() const { return tables_left_out_; }
  int open_refusals() const { return open_refusals_; }
  int audit_refusals() const { return audit_refusals_; }

 private:
  bool draw_once();

  domain::DeclaredSet set_;
  int tables_left_out_ = 0;
  int open_refusals_ = 0;
  int audit_refusals_ = 0;
};

}  // namespace kaiku::property
