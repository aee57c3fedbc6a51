#include "server/tables/card_reads.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "server/ledger/entry_codec.hpp"
#include "server/ledger/ledger.hpp"

// As in the index ledger_reads, word for word: by it SQLite finds the reads among all entries.
#define KAIKU_READS "kind IN (13, 19, 30, 31, 37)"

namespace kaiku::tables {
namespace {

constexpr std::string_view select_reading = R"(
    SELECT seq, recorded_at_us, actor, entry, private
    FROM ledger
    LEFT JOIN ledger_private USING (seq)
    WHERE )" KAIKU_READS " AND ";

std::string with_rest(std::string_view rest) {
  return std::string(select_reading) + std::string(rest);
}

// Whether the entry tells of a read at all.
bool put(CardReading& reading, ledger::CardRead const& entry, bool has_private) {
  reading.kind = domain::read_kind_of_purpose(entry.purpose);
  if (has_private) reading.card = entry.card;
  return true;
}
bool put(CardReading& reading, ledger::CardReplaced const& entry, bool has_private) {
  reading.kind = domain::ReadKind::found;
  if (has_private) reading.card = entry.old_card;
  return entry.found;
}
bool put(CardReading& reading, ledger::LetterMade const& entry, bool has_private) {
  reading.kind = domain::ReadKind::letter;
  if (has_private) reading.card = entry.card;
  return true;
}
bool put(CardReading& reading, ledger::CardsListed const& entry, bool) {
  reading.kind = entry.exported ? domain::ReadKind::exported : domain::ReadKind::list;
  reading.cards = static_cast<std::int64_t>(entry.cards.size());
  return true;
}
bool put(CardReading& reading, ledger::SheetPrinted const& entry, bool) {
  reading.kind = domain::ReadKind::sheet;
  reading.cards = entry.to - entry.from + 1;
  reading.batch = entry.batch;
  return true;
}
// The statement asks for no other kind.
template <class Other>
bool put(CardReading&, Other const&, bool) {
  return false;
}

std::optional<CardReading> reading_from(sql::Statement const& row) {
  CardReading reading;
  reading.seq = row.integer(0);
  reading.at = {row.integer(1)};
  reading.actor = domain::Actor::unpack(row.integer(2));
  auto const encoded = ledger::parse_entry(row.blob(3));
  bool const has_private = !row.is_null(4);
  ByteView const half = has_private ? row.blob(4) : ByteView();
  auto const entry = ledger::decode_entry(static_cast<int>(encoded.kind), encoded.public_half,
                                          has_private ? &half : nullptr);
  bool const is_read =
      std::visit([&](auto const& one) { return put(reading, one, has_private); }, entry);
  return is_read ? std::optional(reading) : std::nullopt;
}

}  // namespace

void for_each_card_reading(ledger::ReadTx& tx, Day from, Day to,
                           std::function<void(CardReading const&)> const& each) {
  static std::string const sql = with_rest(R"(recorded_at_us >= ?1 AND recorded_at_us < ?2
    ORDER BY recorded_at_us DESC, seq DESC)");
  auto query = tx.prepare(sql);
  query.with(start_of(from), start_of(to + 1));
  while (query.step()) {
    if (auto const reading = reading_from(query)) each(*reading);
  }
}

// No sheet is older than the first batch of the area. By the index ledger_sheets: the few sheets
// lie among all the reads.
bool has_printed_sheets(ledger::ReadTx& tx, AreaId const& area) {
  std::vector<BatchId> batches;
  std::optional<Day> first;
  auto of_area = tx.prepare("SELECT batch_id, made_on FROM card_batch WHERE area_id = ?1");
  of_area.with(area.value);
  while (of_area.step()) {
    batches.push_back(BatchId{of_area.integer(0)});
    Day const made_on{of_area.small(1)};
    first = std::min(first.value_or(made_on), made_on);
  }
  if (!first) return false;
  auto query = tx.prepare(R"(
    SELECT seq, recorded_at_us, actor, entry, private
    FROM ledger
    LEFT JOIN ledger_private USING (seq)
    WHERE kind = 37 AND recorded_at_us >= ?1)");
  query.with(start_of(*first));
  while (query.step()) {
    auto const reading = reading_from(query);
    auto const batch = reading ? reading->batch : std::nullopt;
    if (batch && std::ranges::find(batches, *batch) != batches.end()) return true;
  }
  return false;
}

// A card is read by its own office alone, so nobody else's entries are opened. Without
// replacements: the search before one stands there, and whether it is one, only the entry knows.
std::vector<CardReading> readings_of_holder(ledger::ReadTx& tx, LineageId holder,
                                            std::optional<std::int64_t> before, int limit) {
  static std::string const sql = with_rest(R"(
      kind <> 13 AND recorded_at_us >= (SELECT recorded_at_us FROM ledger WHERE seq = ?1) AND
      seq > ?1 AND (?2 IS NULL OR seq < ?2) AND
      actor IN (SELECT (account_id << 3) | ?4 FROM account
        WHERE office_id IN (SELECT office_id FROM card WHERE lineage_id = ?1)) AND
      EXISTS (SELECT 1 FROM card WHERE lineage_id = ?1 AND instr(private, card_ref) > 0)
    ORDER BY recorded_at_us DESC, seq DESC LIMIT ?3)");
  auto query = tx.prepare(sql);
  query.with(holder, before, limit, domain::ActorKind::account);
  std::vector<CardReading> readings;
  while (query.step()) {
    if (auto const reading = reading_from(query)) readings.push_back(*reading);
  }
  return readings;
}

}  // namespace kaiku::tables
