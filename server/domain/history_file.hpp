// Two files of an area's earlier years, cards and their uses: read, and held to what has to be true
// of them. Their card_id joins the two and is nowhere afterwards.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/time.hpp"

namespace kaiku::domain {

enum class HistoryTable : std::uint8_t { cards, uses };

// Says where and why, and nothing of what stood there: that may be about a person.
struct HistoryFault {
  HistoryTable table = HistoryTable::cards;
  std::int64_t line = 0;  // 1 is the first
  std::string_view column;
  std::string_view reason;
};
class HistoryFaults {
 public:
  static constexpr std::size_t most_kept = 1000;
  void add(HistoryFault const& fault);
  std::vector<HistoryFault> const& kept() const { return kept_; }
  std::int64_t in_all() const { return in_all_; }

 private:
  std::vector<HistoryFault> kept_;
  std::int64_t in_all_ = 0;
};

// Id 0: it is not there yet, and the load makes it.
struct HistoryOffice {
  OfficeId id;
  std::string name;
  std::string municipality = {};
};
struct HistoryVenue {
  struct Since {
    Day day;
    contract::Sector sector;
  };
  VenueId id;
  std::string name;
  std::vector<Since> sectors;  // the oldest first, which holds for the days before it too
  std::string municipality = {};
  contract::Sector sector_on(Day day) const;
};
// What the rows are held against.
struct HistoryPlaces {
  std::vector<HistoryOffice> offices;  // of the area
  std::vector<HistoryVenue> venues;    // of the area, also closed ones
  std::vector<std::string> own_municipalities;
  std::set<std::string, std::less<>> municipalities;  // of the whole network
  std::set<int> settled_years;                        // their figures are told
  Day today;
  bool may_create = false;  // offices and venues of the area that are not there
};

inline constexpr int children_unknown = -1;
struct HistoryCard {
  Day registered_on;
  std::uint32_t office = 0;  // of History::offices
  std::string municipality;
  int birth_year = 0;    // 0: not known
  std::string postcode;  // empty: not known
  int children = children_unknown;
};
struct HistoryUse {
  std::uint32_t card = 0;   // of History::cards
  std::uint32_t venue = 0;  // of History::venues
  Day used_on;
  Day recorded_on;
  std::uint8_t adults = 0;
  std::uint8_t children = 0;
};
struct History {
  std::vector<HistoryOffice> offices;  // those of the area, then those to be made
  std::vector<HistoryVenue> venues;
  std::vector<HistoryCard> cards;  // both in the order of their files
  std::vector<HistoryUse> uses;
  HistoryFaults faults;    // with any, nothing of it is to be used
  HistoryFaults warnings;  // used before the card was registered: it counts as a use
};

struct HistoryTexts {
  std::string_view cards;
  std::string_view uses;
};
// Header rows name the columns in any order, and more columns than are read. The uses may have one
// more, `municipality`, which says where a venue that has to be made is.
History read_history(HistoryTexts const& texts, HistoryPlaces places);

}  // namespace kaiku::domain
