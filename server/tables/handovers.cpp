#include "server/tables/handovers.hpp"

#include <algorithm>

#include "server/keys/vault.hpp"

namespace kaiku::tables {
namespace {

constexpr char vault_handover[] = "vault_handover";
constexpr std::size_t recovery_code_length = 8;

Handover handover_from(sql::Statement const& row) {
  Handover handover{row.fixed<16>(0),    row.id<CardId>(1), row.id<LineageId>(2),
                    row.id<OfficeId>(3), row.integer(4),    Instant{row.integer(5)}};
  handover.confirmed_seq = row.maybe_integer(6);
  handover.undone_seq = row.maybe_integer(7);
  handover.cause = static_cast<domain::HandoverCause>(row.small(8));
  handover.superseded_seq = row.maybe_integer(9);
  return handover;
}

// The columns that handover_from reads. A caller keeps the text: its address is the statement's
// key.
std::string select_handover(std::string_view rest) {
  return R"(
    SELECT handover_id, card_id, lineage_id, office_id, made_seq, recorded_at_us, confirmed_seq,
      undone_seq, cause, superseded_seq
    FROM handover
    JOIN ledger ON seq = made_seq
    WHERE )" +
         std::string(rest);
}

}  // namespace

std::optional<Handover> find_handover(ledger::ReadTx& tx, ledger::Ref const& id) {
  static std::string const sql = select_handover("handover_id = ?1");
  auto query = tx.prepare(sql);
  query.with(ByteView(id));
  if (!query.step()) return std::nullopt;
  return handover_from(query);
}

std::optional<Handover> handover_made_by(ledger::ReadTx& tx, LineageId lineage, std::int64_t seq) {
  static std::string const sql = select_handover("lineage_id = ?1 AND made_seq = ?2");
  auto query = tx.prepare(sql);
  query.with(lineage, seq);
  if (!query.step()) return std::nullopt;
  return handover_from(query);
}

std::optional<Handover> last_handover_of(ledger::ReadTx& tx, LineageId lineage, CardId card) {
  static std::string const sql =
      select_handover("lineage_id = ?1 AND card_id = ?2 ORDER BY made_seq DESC LIMIT 1");
  auto query = tx.prepare(sql);
  query.with(lineage, card);
  if (!query.step()) return std::nullopt;
  return handover_from(query);
}

std::vector<Handover> waiting_handovers(ledger::ReadTx& tx, OfficeId office,
                                        std::optional<std::int64_t> before, int limit) {
  static std::string const sql = select_handover(R"(office_id = ?1 AND confirmed_seq IS NULL AND
      undone_seq IS NULL AND superseded_seq IS NULL AND (?2 IS NULL OR made_seq < ?2)
    ORDER BY made_seq DESC LIMIT ?3)");
  auto query = tx.prepare(sql);
  query.with(office, before, limit);
  std::vector<Handover> waiting;
  while (query.step()) waiting.push_back(handover_from(query));
  return waiting;
}

std::int64_t count_waiting_handovers(ledger::ReadTx& tx, OfficeId office) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM handover
    WHERE office_id = ?1 AND confirmed_seq IS NULL AND undone_seq IS NULL AND
      superseded_seq IS NULL)");
  query.with(office);
  query.step();
  return query.integer(0);
}

void keep_letter(ledger::WriteTx& tx, CardId card, LineageId lineage, KeptLetter const& letter) {
  auto const plain = letter.recovery_code + letter.key;
  auto const sealed = keys::vault_seal(
      tx.keys(), tx.random(), {vault_handover, card.value, lineage.value}, bytes_of(plain));
  tx.prepare(R"(
      INSERT INTO vault_handover (card_id, lineage_id, made_at_us, sealed)
      VALUES (?1, ?2, ?3, ?4))")
      .with(card, lineage, tx.now(), sealed)
      .run();
}

std::optional<KeptLetter> kept_letter(ledger::ReadTx& tx, Handover const& handover) {
  if (!handover.is_waiting()) return std::nullopt;
  auto query =
      tx.prepare("SELECT sealed FROM vault_handover WHERE card_id = ?1 AND lineage_id = ?2");
  query.with(handover.card, handover.lineage);
  if (!query.step()) return std::nullopt;
  auto const plain = keys::vault_open(
      tx.keys(), {vault_handover, handover.card.value, handover.lineage.value}, query.blob(0));
  std::string const text(text_of(plain));
  return KeptLetter{text.substr(0, recovery_code_length),
                    text.substr(std::min(text.size(), recovery_code_length))};
}

void forget_recovery_code(ledger::WriteTx& tx, CardId card) {
  tx.prepare("DELETE FROM vault_handover WHERE card_id = ?1").with(card).run();
}

void forget_letters_of(ledger::WriteTx& tx, LineageId lineage) {
  tx.prepare("DELETE FROM vault_handover WHERE lineage_id = ?1").with(lineage).run();
}

void forget_recovery_codes_before(ledger::WriteTx& tx, Instant at) {
  tx.prepare("DELETE FROM vault_handover WHERE made_at_us < ?1").with(at).run();
}

}  // namespace kaiku::tables
