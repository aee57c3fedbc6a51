#include "server/tables/true_counts.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

#include "server/ledger/entries.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/counted_use.hpp"

namespace kaiku::tables {
namespace {

struct Window {
  Day first;
  Day last;
  std::int64_t as_of;
};

Window window_of(int year, std::int64_t as_of) {
  return {day_from(year, 1, 1).value(), day_from(year, 12, 31).value(), as_of};
}

std::size_t month_of(Day day) { return civil_of(day).month - 1; }

AreaId area_at(sql::Statement const& row, int column) {
  return AreaId{std::string(row.text(column))};
}

// Rows of one kind by their first members, which are their key.
template <class Row, class... Key>
class Rows {
 public:
  Row& of(Key const&... key) {
    return rows_.try_emplace(std::tuple<Key...>(key...), Row{key...}).first->second;
  }
  // In order; without those of nothing but zeros.
  std::vector<Row> counted() const {
    std::vector<Row> out;
    for (auto const& [key, row] : rows_) {
      auto const empty = std::apply([](auto const&... part) { return Row{part...}; }, key);
      if (row != empty) out.push_back(row);
    }
    return out;
  }

 private:
  std::map<std::tuple<Key...>, Row> rows_;
};

// Which area a municipality belonged to, as far as the ledger said so at a sequence.
class Memberships {
 public:
  Memberships(ledger::ReadTx& tx, std::int64_t as_of) {
    auto query = tx.prepare(R"(
      SELECT code, area_id, from_day, IIF(ended_seq <= ?1, to_day, NULL)
      FROM municipality_member
      WHERE seq <= ?1
      ORDER BY code, seq DESC)");
    query.with(as_of);
    while (query.step()) {
      Span span{area_at(query, 1), Day{query.small(2)}, open_end};
      if (!query.is_null(3)) span.to = Day{query.small(3)};
      by_code_[std::string(query.text(0))].push_back(std::move(span));
    }
  }

  // "" where it belonged to none any more. Before it belonged to any, it is taken to have belonged
  // to its first: holders of earlier years are told of by areas that were entered later.
  AreaId area_on(std::string const& code, Day day) const {
    auto const found = by_code_.find(code);
    if (found == by_code_.end()) return {};
    auto const& spans = found->second;
    auto const is_of_day = [&](Span const& span) { return span.from <= day && day <= span.to; };
    auto const at = std::ranges::find_if(spans, is_of_day);
    if (at != spans.end()) return at->area;
    auto const* const first = first_of(spans);
    return first != nullptr && day < first->from ? first->area : AreaId{};
  }

  // The area that each belonged to on its last day in the window, and of areas that began after it,
  // those which they had first.
  std::vector<std::pair<std::string, AreaId>> last_areas(Window const& window,
                                                         std::set<AreaId> const& later) const {
    std::vector<std::pair<std::string, AreaId>> out;
    for (auto const& [code, spans] : by_code_) {
      std::optional<Day> last;
      for (auto const& span : spans) {
        auto const to = std::min(span.to, window.last);
        if (std::max(span.from, window.first) <= to) last = std::max(last.value_or(to), to);
      }
      auto const* const first = first_of(spans);
      if (last) {
        out.emplace_back(code, area_on(code, *last));
      } else if (first != nullptr && first->from > window.last && later.contains(first->area)) {
        out.emplace_back(code, first->area);
      }
    }
    return out;
  }

 private:
  static constexpr Day open_end{std::numeric_limits<std::int32_t>::max()};
  struct Span {
    AreaId area;
    Day from;
    Day to;
  };
  // The newest stand first; one that came and went on one day never was.
  static Span const* first_of(std::vector<Span> const& spans) {
    auto const was = [](Span const& span) { return span.from <= span.to; };
    auto const first = std::find_if(spans.rbegin(), spans.rend(), was);
    return first == spans.rend() ? nullptr : &*first;
  }
  std::map<std::string, std::vector<Span>> by_code_;  // the newest first
};

// What holds of a venue from a day on.
struct VenueVersion {
  Day from;
  AreaId area;
  std::string municipality;
  contract::Sector sector;
};

// Of each venue, the oldest first.
std::map<VenueId, std::vector<VenueVersion>> venue_versions(ledger::ReadTx& tx,
                                                            std::int64_t as_of) {
  auto query = tx.prepare(R"(
    SELECT venue_id, effective_from_us, area_id, municipality, sector
    FROM venue_version
    WHERE seq <= ?1
    ORDER BY venue_id, seq)");
  query.with(as_of);
  std::map<VenueId, std::vector<VenueVersion>> versions;
  while (query.step()) {
    versions[query.id<VenueId>(0)].push_back({helsinki_day(Instant{query.integer(1)}),
                                              area_at(query, 2), std::string(query.text(3)),
                                              static_cast<contract::Sector>(query.small(4))});
  }
  return versions;
}

constexpr char uses_of_venue_sql[] = R"(
    SELECT day, adult, child, assistant, interpreter, companion,
      )" KAIKU_UNDONE_AS_OF("?4") R"(,
      )" KAIKU_RECORDED_LATE R"(,
      lineage.lineage_id, lineage.kind, lineage.registered_on, lineage.office_id, lineage.area_id,
      lineage.home_at_registration
    FROM redemption INDEXED BY redemption_by_venue
    LEFT JOIN lineage USING (lineage_id)
    WHERE )" KAIKU_GIVEN_AS_OF("?4") R"( AND venue_id = ?1 AND day BETWEEN ?2 AND ?3 AND
      redemption_id <= ?4)";

struct Holder {
  std::int64_t lineage;
  Day registered_on;
  OfficeId office;
  AreaId area;
  std::string home;
};

struct Use {
  Day day;
  contract::Tickets tickets;
  bool is_undone;
  bool is_late;
  bool is_community;
  std::optional<Holder> holder;  // none: a card without a lineage

  int own_tickets() const { return tickets.adult + tickets.child; }
};

Use use_from(sql::Statement const& row) {
  Use use;
  use.day = Day{row.small(0)};
  use.tickets = {row.small(1), row.small(2), row.small(3), row.small(4), row.small(5)};
  use.is_undone = row.integer(6) != 0;
  use.is_late = row.integer(7) != 0;
  bool const has_holder = !row.is_null(8);
  use.is_community = has_holder && row.small(9) == static_cast<int>(contract::CardKind::community);
  if (has_holder) {
    use.holder = {row.integer(8), Day{row.small(10)}, row.id<OfficeId>(11), area_at(row, 12),
                  std::string(row.text(13))};
  }
  return use;
}

class YearCount {
 public:
  YearCount(ledger::ReadTx& tx, Window const& window)
      : tx_(tx), window_(window), members_(tx, window.as_of) {}

  YearCounts count() {
    count_registered();
    for (auto const& [venue, versions] : venue_versions(tx_, window_.as_of)) {
      count_uses(venue, versions);
    }
    auto const undone = undone_acts();
    count_holders_with(ledger::CardRenewed::kind, &BesideYear::renewed, undone);
    count_holders_with(ledger::CardReplaced::kind, &BesideYear::replaced, undone);
    return counted();
  }

  // The same of now, of sums by day, as far as they go.
  YearCounts count_sums() {
    count_card_days();
    count_use_days();
    return counted();
  }

  YearCounts count_sums_of(VenueId venue) {
    auto query = tx_.prepare(R"(
      SELECT day, venue_id, adult, child, community, assistant, interpreter, companion, undone
      FROM use_day INDEXED BY use_day_of_venue
      WHERE venue_id = ?1 AND day BETWEEN ?2 AND ?3)");
    query.with(venue, window_.first, window_.last);
    add_use_days(query);
    return counted();
  }

 private:
  YearCounts counted() const {
    return {venues_.counted(), cards_.counted(), beside_.counted(), flows_.counted()};
  }

  void count_card_days() {
    auto query = tx_.prepare(R"(
      SELECT day, office_id, area_id, home, registered, taken
      FROM card_day
      WHERE day BETWEEN ?1 AND ?2)");
    query.with(window_.first, window_.last);
    while (query.step()) {
      Holder const holder{0, Day{query.small(0)}, query.id<OfficeId>(1), area_at(query, 2),
                          std::string(query.text(3))};
      auto& cards = cards_of(holder);
      cards.registered.at(month_of(holder.registered_on)) += query.integer(4);
      cards.taken += query.integer(5);
    }
  }

  void count_use_days() {
    auto query = tx_.prepare(R"(
      SELECT day, venue_id, adult, child, community, assistant, interpreter, companion, undone
      FROM use_day
      WHERE day BETWEEN ?1 AND ?2)");
    query.with(window_.first, window_.last);
    add_use_days(query);
  }

  void add_use_days(sql::Statement& query) {
    std::map<VenueId, Places> places;
    auto const versions = venue_versions(tx_, window_.as_of);
    while (query.step()) {
      Day const day{query.small(0)};
      auto const venue = query.id<VenueId>(1);
      auto const [known, is_new] = places.try_emplace(venue);
      if (is_new) known->second = places_of(venue, versions.at(venue));
      auto const& place = place_on(known->second, day);
      place.own->adults.at(month_of(day)) += query.integer(2);
      place.own->children.at(month_of(day)) += query.integer(3);
      place.beside->community_uses += query.integer(4);
      place.beside->assistants += query.integer(5);
      place.beside->interpreters += query.integer(6);
      place.beside->companions += query.integer(7);
      place.beside->undone_tickets += query.integer(8);
    }
  }

  CardsYear& cards_of(Holder const& holder) {
    return cards_.of(holder.office, holder.area, holder.home,
                     members_.area_on(holder.home, holder.registered_on));
  }

  void count_registered() {
    auto query = tx_.prepare(R"(
      SELECT lineage_id, registered_on, office_id, area_id, home_at_registration, kind
      FROM lineage
      WHERE registered_on BETWEEN ?1 AND ?2 AND lineage_id <= ?3)");
    query.with(window_.first, window_.last, window_.as_of);
    while (query.step()) {
      Holder const holder{query.integer(0), Day{query.small(1)}, query.id<OfficeId>(2),
                          area_at(query, 3), std::string(query.text(4))};
      if (query.small(5) == static_cast<int>(contract::CardKind::community)) {
        ++beside_.of(holder.area).community_cards;
      } else {
        ++cards_of(holder).registered.at(month_of(holder.registered_on));
      }
    }
  }

  // Where the uses of a venue are counted while one of its versions holds.
  struct Place {
    VenueVersion const* version;
    VenueYear* own;
    BesideYear* beside;
  };
  using Places = std::vector<Place>;
  Places places_of(VenueId venue, std::vector<VenueVersion> const& versions) {
    Places places;
    for (auto const& version : versions) {
      places.push_back({&version,
                        &venues_.of(venue, version.area, version.municipality, version.sector),
                        &beside_.of(version.area)});
    }
    return places;
  }
  // The first version holds before it began too.
  static Place const& place_on(Places const& places, Day day) {
    auto const holds = [&](Place const& place) { return place.version->from <= day; };
    auto const newest = std::find_if(places.rbegin(), places.rend(), holds);
    return newest == places.rend() ? places.front() : *newest;
  }

  // A venue's uses of the year in one walk along its index.
  void count_uses(VenueId venue, std::vector<VenueVersion> const& versions) {
    auto const places = places_of(venue, versions);
    auto query = tx_.prepare(uses_of_venue_sql);
    query.with(venue, window_.first, window_.last, window_.as_of);
    while (query.step()) {
      auto const use = use_from(query);
      auto const& place = place_on(places, use.day);
      count_use(use, *place.own, *place.beside);
    }
  }

  void count_use(Use const& use, VenueYear& venue, BesideYear& beside) {
    if (use.is_undone) {
      if (!use.is_community) beside.undone_tickets += use.own_tickets();
      return;
    }
    beside.assistants += use.tickets.assistant;
    beside.interpreters += use.tickets.interpreter;
    beside.companions += use.tickets.companion;
    if (use.is_community) {
      beside.community_uses += use.own_tickets();
      return;
    }
    beside.all_tickets += use.own_tickets();
    if (use.is_late) beside.late_tickets += use.own_tickets();
    auto const month = month_of(use.day);
    venue.adults.at(month) += use.tickets.adult;
    venue.children.at(month) += use.tickets.child;
    auto const home_area =
        use.holder ? members_.area_on(use.holder->home, use.holder->registered_on) : AreaId{};
    flows_.of(home_area, venue.area).adults += use.tickets.adult;
    if (use.holder && use.own_tickets() > 0) count_person(*use.holder, use.day);
  }

  // A use of before the registration takes no card into use.
  void count_person(Holder const& holder, Day used_on) {
    if (used_on < holder.registered_on || !persons_.insert(holder.lineage).second) return;
    auto& cards = cards_of(holder);
    ++(holder.registered_on < window_.first ? cards.earlier_years : cards.taken);
  }

  // Renewals and replacements that were taken back: few, of whatever year.
  std::unordered_set<std::int64_t> undone_acts() {
    auto query = tx_.prepare(R"(
      SELECT seq
      FROM ledger INDEXED BY ledger_of_renewals
      WHERE kind IN (12, 13, 32, 33) AND kind IN (32, 33) AND seq <= ?1)");
    query.with(window_.as_of);
    std::unordered_set<std::int64_t> undone;
    while (query.step()) {
      auto const entry = ledger::public_entry_at(tx_, query.integer(0)).value();
      if (auto const* renewal = std::get_if<ledger::RenewalUndone>(&entry)) {
        undone.insert(renewal->renewal);
      } else if (auto const* one = std::get_if<ledger::ReplacementUndone>(&entry)) {
        undone.insert(one->replacement);
      }
    }
    return undone;
  }

  // By the area of the registration: only a card's own office renews and replaces it. The versions
  // that such an entry made lead to its cards, of which one at least has kept its lineage.
  void count_holders_with(int kind, std::int64_t BesideYear::*number,
                          std::unordered_set<std::int64_t> const& undone) {
    auto query = tx_.prepare(R"(
      SELECT ledger.seq, lineage.lineage_id, lineage.area_id
      FROM ledger INDEXED BY ledger_of_renewals
      JOIN card_version ON card_version.seq = ledger.seq
      JOIN card ON card.card_id = card_version.card_id
      JOIN lineage ON lineage.lineage_id = card.lineage_id AND lineage.lineage_id < ledger.seq
      WHERE ledger.kind IN (12, 13, 32, 33) AND ledger.kind = ?1 AND recorded_at_us >= ?2 AND
        recorded_at_us < ?3 AND ledger.seq <= ?4 AND lineage.kind = 0)");
    query.with(kind, start_of(window_.first), start_of(window_.last + 1), window_.as_of);
    std::unordered_set<std::int64_t> holders;
    while (query.step()) {
      if (undone.contains(query.integer(0)) || !holders.insert(query.integer(1)).second) continue;
      ++(beside_.of(area_at(query, 2)).*number);
    }
  }

  ledger::ReadTx& tx_;
  Window window_;
  Memberships members_;
  Rows<VenueYear, VenueId, AreaId, std::string, contract::Sector> venues_;
  Rows<CardsYear, OfficeId, AreaId, std::string, AreaId> cards_;
  Rows<BesideYear, AreaId> beside_;
  Rows<FlowYear, AreaId, AreaId> flows_;
  std::unordered_set<std::int64_t> persons_;  // whom one of the uses so far has counted
};

// Whether an area has anything of the year: a venue's first version holds before it began too.
bool has_records(ledger::ReadTx& tx, AreaId const& area, Window const& window) {
  auto query = tx.prepare(R"(
    SELECT EXISTS (SELECT 1 FROM lineage
        WHERE registered_on BETWEEN ?2 AND ?3 AND lineage_id <= ?4 AND area_id = ?1) OR
      EXISTS (SELECT 1 FROM venue_version
        CROSS JOIN redemption INDEXED BY redemption_by_venue USING (venue_id)
        WHERE area_id = ?1 AND seq <= ?4 AND day BETWEEN ?2 AND ?3 AND redemption_id <= ?4))");
  query.with(area, window.first, window.last, window.as_of);
  query.step();
  return query.integer(0) != 0;
}

}  // namespace

YearCounts count_year(ledger::ReadTx& tx, int year, std::int64_t as_of) {
  return YearCount(tx, window_of(year, as_of)).count();
}

YearCounts sum_year(ledger::ReadTx& tx, int year) {
  return YearCount(tx, window_of(year, ledger::last_sequence(tx))).count_sums();
}

YearCounts sum_year_of_venue(ledger::ReadTx& tx, int year, VenueId venue) {
  return YearCount(tx, window_of(year, ledger::last_sequence(tx))).count_sums_of(venue);
}

NetworkYear network_of_year(ledger::ReadTx& tx, int year, std::int64_t as_of) {
  auto const window = window_of(year, as_of);
  NetworkYear network;
  auto query = tx.prepare(R"(
    SELECT area_id, effective_from_us, MIN(seq)
    FROM area_version
    GROUP BY area_id
    HAVING MIN(seq) <= ?1
    ORDER BY area_id)");
  query.with(as_of);
  std::set<AreaId> later;
  while (query.step()) {
    auto area = area_at(query, 0);
    bool const began = helsinki_day(Instant{query.integer(1)}) <= window.last;
    if (!began && !has_records(tx, area, window)) continue;
    if (!began) later.insert(area);
    network.areas.push_back(std::move(area));
  }
  network.municipalities = Memberships(tx, as_of).last_areas(window, later);
  return network;
}

std::optional<int> first_year(ledger::ReadTx& tx) {
  auto query = tx.prepare(R"(
    SELECT MIN(day)
    FROM (
      SELECT MIN(registered_on) AS day FROM lineage
      UNION ALL
      SELECT (SELECT day FROM redemption INDEXED BY redemption_by_venue
        WHERE redemption.venue_id = venue.venue_id AND )" KAIKU_COUNTED_NOW R"(
        ORDER BY day LIMIT 1)
      FROM venue))");
  query.step();
  if (query.is_null(0)) return std::nullopt;
  return civil_of(Day{query.small(0)}).year;
}

}  // namespace kaiku::tables
