#include "server/tables/judged_uses.hpp"

namespace kaiku::tables {
namespace {

// The columns that judged_from reads. A caller keeps the text: its address is the statement's key.
// INDEXED BY: a list by redemption_id would else walk over all uses, of which few were judged.
std::string select_judged(std::string_view rest) {
  return R"(
    SELECT redemption_id, venue_id, event_id, redemption.actor, occurred_at_us, recorded_at_us,
      adult, child, assistant, interpreter, companion, answer, verdict, undone_seq
    FROM redemption INDEXED BY redemption_judged
    JOIN venue USING (venue_id)
    JOIN ledger ON ledger.seq = redemption_id
    WHERE verdict IS NOT NULL AND )" +
         std::string(rest);
}

JudgedUse judged_from(sql::Statement const& row) {
  JudgedUse use;
  use.id = row.id<RedemptionId>(0);
  use.venue = row.id<VenueId>(1);
  if (!row.is_null(2)) use.event = row.id<EventId>(2);
  use.actor = domain::Actor::unpack(row.integer(3));
  use.occurred_at = {row.integer(4)};
  use.recorded_at = {row.integer(5)};
  use.tickets = {row.small(6), row.small(7), row.small(8), row.small(9), row.small(10)};
  use.answer = static_cast<contract::Answer>(row.small(11));
  use.verdict = row.text(12);
  use.undone = !row.is_null(13);
  return use;
}

}  // namespace

std::vector<JudgedUse> list_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question,
                                        Page page) {
  static std::string const sql = select_judged(R"(
    redemption_id > ?1 AND (?2 IS NULL OR area_id = ?2) AND (?3
      IS NULL OR venue_id = ?3) AND (?4 IS NULL OR verdict = ?4) AND (?5 IS NULL OR day >= ?5)
      AND (?6 IS NULL OR day <= ?6)
    ORDER BY redemption_id LIMIT ?7)");
  auto query = tx.prepare(sql);
  std::optional<std::string_view> verdict;
  if (question.verdict) verdict = *question.verdict;
  query.with(page.after, question.area, question.venue, verdict, question.from, question.to,
             page.limit);
  std::vector<JudgedUse> uses;
  while (query.step()) uses.push_back(judged_from(query));
  return uses;
}

std::vector<JudgedUse> newest_judged_uses(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                          int limit) {
  static std::string const sql = select_judged(R"(
    (?1 IS NULL OR area_id = ?1)
    ORDER BY redemption_id DESC LIMIT ?2)");
  auto query = tx.prepare(sql);
  query.with(area, limit);
  std::vector<JudgedUse> uses;
  while (query.step()) uses.push_back(judged_from(query));
  return uses;
}

}  // namespace kaiku::tables
