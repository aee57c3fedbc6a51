#include "server/tables/judged_uses.hpp"

#include <algorithm>
#include <array>

#include "server/domain/plausibility.hpp"
#include "server/tables/counted_use.hpp"
#include "server/tables/ticket_columns.hpp"

namespace kaiku::tables {
namespace {

// The columns that judged_from reads. A caller keeps the text: its address is the statement's key.
// INDEXED BY: a list by redemption_id would else walk over all uses, of which few were judged.
std::string select_judged(std::string_view rest) {
  return R"(
    SELECT redemption_id, venue_id, event_id, redemption.actor, occurred_at_us, recorded_at_us,
      )" KAIKU_TICKET_COLUMNS R"(, answer, verdict, undone_seq,
      accepted_seq, rejected_seq
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
  use.tickets = tickets_from(row, 6);
  use.answer = static_cast<contract::Answer>(row.small(11));
  use.verdict = row.text(12);
  use.undone = !row.is_null(13);
  if (!row.is_null(14)) {
    use.standing = Standing::accepted;
  } else if (!row.is_null(15)) {
    use.standing = Standing::rejected;
  } else if (domain::waits(use.verdict)) {
    use.standing = Standing::waiting;
  }
  return use;
}

// The word of a row's standing (see judged_from).
#define KAIKU_STANDING                                                                     \
  "CASE WHEN accepted_seq IS NOT NULL THEN 'accepted' WHEN rejected_seq IS NOT NULL THEN " \
  "'rejected' WHEN " KAIKU_WAITING_VERDICT " THEN 'waiting' ELSE 'counted' END"

// The uses of a question, as bind_question binds it; of any standing.
#define KAIKU_ASKED_USES                                                \
  "(?1 IS NULL OR area_id = ?1) AND (?2 IS NULL OR venue_id = ?2) AND " \
  "(?3 IS NULL OR verdict = ?3) AND (?4 OR verdict <> 'fine') AND "     \
  "(?5 IS NULL OR day >= ?5) AND (?6 IS NULL OR day <= ?6)"

template <class... More>
void bind_question(sql::Statement& query, JudgedQuestion const& question, More const&... more) {
  std::optional<std::string_view> verdict;
  if (question.verdict) verdict = *question.verdict;
  query.with(question.area, question.venue, verdict, question.with_fine, question.from, question.to,
             more...);
}

constexpr std::array<std::string_view, 4> standing_words{"counted", "waiting", "accepted",
                                                         "rejected"};

}  // namespace

std::string_view word_of(Standing standing) {
  return standing_words[static_cast<std::size_t>(standing)];
}

std::optional<Standing> standing_from(std::string_view word) {
  auto const found = std::ranges::find(standing_words, word);
  if (found == standing_words.end()) return std::nullopt;
  return static_cast<Standing>(found - standing_words.begin());
}

std::optional<JudgedUse> find_judged_use(ledger::ReadTx& tx, RedemptionId id) {
  static std::string const sql = select_judged("redemption_id = ?1");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return judged_from(query);
}

std::vector<JudgedUse> list_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question,
                                        Page page) {
  static std::string const sql = select_judged(R"(
    redemption_id > ?1 AND (?2 IS NULL OR area_id = ?2) AND (?3
      IS NULL OR venue_id = ?3) AND (?4 IS NULL OR verdict = ?4) AND (?5 IS NULL OR day >= ?5)
      AND (?6 IS NULL OR day <= ?6) AND (?8 IS NULL OR ?8 = )" KAIKU_STANDING
                                               R"() AND (?8 IS NOT 'waiting' OR undone_seq IS NULL)
    ORDER BY redemption_id LIMIT ?7)");
  auto query = tx.prepare(sql);
  std::optional<std::string_view> verdict;
  if (question.verdict) verdict = *question.verdict;
  std::optional<std::string_view> standing;
  if (question.standing) standing = word_of(*question.standing);
  query.with(page.after, question.area, question.venue, verdict, question.from, question.to,
             page.limit, standing);
  std::vector<JudgedUse> uses;
  while (query.step()) uses.push_back(judged_from(query));
  return uses;
}

std::vector<JudgedUse> newest_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question,
                                          std::optional<RedemptionId> before, int limit) {
  static std::string const sql = select_judged(KAIKU_ASKED_USES R"(
    AND (?7 IS NULL OR (occurred_at_us, redemption_id) <
      (SELECT occurred_at_us, redemption_id FROM redemption WHERE redemption_id = ?7))
    ORDER BY occurred_at_us DESC, redemption_id DESC LIMIT ?8)");
  auto query = tx.prepare(sql);
  bind_question(query, question, before, limit);
  std::vector<JudgedUse> uses;
  while (query.step()) uses.push_back(judged_from(query));
  return uses;
}

std::vector<VenueId> venues_of_judged_uses(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto query = tx.prepare(R"(
    SELECT DISTINCT venue_id
    FROM redemption INDEXED BY redemption_judged
    JOIN venue USING (venue_id)
    WHERE verdict IS NOT NULL AND (?1 IS NULL OR area_id = ?1)
    ORDER BY venue_id)");
  query.with(area);
  std::vector<VenueId> venues;
  while (query.step()) venues.push_back(query.id<VenueId>(0));
  return venues;
}

std::vector<VerdictCount> count_judged_uses(ledger::ReadTx& tx, JudgedQuestion const& question) {
  auto query = tx.prepare(R"(
    SELECT verdict, COUNT(*)
    FROM redemption INDEXED BY redemption_judged
    JOIN venue USING (venue_id)
    WHERE verdict IS NOT NULL AND )" KAIKU_ASKED_USES R"( AND (?7 IS NULL OR
      (undone_seq IS NULL AND ?7 = )" KAIKU_STANDING R"())
    GROUP BY verdict
    ORDER BY COUNT(*) DESC, verdict)");
  std::optional<std::string_view> standing;
  if (question.standing) standing = word_of(*question.standing);
  bind_question(query, question, standing);
  std::vector<VerdictCount> counts;
  while (query.step()) counts.push_back({std::string(query.text(0)), query.integer(1)});
  return counts;
}

// The condition as in the index, word for word.
std::int64_t count_waiting_uses(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM redemption INDEXED BY redemption_waiting
    JOIN venue USING (venue_id)
    WHERE )" KAIKU_WAITING_VERDICT R"( AND accepted_seq IS NULL AND rejected_seq IS NULL AND
      undone_seq IS NULL AND (?1 IS NULL OR area_id = ?1))");
  query.with(area);
  query.step();
  return query.integer(0);
}

}  // namespace kaiku::tables
