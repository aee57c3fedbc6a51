#include "server/verify/verify.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>

#include "schema/crypto/crypto.hpp"
#include "server/keys/vault.hpp"
#include "server/ledger/checkpoint.hpp"
#include "server/ledger/entry_codec.hpp"
#include "server/ledger/ledger.hpp"
#include "server/ledger/projections.hpp"
#include "server/sql/durable_file.hpp"
#include "server/sql/migrations.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/stretched_codes.hpp"
#include "server/verify/table_compare.hpp"
#include "server/verify/verify_journals.hpp"
#include "server/verify/verify_reports.hpp"

namespace kaiku::verify {
namespace {

constexpr std::size_t findings_kept = 100;

class Verifier {
 public:
  Verifier(sql::Connection& stored, keys::KeyRing const& keys, std::string const& origin,
           std::optional<std::string> note)
      : stored_(stored), keys_(keys), origin_(origin), note_(std::move(note)) {}

  VerifyReport run() {
    part("SQLite's own check", [this] { check_file(); });
    part("the migrations", [this] { check_migrations(); });
    sql::migrate(rebuilt_);
    part("the schema", [this] {
      compare_schemas(stored_, rebuilt_, [this](std::string const& what) { find(0, what); });
    });
    open_note();
    rebuilt_.execute("BEGIN");
    part("the ledger", [this] { check_ledger(); });
    part("the private halves", [this] { check_stray_private(); });
    part("the Merkle frontier", [this] { check_frontier(); });
    check_checkpoint();
    for (sql::TableName const& table : sql::table_kinds()) {
      if (table.kind != sql::TableKind::projection) continue;
      part(std::string("table ") + std::string(table.name), [this, &table] {
        compare_tables(stored_, rebuilt_, table.name,
                       [this](std::string const& what) { find(0, what); });
      });
    }
    part("the cards' vault", [this] { check_vault_cards(); });
    part("the stretched codes", [this] { check_vault_stretched(); });
    part("the holders' vault", [this] { check_vault_holders(); });
    part("the recovery codes", [this] { check_vault_recovery(); });
    part("the codes to hand over", [this] { check_vault_handovers(); });
    part("the journals' vault", [this] {
      ledger::ReadTx tx(stored_, keys_);
      check_journal_vault(tx, [this](std::string const& what) { find(0, what); });
    });
    part("the published runs", [this] { check_runs(); });
    rebuilt_.execute("ROLLBACK");
    report_.entries = entries_;
    report_.root_hex = to_hex(frontier_.root());
    return std::move(report_);
  }

 private:
  void find(std::int64_t sequence, std::string what) {
    ++report_.findings_in_all;
    if (report_.findings.size() < findings_kept) {
      report_.findings.push_back({sequence, std::move(what)});
    }
  }

  // A file too damaged to read is a finding as well, and the other parts still have their say.
  void part(std::string const& name, std::function<void()> const& check) {
    try {
      check();
    } catch (sql::StorageError const& fault) {
      find(0, name + " cannot be read: " + fault.what());
    }
  }

  void check_file() {
    sql::Statement row = stored_.prepare("PRAGMA integrity_check(20)");
    while (row.step()) {
      if (row.text(0) != "ok") find(0, "SQLite finds damage: " + std::string(row.text(0)));
    }
  }

  void check_migrations() {
    try {
      sql::require_known_migrations(stored_);
    } catch (sql::StorageError const&) {
      throw;
    } catch (std::runtime_error const& fault) {
      find(0, fault.what());
    }
    sql::Statement row = stored_.prepare("SELECT COUNT(*) FROM migration");
    row.step();
    if (row.integer(0) < static_cast<std::int64_t>(sql::embedded_migrations().size())) {
      find(0, "the database lacks migrations of this program; start the server once");
    }
  }

  void open_note() {
    if (!note_) return;
    checkpoint_ = ledger::open_checkpoint(*note_, origin_, keys_.checkpoint.public_key());
    if (!checkpoint_) find(0, "the checkpoint file is damaged, or signed by another key");
  }

  void check_ledger() {
    sql::Statement rows = stored_.prepare(R"(
      SELECT l.seq, l.recorded_at_us, l.kind, l.actor, l.entry, p.salt, p.private
      FROM ledger l
      LEFT JOIN ledger_private p ON p.seq = l.seq
      ORDER BY l.seq)");
    note_root();
    while (rows.step()) {
      std::int64_t const sequence = rows.integer(0);
      if (sequence != last_sequence_ + 1) {
        find(sequence, "the entries from " + std::to_string(last_sequence_ + 1) + " to " +
                           std::to_string(sequence - 1) + " are missing");
      }
      last_sequence_ = sequence;
      ++entries_;
      frontier_.append(ledger::merkle::leaf_hash(rows.blob(4)));
      note_root();
      try {
        check_entry(rows);
      } catch (sql::StorageError const&) {
        throw;
      } catch (std::exception const& fault) {
        find(sequence, fault.what());
      }
    }
  }

  // Remembers the root when the tree is as large as the signed one.
  void note_root() {
    if (checkpoint_ && checkpoint_->size == frontier_.size()) root_then_ = frontier_.root();
  }

  void check_entry(sql::Statement const& row) {
    std::int64_t const sequence = row.integer(0);
    ledger::EncodedEntry const encoded = ledger::parse_entry(row.blob(4));
    auto const same = [&](std::int64_t in_entry, int column, char const* name) {
      if (in_entry != row.integer(column)) {
        find(sequence, std::string("column ") + name + " of the ledger differs from the entry");
      }
    };
    same(encoded.sequence, 0, "seq");
    same(encoded.recorded_at_us, 1, "recorded_at_us");
    same(encoded.kind, 2, "kind");
    same(encoded.actor, 3, "actor");

    bool const has_half = !row.is_null(6);
    ByteView const half = row.blob(6);
    Digest const found = crypto::sha256(row.blob(5), half);  // of nothing, where there is no row
    bool const half_is_good = found == encoded.private_hash;
    if (!half_is_good) {
      find(sequence, has_half ? "the private half was changed" : "the private half is missing");
    }
    ledger::Entry entry = ledger::decode_entry(static_cast<int>(encoded.kind), encoded.public_half,
                                               has_half && half_is_good ? &half : nullptr);
    note_holder(encoded.sequence, entry, half_is_good);
    apply_to_rebuild({encoded.sequence, Instant{encoded.recorded_at_us},
                      domain::Actor::unpack(encoded.actor), std::move(entry), !half_is_good});
  }

  void apply_to_rebuild(ledger::Recorded const& recorded) {
    try {
      ledger::apply(rebuilt_, recorded);
    } catch (sql::StorageError const& fault) {
      find(recorded.sequence, std::string("the entry contradicts earlier ones: ") + fault.what());
    }
  }

  // Which rows the holders' vault must have: facts are told at registration and at each change.
  void note_holder(std::int64_t sequence, ledger::Entry const& entry, bool half_is_good) {
    if (!half_is_good) return;
    if (auto const* registered = std::get_if<ledger::CardRegistered>(&entry)) {
      if (!registered->has_facts()) return;
      lineages_[registered->lineage] = sequence;
      holders_wanted_.insert({sequence, sequence});
    } else if (auto const* changed = std::get_if<ledger::HolderChanged>(&entry)) {
      auto const lineage = lineages_.find(changed->lineage);
      if (lineage == lineages_.end()) return;
      if (changed->were_wrong) want_no_holder(lineage->second);
      holders_wanted_.insert({lineage->second, sequence});
    } else if (auto const* undone = std::get_if<ledger::RegistrationUndone>(&entry)) {
      want_no_holder(undone->registration.value);
    }
  }

  void want_no_holder(std::int64_t lineage) {
    holders_wanted_.erase(holders_wanted_.lower_bound({lineage, 0}),
                          holders_wanted_.lower_bound({lineage + 1, 0}));
  }

  void check_stray_private() {
    sql::Statement rows =
        stored_.prepare("SELECT seq FROM ledger_private WHERE seq NOT IN (SELECT seq FROM ledger)");
    while (rows.step()) find(rows.integer(0), "a private half without its entry");
  }

  void check_frontier() {
    sql::Statement row = stored_.prepare("SELECT size, roots FROM merkle_frontier");
    if (!row.step()) {
      if (entries_ > 0) find(0, "the Merkle frontier is missing");
      return;
    }
    Bytes wanted;
    for (Digest const& root : frontier_.roots()) {
      wanted.insert(wanted.end(), root.begin(), root.end());
    }
    bool const same_size = row.integer(0) == static_cast<std::int64_t>(frontier_.size());
    if (!same_size || !std::ranges::equal(row.blob(1), wanted)) {
      find(0, "the stored Merkle frontier (size " + std::to_string(row.integer(0)) +
                  ") is not that of the " + std::to_string(entries_) + " entries");
    }
  }

  void check_checkpoint() {
    if (!note_ && entries_ > 0) find(0, "the checkpoint file is missing");
    if (!checkpoint_) return;
    if (checkpoint_->size > frontier_.size()) {
      find(0, "the end of the ledger is cut off: it has " + std::to_string(entries_) +
                  " entries, the signed checkpoint names " + std::to_string(checkpoint_->size));
    } else if (root_then_ != checkpoint_->root) {
      find(0, "the first " + std::to_string(checkpoint_->size) +
                  " entries are not those that the checkpoint was signed over");
    }
  }

  void check_vault_cards() {
    ledger::ReadTx tx(stored_, keys_);
    sql::Statement rows =
        stored_.prepare("SELECT card_id, code_lookup FROM vault_card ORDER BY card_id");
    while (rows.step()) {
      std::string const name =
          "table vault_card: the row card_id " + std::to_string(rows.integer(0));
      try {
        auto const code = tables::code_of(tx, rows.id<CardId>(0));
        auto const lookup = keys::lookup_value(keys_, "card_code", code.canonical());
        if (!std::ranges::equal(lookup, rows.blob(1))) find(0, name + " is found by another code");
      } catch (std::exception const&) {
        find(0, name + " does not open");
      }
    }
    tell_keys("SELECT card_id FROM card WHERE card_id NOT IN (SELECT card_id FROM vault_card)",
              "table vault_card: a row is missing, card_id ");
    tell_keys("SELECT card_id FROM vault_card WHERE card_id NOT IN (SELECT card_id FROM card)",
              "table vault_card: a row without its card, card_id ");
  }

  // Made after the card's entry and in no hurry: a missing one is no finding.
  void check_vault_stretched() {
    sql::Statement rows = stored_.prepare("SELECT card_id, sealed FROM vault_stretched");
    while (rows.step()) {
      try {
        tables::open_stretched(keys_, rows.id<CardId>(0), rows.blob(1));
      } catch (std::exception const&) {
        find(0, "table vault_stretched: the row card_id " + std::to_string(rows.integer(0)) +
                    " does not open");
      }
    }
    tell_keys(R"(
      SELECT card_id
      FROM vault_stretched
      WHERE card_id NOT IN (SELECT card_id FROM card_version WHERE state <> 4))",
              "table vault_stretched: a row of no card in use, card_id ");
  }

  void check_vault_holders() {
    auto missing = holders_wanted_;
    sql::Statement rows = stored_.prepare(
        "SELECT lineage_id, seq, sealed FROM vault_holder ORDER BY lineage_id, seq");
    while (rows.step()) {
      std::string const name = "table vault_holder: the row lineage_id " +
                               std::to_string(rows.integer(0)) + ", seq " +
                               std::to_string(rows.integer(1));
      if (missing.erase({rows.integer(0), rows.integer(1)}) == 0) {
        find(0, name + " follows from no entry");
      }
      try {
        keys::vault_open(keys_, {"vault_holder", rows.integer(0), rows.integer(1)}, rows.blob(2));
      } catch (std::exception const&) {
        find(0, name + " does not open");
      }
    }
    for (auto const& [lineage, sequence] : missing) {
      find(0, "table vault_holder: the row lineage_id " + std::to_string(lineage) + ", seq " +
                  std::to_string(sequence) + " is missing");
    }
  }

  void check_vault_recovery() {
    tell_keys(R"(
      SELECT lineage_id
      FROM vault_recovery
      WHERE lineage_id NOT IN (SELECT lineage_id FROM lineage))",
              "table vault_recovery: a row without its lineage, lineage_id ");
    tell_keys(R"(
      SELECT lineage_id
      FROM vault_letter
      WHERE lineage_id NOT IN (SELECT lineage_id FROM lineage))",
              "table vault_letter: a row without its lineage, lineage_id ");
  }

  // Gone with the hand-over, and by itself after a while: a missing row is no finding.
  void check_vault_handovers() {
    sql::Statement rows = stored_.prepare("SELECT card_id, lineage_id, sealed FROM vault_handover");
    while (rows.step()) {
      try {
        keys::vault_open(keys_, {"vault_handover", rows.integer(0), rows.integer(1)}, rows.blob(2));
      } catch (std::exception const&) {
        find(0, "table vault_handover: the row card_id " + std::to_string(rows.integer(0)) +
                    " does not open");
      }
    }
    tell_keys(R"(
      SELECT card_id
      FROM vault_handover
      WHERE (card_id, lineage_id) NOT IN (SELECT card_id, lineage_id FROM handover
        WHERE confirmed_seq IS NULL AND undone_seq IS NULL AND superseded_seq IS NULL))",
              "table vault_handover: a row that no hand-over waits for, card_id ");
  }

  void check_runs() {
    ledger::ReadTx stored(stored_, keys_);
    ledger::ReadTx rebuilt(rebuilt_, keys_);
    check_published_runs(stored, rebuilt, [this](std::int64_t entry, std::string const& what) {
      find(entry, what);
    });
  }

  void tell_keys(std::string_view sql, char const* what) {
    sql::Statement rows = stored_.prepare(sql);
    while (rows.step()) find(0, what + std::to_string(rows.integer(0)));
  }

  sql::Connection& stored_;
  keys::KeyRing const& keys_;
  std::string const& origin_;
  std::optional<std::string> note_;
  std::optional<ledger::Checkpoint> checkpoint_;
  sql::Connection rebuilt_{":memory:", sql::OpenMode::memory};
  VerifyReport report_;
  ledger::merkle::Frontier frontier_;
  std::optional<Digest> root_then_;
  std::int64_t entries_ = 0;
  std::int64_t last_sequence_ = 0;
  std::map<ledger::Ref, std::int64_t> lineages_;
  std::set<std::pair<std::int64_t, std::int64_t>> holders_wanted_;
};

}  // namespace

VerifyReport verify_database(std::filesystem::path const& database,
                             std::filesystem::path const& checkpoint_file,
                             std::string const& origin, keys::KeyRing const& keys) {
  // Read before the database: a running server signs only what it has committed.
  std::optional<std::string> note = sql::read_small_file(checkpoint_file);
  try {
    auto const stored = sql::open_without_changing(database.string());
    VerifyReport report = Verifier(*stored, keys, origin, std::move(note)).run();
    if (!stored->autocommit()) stored->execute("ROLLBACK");
    return report;
  } catch (sql::StorageError const& fault) {
    VerifyReport report;
    report.findings_in_all = 1;
    report.findings.push_back({0, std::string("the database cannot be read: ") + fault.what()});
    return report;
  }
}

}  // namespace kaiku::verify
