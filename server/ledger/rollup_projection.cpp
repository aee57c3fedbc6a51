#include "server/ledger/rollup_projection.hpp"

#include <utility>

#include "server/domain/plausibility.hpp"

namespace kaiku::ledger {
namespace {

struct FirstUse {
  Day day;
  std::int64_t redemption = 0;
  auto operator<=>(FirstUse const&) const = default;
};

// What `card_day` needs of a holder.
struct Holder {
  Day registered_on;
  bool is_person = false;
};

std::optional<Holder> holder_of(sql::Connection& db, std::int64_t lineage) {
  auto query = db.prepare("SELECT registered_on, kind FROM lineage WHERE lineage_id = ?1");
  if (!query.with(lineage).step()) return std::nullopt;
  return Holder{Day{query.small(0)},
                query.small(1) == static_cast<int>(contract::CardKind::personal)};
}

std::optional<FirstUse> first_use_of(sql::Connection& db, std::int64_t lineage) {
  auto query = db.prepare("SELECT day, redemption_id FROM first_use WHERE lineage_id = ?1");
  if (!query.with(lineage).step()) return std::nullopt;
  return FirstUse{Day{query.small(0)}, query.integer(1)};
}

// `registered` and `taken`: by how much they move.
void move_cards(sql::Connection& db, std::int64_t lineage, int registered, int taken) {
  db.prepare(R"(
      INSERT INTO card_day (day, area_id, office_id, home, registered, taken)
      SELECT registered_on, area_id, office_id, home_at_registration, ?2, ?3
      FROM lineage
      WHERE lineage_id = ?1
      ON CONFLICT (day, area_id, office_id, home)
      DO UPDATE SET registered = registered + ?2, taken = taken + ?3)")
      .with(lineage, registered, taken)
      .run();
}

// In the year of the registration.
bool takes_into_use(Holder const& holder, std::optional<FirstUse> const& use) {
  return use && civil_of(use->day).year == civil_of(holder.registered_on).year;
}

void put_first_use(sql::Connection& db, std::int64_t lineage, Holder const& holder,
                   std::optional<FirstUse> const& before, std::optional<FirstUse> const& now) {
  if (now) {
    db.prepare(R"(
        INSERT INTO first_use (lineage_id, day, redemption_id)
        VALUES (?1, ?2, ?3)
        ON CONFLICT (lineage_id)
        DO UPDATE SET day = ?2, redemption_id = ?3)")
        .with(lineage, now->day, now->redemption)
        .run();
  } else {
    db.prepare("DELETE FROM first_use WHERE lineage_id = ?1").with(lineage).run();
  }
  int const change =
      (takes_into_use(holder, now) ? 1 : 0) - (takes_into_use(holder, before) ? 1 : 0);
  if (change != 0) move_cards(db, lineage, 0, change);
}

void note_person(sql::Connection& db, CountedUse const& use) {
  bool const is_of_person = use.lineage && !use.of_community;
  if (!is_of_person || use.tickets.adult + use.tickets.child == 0) return;
  FirstUse const fresh{use.day, use.redemption};
  auto const before = first_use_of(db, *use.lineage);
  if (before && *before < fresh) return;  // nearly always
  auto const holder = holder_of(db, *use.lineage);
  if (!holder || !holder->is_person || use.day < holder->registered_on) return;
  put_first_use(db, *use.lineage, *holder, before, fresh);
}

// The earliest use that counts, by the rows of now.
std::optional<FirstUse> next_first_use(sql::Connection& db, std::int64_t lineage,
                                       Day registered_on) {
  auto query = db.prepare(R"(
    SELECT day, redemption_id, verdict, accepted_seq
    FROM redemption
    WHERE lineage_id = ?1 AND day >= ?2 AND undone_seq IS NULL AND adult + child > 0
    ORDER BY day, redemption_id)");
  query.with(lineage, registered_on);
  while (query.step()) {
    bool const waits = !query.is_null(2) && domain::waits(query.text(2)) && query.is_null(3);
    if (!waits) return FirstUse{Day{query.small(0)}, query.integer(1)};
  }
  return std::nullopt;
}

struct StoredUse {
  CountedUse use;
  bool has_waited = false;  // until somebody ruled on it
  bool waits = false;
  bool is_undone = false;
};

std::optional<StoredUse> stored_use(sql::Connection& db, RedemptionId redemption) {
  auto query = db.prepare(R"(
    SELECT lineage_id, venue_id, day, adult, child, assistant, interpreter, companion, verdict,
      accepted_seq, undone_seq,
      (SELECT kind FROM lineage WHERE lineage.lineage_id = redemption.lineage_id)
    FROM redemption
    WHERE redemption_id = ?1)");
  if (!query.with(redemption).step()) return std::nullopt;
  StoredUse stored;
  stored.use = {redemption.value,
                query.maybe_integer(0),
                !query.is_null(11) && query.integer(11) != 0,
                VenueId{query.integer(1)},
                Day{query.small(2)},
                {query.small(3), query.small(4), query.small(5), query.small(6), query.small(7)}};
  stored.has_waited = !query.is_null(8) && domain::waits(query.text(8));
  stored.waits = stored.has_waited && query.is_null(9);
  stored.is_undone = !query.is_null(10);
  return stored;
}

// `sign`: 1 as it comes, -1 as it goes.
void move_uses(sql::Connection& db, CountedUse const& use, int sign, int undone) {
  auto const& tickets = use.tickets;
  auto const own = [&](int count) { return use.of_community ? 0 : sign * count; };
  int const community = use.of_community ? sign * (tickets.adult + tickets.child) : 0;
  db.prepare(R"(
      INSERT INTO use_day (day, venue_id, adult, child, community, assistant, interpreter,
        companion, undone)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (day, venue_id)
      DO UPDATE SET adult = adult + ?3, child = child + ?4, community = community + ?5,
        assistant = assistant + ?6, interpreter = interpreter + ?7, companion = companion + ?8,
        undone = undone + ?9)")
      .with(use.day, use.venue, own(tickets.adult), own(tickets.child), community,
            sign * tickets.assistant, sign * tickets.interpreter, sign * tickets.companion, undone)
      .run();
}

int undone_tickets(CountedUse const& use) {
  return use.of_community ? 0 : use.tickets.adult + use.tickets.child;
}

}  // namespace

void count_use(sql::Connection& db, CountedUse const& use) {
  move_uses(db, use, 1, 0);
  note_person(db, use);
}

void take_use_back(sql::Connection& db, RedemptionId redemption) {
  auto const stored = stored_use(db, redemption);
  if (!stored || stored->waits) return;
  auto const& use = stored->use;
  move_uses(db, use, -1, undone_tickets(use));
  if (!use.lineage) return;
  auto const before = first_use_of(db, *use.lineage);
  if (!before || before->redemption != redemption.value) return;
  if (auto const holder = holder_of(db, *use.lineage)) {
    auto const now = next_first_use(db, *use.lineage, holder->registered_on);
    put_first_use(db, *use.lineage, *holder, before, now);
  }
}

void count_accepted_use(sql::Connection& db, RedemptionId redemption) {
  auto const stored = stored_use(db, redemption);
  if (!stored || !stored->has_waited) return;  // else it counts already
  if (stored->is_undone) {
    move_uses(db, stored->use, 0, undone_tickets(stored->use));
  } else {
    count_use(db, stored->use);
  }
}

void count_registration(sql::Connection& db, std::int64_t lineage) {
  move_cards(db, lineage, 1, 0);
}

void forget_registration(sql::Connection& db, std::int64_t lineage) {
  auto const holder = holder_of(db, lineage);
  if (!holder || !holder->is_person) return;
  bool const was_taken = takes_into_use(*holder, first_use_of(db, lineage));
  move_cards(db, lineage, -1, was_taken ? -1 : 0);
  // A replay would leave a row of nought where a migration, which adds up what is there, has none.
  db.prepare(R"(
      DELETE FROM card_day
      WHERE registered = 0 AND (day, area_id, office_id, home) = (
        SELECT registered_on, area_id, office_id, home_at_registration
        FROM lineage
        WHERE lineage_id = ?1))")
      .with(lineage)
      .run();
  db.prepare("DELETE FROM first_use WHERE lineage_id = ?1").with(lineage).run();
}

}  // namespace kaiku::ledger
