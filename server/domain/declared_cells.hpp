// The cells of the linked tables that are published, and what a run says of each.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "schema/values/ids.hpp"

namespace kaiku::domain {

// A place by the number of a cell, an equation or a contributor.
constexpr std::size_t index(int number) { return static_cast<std::size_t>(number); }

// In the order in which cells are numbered: nothing is decided by chance, ties go by number.
enum class Table : std::uint8_t {
  cards_network,
  uses_network,
  cards_area,
  uses_area,
  uses_municipality,
  uses_venue,
  cards_home,
  cards_office,
  beside,
  judged,
  community,
  background,
  flows,
  venue_months,
  cohort,
};

// A part of the year; `number` of a quarter is 1–4, of a month 1–12. What was recorded for a
// quarter after its close is a period of its own.
struct Period {
  enum class Kind : std::uint8_t { year, quarter, late, month };
  Kind kind = Kind::year;
  int number = 0;
  auto operator<=>(Period const&) const = default;
};

// `part` and `whole`: tables of one level.
enum class Measure : std::uint8_t {
  registered,
  taken,
  not_taken,
  earlier_years,
  adults,
  children,
  part,
  whole,
};

// Rows below the network name their area; a venue or office that changed its area, municipality or
// sector within the year has a row for each. The area of a home is that of the home municipality.
struct CellKey {
  Table table = Table::uses_network;
  Period period = {};
  AreaId area = {};               // none: the network
  std::string municipality = {};  // of the venue, or the home
  VenueId venue = {};
  OfficeId office = {};
  Measure measure = Measure::adults;
  std::optional<contract::Sector> sector = {};
  std::string label = {};  // of a part: an age band, a verdict
  auto operator<=>(CellKey const&) const = default;
};
struct CellKeyHash {
  std::size_t operator()(CellKey const& key) const noexcept;
};
bool is_network(CellKey const& key);
bool is_home(CellKey const& key);
bool is_late(CellKey const& key);
// Told to everybody; other cells are told to those in charge.
bool is_open(CellKey const& key);
// The cells that a figure is part of by its key alone: municipality, area, sector and network of a
// venue's; area and network of an office's; the network's of an area's.
std::vector<CellKey> cells_that_hold(CellKey const& key);

// `…` is Sign::complementary: withheld for another cell's sake, and may be anything.
enum class Sign : std::uint8_t { shown, small, complementary };
struct Decision {
  Sign sign = Sign::shown;
  bool any_count = false;  // its reader cannot even tell that it is not below five
  bool operator==(Decision const&) const = default;
};

struct Bounds {
  std::int64_t lowest;
  std::int64_t highest;
  bool operator==(Bounds const&) const = default;
};
inline constexpr std::int64_t no_limit = std::int64_t{1} << 40;
inline constexpr std::int64_t threshold = 5;
inline bool counts_few(std::int64_t count) { return count >= 1 && count < threshold; }

enum class Publication : std::uint8_t {
  now,    // by this run
  told,   // by an earlier one
  later,  // its period is not over: its count is not looked at
  never,  // its table was left out of a run
};

struct DeclaredCell {
  CellKey key;
  std::int64_t count = 0;
  Publication publication = Publication::now;
  Decision told = {};         // to all roles in charge, when publication is `told`
  Decision told_openly = {};  // the same for open tables
  // As the last settled edition of the year before shows it.
  std::optional<std::int64_t> last_settled = {};
  // What figures in tens have told. A quarter: [Σ, Σ + 27] over its months.
  std::optional<Bounds> running = {};
  // A late row that no quarter could take up; see restatement.hpp.
  bool late_withheld = false;
  // Of a cell that an edition moved: what was known of it moves with it.
  std::optional<Bounds> known_before = {};
  // As earlier editions of the same year gave it.
  std::vector<std::int64_t> earlier_counts = {};
};
// By this run or an earlier one.
bool is_published(DeclaredCell const& cell);

// What a venue, an office or an area counts by itself: exactly one is named.
struct Contributor {
  AreaId area = {};
  VenueId venue = {};
  OfficeId office = {};
  auto operator<=>(Contributor const&) const = default;
  // In the place of a contributor's number.
  static constexpr int nobody = -1;
};
// Of one cell, as of the run that tells it. Shares that follow from keys are known without being
// named.
struct Share {
  Contributor contributor;
  CellKey cell;
  std::int64_t count = 0;
};

// Which equations hold among the cells of a set. `one_level`: parts and one whole; `background`:
// registered cards by a band, of areas (parts with an area), of the network (parts without) and in
// all (wholes).
enum class Linking : std::uint8_t { uses, cards, earlier_years, one_level, background };
struct DeclaredSet {
  Linking linking = Linking::uses;
  std::vector<DeclaredCell> cells;
  std::vector<Share> shares = {};
};

// Those in charge see all tables, everybody the open ones.
enum class Audience : std::uint8_t { in_charge, everybody };
// By the cell's number.
struct Signs {
  std::vector<Decision> in_charge;
  std::vector<Decision> openly;
};

// Within which its reader knows the count of a cell with this decision to lie. Figures in tens of
// areas are told to those in charge alone.
Bounds bounds_of(DeclaredCell const& cell, Decision decision, Audience audience);

// Whether the cell's count is one that nobody may find: 1–4, or a change that no quarter took up.
// An edition keeps what an earlier one withheld.
bool is_sensitive(DeclaredCell const& cell);

}  // namespace kaiku::domain
