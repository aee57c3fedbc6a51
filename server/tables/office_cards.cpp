#include "server/tables/office_cards.hpp"

#include "server/tables/card_rows.hpp"

namespace kaiku::tables {
namespace {

std::vector<Card> all_of(sql::Statement& query) {
  std::vector<Card> cards;
  while (query.step()) cards.push_back(card_from(query));
  return cards;
}

std::optional<Day> day_of(std::optional<CardListPlace> const& after) {
  return after ? std::optional(after->last_valid) : std::nullopt;
}
CardId card_of(std::optional<CardListPlace> const& after) { return after ? after->card : CardId{}; }

// Registered is 1 here, as in the index: a number that is bound would not name it; personal is 0.
constexpr std::string_view ends = R"(
  office_id = ?1 AND state = 1 AND last_valid BETWEEN ?2 AND ?3)";
constexpr std::string_view never_used = R"(
  office_id = ?1 AND state = 1 AND kind = 0 AND last_valid >= ?2 AND first_valid <= ?2 AND
  (SELECT registered_on FROM lineage WHERE lineage.lineage_id = card.lineage_id) <= ?3 AND
  NOT EXISTS (SELECT 1 FROM redemption
    WHERE redemption.lineage_id = card.lineage_id AND redemption_id <= ?4))";
// Community is 1; registered and blocked are 1 and 2.
constexpr std::string_view of_community = R"(
  office_id = ?1 AND kind = 1 AND state IN (1, 2) AND lineage_id IS NOT NULL)";

}  // namespace

std::vector<Card> cards_that_end(ledger::ReadTx& tx, OfficeId office, Day from, Day to,
                                 std::optional<CardListPlace> const& after, int limit) {
  static std::string const sql = select_card("", "card WHERE" + std::string(ends) + R"( AND
      (?4 IS NULL OR (last_valid, card_id) > (?4, ?5))
    ORDER BY last_valid, card_id LIMIT ?6)");
  auto query = tx.prepare(sql);
  query.with(office, from, to, day_of(after), card_of(after), limit);
  return all_of(query);
}

std::int64_t count_cards_that_end(ledger::ReadTx& tx, OfficeId office, Day from, Day to) {
  static std::string const sql = "SELECT COUNT(*) FROM card WHERE" + std::string(ends);
  auto query = tx.prepare(sql);
  query.with(office, from, to);
  query.step();
  return query.integer(0);
}

std::vector<Card> unused_cards(ledger::ReadTx& tx, Unused const& of,
                               std::optional<CardListPlace> const& after, int limit) {
  static std::string const sql = select_card("", "card WHERE" + std::string(never_used) + R"( AND
      (?5 IS NULL OR (last_valid, card_id) > (?5, ?6))
    ORDER BY last_valid, card_id LIMIT ?7)");
  auto query = tx.prepare(sql);
  query.with(of.office, of.valid_on, of.registered_by, of.as_of, day_of(after), card_of(after),
             limit);
  return all_of(query);
}

std::int64_t count_unused_cards(ledger::ReadTx& tx, Unused const& of) {
  static std::string const sql = "SELECT COUNT(*) FROM card WHERE" + std::string(never_used);
  auto query = tx.prepare(sql);
  query.with(of.office, of.valid_on, of.registered_by, of.as_of);
  query.step();
  return query.integer(0);
}

std::vector<Card> community_cards(ledger::ReadTx& tx, OfficeId office,
                                  std::optional<std::int64_t> before, int limit) {
  static std::string const sql = select_card("", "card WHERE" + std::string(of_community) + R"( AND
      (?2 IS NULL OR lineage_id < ?2)
    ORDER BY lineage_id DESC LIMIT ?3)");
  auto query = tx.prepare(sql);
  query.with(office, before, limit);
  return all_of(query);
}

std::int64_t count_community_cards(ledger::ReadTx& tx, OfficeId office) {
  static std::string const sql = "SELECT COUNT(*) FROM card WHERE" + std::string(of_community);
  auto query = tx.prepare(sql);
  query.with(office);
  query.step();
  return query.integer(0);
}

std::vector<CardGiven> cards_given(ledger::ReadTx& tx, OfficeId office, Day from, Day to) {
  auto query = tx.prepare(R"(
    SELECT card_id, lineage.lineage_id, registered_on
    FROM lineage
    JOIN card ON card.lineage_id = lineage.lineage_id
    WHERE registered_on BETWEEN ?2 AND ?3 AND card.office_id = ?1 AND lineage.kind = ?4 AND
      state IN (?5, ?6)
    ORDER BY registered_on, card_id)");
  query.with(office, from, to, contract::CardKind::personal, contract::StoredState::registered,
             contract::StoredState::blocked);
  std::vector<CardGiven> given;
  while (query.step()) {
    given.push_back({query.id<CardId>(0), query.id<LineageId>(1), Day{query.small(2)}});
  }
  return given;
}

}  // namespace kaiku::tables
