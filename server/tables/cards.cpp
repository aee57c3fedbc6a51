#include "server/tables/cards.hpp"

#include "schema/codec/cbor.hpp"
#include "server/domain/approval.hpp"
#include "server/keys/vault.hpp"
#include "server/ledger/entry_codec.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/card_rows.hpp"

namespace kaiku::tables {
namespace {

constexpr char vault_card[] = "vault_card";
constexpr char vault_holder[] = "vault_holder";

Bytes encode_holder(HolderFacts const& facts) {
  cbor::Writer writer;
  writer.array(6).integer(facts.birth_year).text(facts.postcode).integer(facts.children);
  writer.text(facts.life_situation).text(facts.gender).text(facts.language);
  return std::move(writer).finish();
}

HolderFacts decode_holder(ByteView encoded) {
  cbor::Reader reader(encoded, cbor::ledger_entry_limit);
  HolderFacts facts;
  reader.array().value();
  facts.birth_year = static_cast<int>(reader.integer().value());
  facts.postcode = reader.text().value();
  facts.children = static_cast<int>(reader.integer().value());
  facts.life_situation = reader.text().value();
  facts.gender = reader.text().value();
  facts.language = reader.text().value();
  return facts;
}

CardBatch batch_from(sql::Statement const& row) {
  CardBatch batch{row.id<BatchId>(0), AreaId{std::string(row.text(1))},
                  std::nullopt,       row.integer(3),
                  Day{row.small(4)},  row.integer(5)};
  if (!row.is_null(2)) batch.office = row.id<OfficeId>(2);
  return batch;
}

HolderFacts open_holder(ledger::ReadTx& tx, LineageId lineage, sql::Statement const& row) {
  return decode_holder(
      keys::vault_open(tx.keys(), {vault_holder, lineage.value, row.integer(0)}, row.blob(1)));
}

}  // namespace

std::optional<CardOfCode> find_card(ledger::ReadTx& tx, contract::CardCode const& code) {
  static std::string const sql =
      select_card(", token_hash", "vault_card JOIN card USING (card_id) WHERE code_lookup = ?1");
  auto const lookup = keys::lookup_value(tx.keys(), "card_code", code.canonical());
  auto query = tx.prepare(sql);
  query.with(ByteView(lookup));
  if (!query.step()) return std::nullopt;
  return CardOfCode{card_from(query), query.fixed<32>(14)};
}

std::optional<Card> find_card(ledger::ReadTx& tx, CardId id) {
  static std::string const sql = select_card("", "card WHERE card_id = ?1");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return card_from(query);
}

std::optional<Card> current_card_of(ledger::ReadTx& tx, LineageId lineage) {
  static std::string const sql = select_card("", "card WHERE lineage_id = ?1 AND state <> ?2");
  auto query = tx.prepare(sql);
  query.with(lineage, contract::StoredState::replaced);
  if (!query.step()) return std::nullopt;
  return card_from(query);
}

std::optional<CardVersion> card_at(ledger::ReadTx& tx, CardId id, Instant at) {
  auto query = tx.prepare(R"(
    SELECT state, first_valid, last_valid
    FROM card_version
    WHERE card_id = ?1 AND effective_from_us <= ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(id, at);
  if (!query.step()) return std::nullopt;
  return CardVersion{static_cast<contract::StoredState>(query.small(0)), Day{query.small(1)},
                     Day{query.small(2)}};
}

namespace {

// Of a row that begins with the entry and its private half.
ledger::CardBlocked block_in(sql::Statement const& row) {
  ByteView const half = row.blob(1);
  return std::get<ledger::CardBlocked>(
      ledger::decode_entry(ledger::CardBlocked::kind, ledger::parse_entry(row.blob(0)).public_half,
                           row.is_null(1) ? nullptr : &half));
}

// By its entry: a card is also blocked again when a replacement is undone.
std::optional<ledger::CardBlocked> block_of(ledger::ReadTx& tx, CardId id) {
  auto query = tx.prepare(R"(
    SELECT entry, private
    FROM card_version
    JOIN ledger USING (seq)
    LEFT JOIN ledger_private USING (seq)
    WHERE card_id = ?1 AND kind = ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(id, ledger::CardBlocked::kind);
  if (!query.step()) return std::nullopt;
  return block_in(query);
}

}  // namespace

std::optional<domain::BlockReason> block_reason_of(ledger::ReadTx& tx, CardId id) {
  auto const blocked = block_of(tx, id);
  return blocked ? std::optional(blocked->reason) : std::nullopt;
}

std::optional<Day> end_of_block(ledger::ReadTx& tx, CardId id) {
  auto const blocked = block_of(tx, id);
  return blocked ? blocked->until : std::nullopt;
}

std::optional<Bar> bar_of(ledger::ReadTx& tx, CardId id, Day today) {
  auto query = tx.prepare(R"(
    SELECT entry, private, effective_from_us
    FROM card_version
    JOIN ledger USING (seq)
    LEFT JOIN ledger_private USING (seq)
    WHERE card_id = ?1 AND kind = ?2 AND
      seq > ifnull((SELECT max(seq) FROM card_version WHERE card_id = ?1 AND state <> ?3), 0))");
  query.with(id, ledger::CardBlocked::kind, contract::StoredState::blocked);
  while (query.step()) {
    auto const blocked = block_in(query);
    bool const stands = !blocked.until || *blocked.until >= today;
    if (blocked.reason == domain::BlockReason::misuse && stands)
      return Bar{helsinki_day(Instant{query.integer(2)}), blocked.until};
  }
  return std::nullopt;
}

bool is_reported_lost(ledger::ReadTx& tx, CardId id) {
  auto const blocked = blocked_on(tx, id) ? block_of(tx, id) : std::nullopt;
  return blocked && blocked->by_holder;
}

std::optional<Day> blocked_on(ledger::ReadTx& tx, CardId id) {
  auto query = tx.prepare(R"(
    SELECT effective_from_us
    FROM card_version
    JOIN card USING (card_id)
    JOIN ledger USING (seq)
    WHERE card_id = ?1 AND card.state = ?2 AND ledger.kind = ?3
    ORDER BY seq DESC LIMIT 1)");
  query.with(id, contract::StoredState::blocked, ledger::CardBlocked::kind);
  if (!query.step()) return std::nullopt;
  return helsinki_day(Instant{query.integer(0)});
}

std::vector<Card> blocked_until_before(ledger::ReadTx& tx, Day day, int limit) {
  static std::string const sql =
      select_card("", "card WHERE blocked_until < ?1 AND state = ?2 LIMIT ?3");
  auto query = tx.prepare(sql);
  query.with(day, contract::StoredState::blocked, limit);
  std::vector<Card> ended;
  while (query.step()) ended.push_back(card_from(query));
  return ended;
}

std::optional<LastRenewal> last_renewal_of(ledger::ReadTx& tx, CardId id) {
  auto query = tx.prepare(R"(
    SELECT seq, effective_from_us, last_valid
    FROM card_version
    WHERE card_id = ?1
    ORDER BY seq DESC LIMIT 2)");
  query.with(id);
  if (!query.step()) return std::nullopt;
  LastRenewal renewal{query.integer(0), Instant{query.integer(1)}, Day{}};
  auto const receipt = ledger::receipt_of(tx, renewal.seq).value();
  if (static_cast<int>(ledger::parse_entry(receipt.entry).kind) != ledger::CardRenewed::kind) {
    return std::nullopt;
  }
  query.step();
  renewal.last_valid_before = Day{query.small(2)};
  return renewal;
}

contract::CardCode code_of(ledger::ReadTx& tx, CardId id) {
  auto query = tx.prepare("SELECT sealed FROM vault_card WHERE card_id = ?1");
  query.with(id);
  if (!query.step()) throw std::runtime_error("a card has no row in the vault");
  auto const plain = keys::vault_open(tx.keys(), {vault_card, id.value}, query.blob(0));
  cbor::Reader reader(plain, 64);
  return contract::CardCode::from_bits(static_cast<std::uint64_t>(reader.integer().value()));
}

void put_card_in_vault(ledger::WriteTx& tx, CardId id, contract::CardCode const& code,
                       Digest const& token_hash) {
  auto const lookup = keys::lookup_value(tx.keys(), "card_code", code.canonical());
  cbor::Writer writer;
  writer.integer(static_cast<std::int64_t>(code.bits()));
  auto const plain = std::move(writer).finish();
  auto const sealed = keys::vault_seal(tx.keys(), tx.random(), {vault_card, id.value}, plain);
  tx.prepare(
        "INSERT INTO vault_card (card_id, code_lookup, token_hash, sealed) VALUES (?1, ?2, ?3, ?4)")
      .with(id, ByteView(lookup), ByteView(token_hash), sealed)
      .run();
}

std::optional<Lineage> find_lineage(ledger::ReadTx& tx, LineageId id) {
  auto query = tx.prepare(R"(
    SELECT lineage_ref, kind, area_id, municipality, office_id, registered_on
    FROM lineage
    WHERE lineage_id = ?1)");
  query.with(id);
  if (!query.step()) return std::nullopt;
  return Lineage{id,
                 query.fixed<16>(0),
                 static_cast<contract::CardKind>(query.small(1)),
                 AreaId{std::string(query.text(2))},
                 std::string(query.text(3)),
                 query.id<OfficeId>(4),
                 Day{query.small(5)}};
}

std::optional<HolderFacts> holder_of(ledger::ReadTx& tx, LineageId lineage) {
  auto query = tx.prepare(
      "SELECT seq, sealed FROM vault_holder WHERE lineage_id = ?1 ORDER BY seq DESC LIMIT 1");
  query.with(lineage);
  if (!query.step()) return std::nullopt;
  return open_holder(tx, lineage, query);
}

std::optional<LineageId> some_holder(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT lineage_id FROM vault_holder LIMIT 1");
  if (!query.step()) return std::nullopt;
  return query.id<LineageId>(0);
}

std::optional<HolderFacts> holder_at(ledger::ReadTx& tx, LineageId lineage, Instant at) {
  auto query = tx.prepare(R"(
    SELECT seq, sealed
    FROM vault_holder
    WHERE lineage_id = ?1 AND effective_from_us <= ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(lineage, at);
  if (!query.step()) return std::nullopt;
  return open_holder(tx, lineage, query);
}

std::optional<HolderFacts> holder_before(ledger::ReadTx& tx, LineageId lineage, std::int64_t seq) {
  auto query = tx.prepare(R"(
    SELECT seq, sealed
    FROM vault_holder
    WHERE lineage_id = ?1 AND seq < ?2
    ORDER BY seq DESC LIMIT 1)");
  query.with(lineage, seq);
  if (!query.step()) return std::nullopt;
  return open_holder(tx, lineage, query);
}

void put_holder(ledger::WriteTx& tx, LineageId lineage, std::int64_t seq, Instant effective_from,
                HolderFacts const& facts) {
  auto const sealed = keys::vault_seal(tx.keys(), tx.random(), {vault_holder, lineage.value, seq},
                                       encode_holder(facts));
  tx.prepare(R"(
      INSERT INTO vault_holder (lineage_id, seq, effective_from_us, sealed)
      VALUES (?1, ?2, ?3, ?4))")
      .with(lineage, seq, effective_from, sealed)
      .run();
}

std::optional<HolderVersion> holder_version_of(ledger::ReadTx& tx, LineageId lineage) {
  auto query = tx.prepare(R"(
    SELECT MAX(seq), MIN(effective_from_us)
    FROM vault_holder
    WHERE lineage_id = ?1)");
  query.with(lineage);
  query.step();
  if (query.is_null(0)) return std::nullopt;
  return HolderVersion{query.integer(0), Instant{query.integer(1)}};
}

void erase_holder(ledger::WriteTx& tx, LineageId lineage) {
  tx.prepare("DELETE FROM vault_holder WHERE lineage_id = ?1").with(lineage).run();
}

bool is_as_registered(ledger::ReadTx& tx, CardId card, LineageId lineage) {
  auto query = tx.prepare(R"(
    SELECT EXISTS (SELECT 1 FROM card_version WHERE card_id = ?1 AND seq > ?2) OR
      EXISTS (SELECT 1 FROM vault_holder WHERE lineage_id = ?2 AND seq > ?2))");
  query.with(card, lineage);
  query.step();
  return query.integer(0) == 0;
}

bool has_acts(ledger::ReadTx& tx, LineageId lineage) {
  auto query = tx.prepare(R"(
    SELECT EXISTS (SELECT 1 FROM redemption WHERE lineage_id = ?1) OR
      EXISTS (SELECT 1 FROM reservation WHERE lineage_id = ?1))");
  query.with(lineage);
  query.step();
  return query.integer(0) != 0;
}

// The card is asked for twice: uses and reservations are indexed by lineage, not by card.
bool has_acts_since(ledger::ReadTx& tx, CardId card, std::int64_t seq) {
  auto query = tx.prepare(R"(
    SELECT EXISTS (SELECT 1 FROM redemption JOIN card USING (lineage_id)
        WHERE card.card_id = ?1 AND redemption.card_id = ?1 AND redemption_id > ?2) OR
      EXISTS (SELECT 1 FROM reservation JOIN card USING (lineage_id)
        WHERE card.card_id = ?1 AND reservation.card_id = ?1 AND reservation_id > ?2))");
  query.with(card, seq);
  query.step();
  return query.integer(0) != 0;
}

void put_recovery_code(ledger::WriteTx& tx, LineageId lineage, std::string_view code) {
  auto const lookup = keys::lookup_value(tx.keys(), "recovery_code", code);
  tx.prepare("INSERT INTO vault_recovery (recovery_lookup, lineage_id) VALUES (?1, ?2)")
      .with(ByteView(lookup), lineage)
      .run();
}

void erase_recovery_codes(ledger::WriteTx& tx, LineageId lineage) {
  tx.prepare("DELETE FROM vault_recovery WHERE lineage_id = ?1").with(lineage).run();
}

std::optional<LineageId> lineage_of_recovery_code(ledger::ReadTx& tx, std::string_view code) {
  auto const lookup = keys::lookup_value(tx.keys(), "recovery_code", code);
  auto query = tx.prepare("SELECT lineage_id FROM vault_recovery WHERE recovery_lookup = ?1");
  query.with(ByteView(lookup));
  if (!query.step()) return std::nullopt;
  return query.id<LineageId>(0);
}

std::int64_t last_batch_number(ledger::ReadTx& tx) {
  auto query = tx.prepare("SELECT COALESCE(MAX(batch_id), 0) FROM card_batch");
  query.step();
  return query.integer(0);
}

std::int64_t cards_made_by(ledger::ReadTx& tx, domain::Actor const& actor, Day day) {
  auto query = tx.prepare(R"(
    SELECT COALESCE(SUM(count), 0)
    FROM card_batch
    WHERE made_on = ?1 AND made_by = ?2 AND
      NOT EXISTS (SELECT 1 FROM approval WHERE about = batch_id AND kind = ?3))");
  query.with(day, actor.packed(), domain::ApprovalKind::batch);
  query.step();
  return query.integer(0);
}

std::optional<CardBatch> find_batch(ledger::ReadTx& tx, BatchId id) {
  auto query = tx.prepare(R"(
    SELECT batch_id, area_id, office_id, count, made_on, (SELECT COUNT(*) FROM card WHERE
      card.card_id BETWEEN first.card_id AND first.card_id + count - 1 AND card.state = 0)
    FROM card_batch
    JOIN (SELECT MIN(card_id) AS card_id FROM card WHERE batch_id = ?1) AS first
    WHERE batch_id = ?1)");
  query.with(id);
  if (!query.step()) return std::nullopt;
  return batch_from(query);
}

std::vector<CardBatch> list_batches(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                    std::int64_t after, int limit) {
  std::vector<BatchId> ids;
  {
    auto query = tx.prepare(R"(
      SELECT batch_id
      FROM card_batch
      WHERE batch_id > ?1 AND (?2 IS NULL OR area_id = ?2)
      ORDER BY batch_id LIMIT ?3)");
    query.with(after, area, limit);
    while (query.step()) ids.push_back(query.id<BatchId>(0));
  }
  std::vector<CardBatch> batches;
  for (auto const id : ids) batches.push_back(*find_batch(tx, id));
  return batches;
}

std::int64_t in_stock_between(ledger::ReadTx& tx, BatchId id, std::int64_t from, std::int64_t to) {
  auto query = tx.prepare(
      "SELECT COUNT(*) FROM card WHERE batch_id = ?1 AND position BETWEEN ?2 AND ?3 AND state = 0");
  query.with(id, from, to);
  query.step();
  return query.integer(0);
}

std::optional<Instant> last_card_read(ledger::ReadTx& tx, domain::Actor const& actor, CardId card,
                                      domain::ReadPurpose purpose) {
  auto query =
      tx.prepare("SELECT at_us FROM card_read WHERE actor = ?1 AND card_id = ?2 AND purpose = ?3");
  query.with(actor.packed(), card, word_of(purpose));
  if (!query.step()) return std::nullopt;
  return Instant{query.integer(0)};
}

void note_card_read(ledger::WriteTx& tx, domain::Actor const& actor, CardId card,
                    domain::ReadPurpose purpose) {
  tx.prepare(R"(
      INSERT INTO card_read (actor, card_id, purpose, at_us)
      VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (actor, card_id, purpose)
      DO UPDATE SET at_us = ?4)")
      .with(actor.packed(), card, word_of(purpose), tx.now())
      .run();
}

std::optional<ListRead> last_list_read(ledger::ReadTx& tx, domain::Actor const& actor,
                                       std::string_view list) {
  auto query = tx.prepare("SELECT cards_hash, at_us FROM list_read WHERE actor = ?1 AND list = ?2");
  query.with(actor.packed(), list);
  if (!query.step()) return std::nullopt;
  return ListRead{query.fixed<32>(0), Instant{query.integer(1)}};
}

void note_list_read(ledger::WriteTx& tx, domain::Actor const& actor, std::string_view list,
                    Digest const& cards_hash) {
  tx.prepare(R"(
      INSERT INTO list_read (actor, list, cards_hash, at_us)
      VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (actor, list)
      DO UPDATE SET cards_hash = ?3, at_us = ?4)")
      .with(actor.packed(), list, ByteView(cards_hash), tx.now())
      .run();
}

}  // namespace kaiku::tables
