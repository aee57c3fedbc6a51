#include "server/tables/stock.hpp"

namespace kaiku::tables {
namespace {

using contract::StoredState;

// The columns that range_from reads. A caller keeps the text: its address is the statement's key.
std::string select_range(std::string_view rest) {
  return R"(
    SELECT batch_id, first_position, last_position, office_id, recorded_at_us,
      (SELECT COUNT(*) FROM card WHERE card.batch_id = stock_range.batch_id AND
        position BETWEEN first_position AND last_position AND state = 0)
    FROM stock_range
    JOIN ledger ON seq = handed_seq
    WHERE )" +
         std::string(rest);
}

StockRange range_from(sql::Statement const& row) {
  return {row.id<BatchId>(0),  row.integer(1),          row.integer(2),
          row.id<OfficeId>(3), Instant{row.integer(4)}, row.integer(5)};
}

std::vector<StockRange> all_of(sql::Statement& query) {
  std::vector<StockRange> ranges;
  while (query.step()) ranges.push_back(range_from(query));
  return ranges;
}

}  // namespace

std::vector<StockRange> ranges_of(ledger::ReadTx& tx, BatchId batch) {
  static std::string const sql = select_range("batch_id = ?1 ORDER BY first_position");
  auto query = tx.prepare(sql);
  query.with(batch);
  return all_of(query);
}

std::vector<StockRange> ranges_of(ledger::ReadTx& tx, OfficeId office) {
  static std::string const sql = select_range("office_id = ?1 ORDER BY handed_seq DESC");
  auto query = tx.prepare(sql);
  query.with(office);
  return all_of(query);
}

std::optional<StockRange> range_across(ledger::ReadTx& tx, BatchId batch, std::int64_t from,
                                       std::int64_t to) {
  static std::string const sql = select_range(
      "batch_id = ?1 AND first_position <= ?3 AND last_position >= ?2 "
      "ORDER BY first_position LIMIT 1");
  auto query = tx.prepare(sql);
  query.with(batch, from, to);
  if (!query.step()) return std::nullopt;
  return range_from(query);
}

std::int64_t in_stock_at(ledger::ReadTx& tx, OfficeId office) {
  std::int64_t left = 0;
  for (auto const& range : ranges_of(tx, office)) left += range.in_stock;
  return left;
}

bool has_unplaced_stock(ledger::ReadTx& tx, AreaId const& area) {
  auto query = tx.prepare(R"(
    SELECT EXISTS (SELECT 1 FROM card_batch JOIN card USING (batch_id)
      WHERE card_batch.area_id = ?1 AND card_batch.office_id IS NULL AND
        card.office_id IS NULL AND card.state = ?2))");
  query.with(area, StoredState::stock);
  query.step();
  return query.integer(0) != 0;
}

std::int64_t given_between(ledger::ReadTx& tx, BatchId batch, std::int64_t from, std::int64_t to) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM card
    WHERE batch_id = ?1 AND position BETWEEN ?2 AND ?3 AND state NOT IN (?4, ?5))");
  query.with(batch, from, to, StoredState::stock, StoredState::void_);
  query.step();
  return query.integer(0);
}

std::vector<CardBatch> newest_batches(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                      std::optional<std::int64_t> before, int limit) {
  std::vector<BatchId> ids;
  {
    auto query = tx.prepare(R"(
      SELECT batch_id
      FROM card_batch
      WHERE (?1 IS NULL OR area_id = ?1) AND (?2 IS NULL OR batch_id < ?2)
      ORDER BY batch_id DESC LIMIT ?3)");
    query.with(area, before, limit);
    while (query.step()) ids.push_back(query.id<BatchId>(0));
  }
  std::vector<CardBatch> batches;
  for (auto const id : ids) batches.push_back(*find_batch(tx, id));
  return batches;
}

std::int64_t count_batches(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto query = tx.prepare("SELECT COUNT(*) FROM card_batch WHERE ?1 IS NULL OR area_id = ?1");
  query.with(area);
  query.step();
  return query.integer(0);
}

std::vector<StockCard> stock_between(ledger::ReadTx& tx, BatchId batch, std::int64_t from,
                                     std::int64_t to) {
  struct Row {
    CardId id;
    std::int64_t position;
    Digest token_hash;
    Instant made_at;
  };
  std::vector<Row> rows;
  {
    auto query = tx.prepare(R"(
      SELECT card_id, position, token_hash, recorded_at_us
      FROM card
      JOIN vault_card USING (card_id)
      JOIN ledger ON seq = card_id >> 16
      WHERE batch_id = ?1 AND position BETWEEN ?2 AND ?3 AND state = ?4
      ORDER BY position)");
    query.with(batch, from, to, StoredState::stock);
    while (query.step()) {
      rows.push_back(
          {query.id<CardId>(0), query.integer(1), query.fixed<32>(2), Instant{query.integer(3)}});
    }
  }
  std::vector<StockCard> cards;
  for (auto const& row : rows) {
    cards.push_back({code_of(tx, row.id), row.position, row.token_hash, row.made_at});
  }
  return cards;
}

PrintForm print_form_of(ledger::ReadTx& tx, AccountId account) {
  auto query =
      tx.prepare("SELECT spacing, right_tenths, down_tenths FROM print_form WHERE account_id = ?1");
  query.with(account);
  if (!query.step()) return {};
  return {query.integer(0) == 0, query.small(1), query.small(2)};
}

void put_print_form(ledger::WriteTx& tx, AccountId account, PrintForm const& form) {
  tx.prepare(R"(
      INSERT INTO print_form (account_id, spacing, right_tenths, down_tenths)
      VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (account_id)
      DO UPDATE SET spacing = ?2, right_tenths = ?3, down_tenths = ?4)")
      .with(account, form.has_gaps ? 0 : 1, form.right_tenths, form.down_tenths)
      .run();
}

}  // namespace kaiku::tables
