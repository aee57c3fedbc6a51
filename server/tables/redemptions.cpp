#include "server/tables/redemptions.hpp"

#include "schema/contract/limit_days.hpp"
#include "server/tables/counted_use.hpp"
#include "server/tables/ticket_columns.hpp"

namespace kaiku::tables {
namespace {

// The columns that redemption_from reads. A caller keeps the text: its address is the statement's
// key.
std::string select_redemption(std::string_view rest) {
  return R"(
    SELECT redemption_id, lineage_id, card_id, venue_id, event_id, kind, day, occurred_at_us,
      )" KAIKU_TICKET_COLUMNS R"(, answer, verdict, actor, body_mac,
      undone_seq, accepted_seq, attempt_hash
    FROM redemption )" +
         std::string(rest);
}

Redemption redemption_from(sql::Statement const& row) {
  Redemption use;
  use.id = row.id<RedemptionId>(0);
  if (!row.is_null(1)) use.lineage = row.id<LineageId>(1);
  if (!row.is_null(2)) use.card = row.id<CardId>(2);
  use.venue = row.id<VenueId>(3);
  if (!row.is_null(4)) use.event = row.id<EventId>(4);
  use.use_kind = static_cast<contract::UseKind>(row.small(5));
  use.day = Day{row.small(6)};
  use.occurred_at = {row.integer(7)};
  use.tickets = tickets_from(row, 8);
  use.answer = static_cast<contract::Answer>(row.small(13));
  if (!row.is_null(14)) use.verdict = std::string(row.text(14));
  use.actor = domain::Actor::unpack(row.integer(15));
  use.body_mac = row.fixed<32>(16);
  use.undone_seq = row.maybe_integer(17);
  use.accepted_seq = row.maybe_integer(18);
  if (!row.is_null(19)) use.attempt_hash = row.fixed<sizeof(contract::AttemptHash)>(19);
  return use;
}

int adults_in_limit(ledger::ReadTx& tx, UseQuestion const& question) {
  auto const days =
      contract::days_of_limit(question.limit->period, question.day, question.valid_from);
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult), 0)
    FROM redemption
    WHERE lineage_id = ?1 AND venue_id = ?2 AND day BETWEEN ?3 AND ?4 AND event_id IS ?5
      AND )" KAIKU_COUNTED_NOW);
  query.with(question.lineage, question.venue, days.first, days.last, question.event);
  query.step();
  return query.small(0);
}

}  // namespace

std::optional<Redemption> find_redemption(ledger::ReadTx& tx, RedemptionId id) {
  static std::string const sql = select_redemption("WHERE redemption_id = ?1");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return redemption_from(query);
}

std::optional<Redemption> find_redemption(ledger::ReadTx& tx, domain::Actor const& actor,
                                          std::string_view key) {
  static std::string const sql = select_redemption("WHERE actor = ?1 AND idempotency_key = ?2");
  auto query = tx.prepare(sql);
  query.with(actor.packed(), key);
  if (!query.step()) return std::nullopt;
  return redemption_from(query);
}

std::optional<Instant> recorded_at_of(ledger::ReadTx& tx, std::int64_t sequence) {
  auto query = tx.prepare("SELECT recorded_at_us FROM ledger WHERE seq = ?1");
  query.with(sequence);
  if (!query.step()) return std::nullopt;
  return Instant{query.integer(0)};
}

contract::EarlierUses earlier_uses(ledger::ReadTx& tx, UseQuestion const& question) {
  contract::EarlierUses uses;
  if (question.event) uses.quota_used = static_cast<int>(places_used(tx, *question.event));
  // At an event every day counts; without one, this day alone.
  Day const from = question.event ? Day{0} : question.day;
  Day const to = question.event ? Day{INT32_MAX} : question.day;
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult), 0), COALESCE(SUM(child), 0), COALESCE(SUM(CASE WHEN day = ?6
      THEN adult END), 0), MAX(CASE WHEN adult > 0 THEN occurred_at_us END)
    FROM redemption
    WHERE lineage_id = ?1 AND venue_id = ?2 AND day BETWEEN ?3 AND ?4 AND event_id IS ?5
      AND )" KAIKU_COUNTED_NOW);
  query.with(question.lineage, question.venue, from, to, question.event, question.day);
  query.step();
  uses.adults_here = query.small(0);
  uses.children_here = query.small(1);
  uses.adult_today_here = query.integer(2) > 0;
  if (!query.is_null(3)) uses.last_here = Instant{query.integer(3)};
  if (question.limit) uses.uses_in_limit_period = adults_in_limit(tx, question);
  return uses;
}

std::int64_t acts_of_day(ledger::ReadTx& tx, LineageId lineage, Day day) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM redemption
    WHERE lineage_id = ?1 AND day = ?2 AND )" KAIKU_COUNTED_NOW);
  query.with(lineage, day);
  query.step();
  return query.integer(0);
}

std::int64_t places_used(ledger::ReadTx& tx, EventId event) {
  auto query = tx.prepare("SELECT counted FROM event_use WHERE event_id = ?1");
  query.with(event);
  return query.step() ? query.integer(0) : 0;
}

std::vector<Redemption> redemptions_of_day(ledger::ReadTx& tx, VenueId venue, Day day, int limit,
                                           std::optional<RedemptionId> before) {
  static std::string const sql = select_redemption(R"(
    WHERE venue_id = ?1 AND day = ?2 AND (?4 IS NULL OR redemption_id < ?4)
    ORDER BY redemption_id DESC LIMIT ?3)");
  auto query = tx.prepare(sql);
  query.with(venue, day, limit, before);
  std::vector<Redemption> uses;
  while (query.step()) uses.push_back(redemption_from(query));
  return uses;
}

std::vector<Redemption> paper_uses(ledger::ReadTx& tx, VenueId venue, Day day,
                                   std::optional<EventId> event) {
  static std::string const sql = select_redemption(R"(
    WHERE venue_id = ?1 AND day = ?2 AND event_id IS ?3 AND on_paper = 1
    ORDER BY redemption_id DESC)");
  auto query = tx.prepare(sql);
  query.with(venue, day, event);
  std::vector<Redemption> uses;
  while (query.step()) uses.push_back(redemption_from(query));
  return uses;
}

DayCount count_of_day(ledger::ReadTx& tx, VenueId venue, Day day) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(adult + child + assistant + interpreter + companion), 0),
      COALESCE(SUM(child), 0)
    FROM redemption
    WHERE venue_id = ?1 AND day = ?2 AND )" KAIKU_COUNTED_NOW);
  query.with(venue, day);
  query.step();
  return {query.integer(0), query.integer(1)};
}

}  // namespace kaiku::tables
