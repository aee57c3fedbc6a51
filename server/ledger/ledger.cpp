#include "server/ledger/ledger.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "schema/codec/cbor.hpp"
#include "schema/crypto/crypto.hpp"
#include "server/ledger/entry_codec.hpp"
#include "server/ledger/projections.hpp"

namespace kaiku::ledger {
namespace {

constexpr std::int64_t entry_version = 1;

Digest const& hash_of_nothing() {
  static Digest const digest = crypto::sha256(ByteView());
  return digest;
}

Bytes encode_entry(std::int64_t sequence, Instant recorded_at, domain::Actor const& actor,
                   Entry const& entry, Digest const& private_hash) {
  cbor::Writer out;
  out.array(7).integer(entry_version).integer(sequence).integer(recorded_at.us);
  out.integer(kind_of(entry)).integer(actor.packed());
  write_public(entry, out);
  out.bytes(private_hash);
  Bytes encoded = std::move(out).finish();
  if (encoded.size() > cbor::ledger_entry_limit) {
    std::string const kind(name_of_kind(kind_of(entry)));
    throw std::length_error("a ledger entry over 64 KiB: " + kind);
  }
  return encoded;
}

template <class E, class... Kinds>
constexpr bool is_one_of = (std::is_same_v<E, Kinds> || ...);

// Kinds after which areas, venues, callers and devices stand as before. A new kind is not among
// them until somebody has thought of it.
template <class E>
constexpr bool leaves_kept_rows =
    is_one_of<E, CardRegistered, CardRenewed, CardReplaced, CardBlocked, CardUnblocked,
              HolderChanged, UseRedeemed, UseUndone, CardRead, JournalTaken, JournalQuarantined,
              UseRuled, HandoverConfirmed, RegistrationUndone, CardsListed, LetterMade,
              RenewalUndone, ReplacementUndone, StockHanded, SheetPrinted, ReservationMade,
              ReservationEnded, UndoAsked, UndoDecided, ApprovalAsked, ApprovalDecided,
              ReportPublished, HistoryImported, ValueSetSaved, SettingsSet>;

void forget_kept_rows(Kept* kept, Entry const& entry) {
  if (kept == nullptr) return;
  std::visit(
      [&]<class E>(E const&) {
        if constexpr (!leaves_kept_rows<E>) kept->forget();
      },
      entry);
}

[[noreturn]] void refuse(char const* why) {
  throw std::runtime_error(std::string("not a ledger entry: ") + why);
}

template <class T>
T part(Result<T> result, char const* why) {
  if (!result) refuse(why);
  return std::move(*result);
}

}  // namespace

Receipt append(WriteTx& tx, domain::Actor const& actor, Entry const& entry,
               KnownCard const* known) {
  LedgerEnd& end = tx.ledger_end();
  std::int64_t const sequence = end.last_sequence() + 1;
  bool const has_private = has_private_fields(entry);
  Bytes half;
  ByteArray<16> salt{};
  Digest private_hash = hash_of_nothing();
  if (has_private) {
    half = encode_private(entry);
    salt = tx.random().bytes<16>();
    private_hash = crypto::sha256(salt, half);
  }

  Receipt receipt;
  receipt.sequence = sequence;
  receipt.entry = encode_entry(sequence, tx.now(), actor, entry, private_hash);
  receipt.leaf_hash = merkle::leaf_hash(receipt.entry);
  apply(tx.connection(), Applied{sequence, tx.now(), actor, false, known}, entry);
  tx.prepare(
        "INSERT INTO ledger (seq, recorded_at_us, kind, actor, entry) VALUES (?1, ?2, ?3, ?4, ?5)")
      .with(sequence, tx.now(), kind_of(entry), actor.packed(), receipt.entry)
      .run();
  if (has_private) {
    tx.prepare("INSERT INTO ledger_private (seq, salt, private) VALUES (?1, ?2, ?3)")
        .with(sequence, salt, half)
        .run();
  }
  end.add(receipt.leaf_hash);
  forget_kept_rows(tx.kept(), entry);
  return receipt;
}

std::int64_t last_sequence(ReadTx& tx) {
  sql::Statement row = tx.prepare("SELECT COALESCE(MAX(seq), 0) FROM ledger");
  row.step();
  return row.integer(0);
}

std::optional<Receipt> receipt_of(ReadTx& tx, std::int64_t sequence) {
  sql::Statement row = tx.prepare("SELECT entry FROM ledger WHERE seq = ?1");
  if (!row.with(sequence).step()) return std::nullopt;
  ByteView const entry = row.blob(0);
  return Receipt{sequence, merkle::leaf_hash(entry), Bytes(entry.begin(), entry.end())};
}

std::optional<Entry> public_entry_at(ReadTx& tx, std::int64_t sequence) {
  auto const receipt = receipt_of(tx, sequence);
  if (!receipt) return std::nullopt;
  auto const encoded = parse_entry(receipt->entry);
  return decode_entry(static_cast<int>(encoded.kind), encoded.public_half, nullptr);
}

EncodedEntry parse_entry(ByteView encoded) {
  cbor::Reader in(encoded, cbor::ledger_entry_limit);
  if (part(in.array(), "no array") != 7) refuse("not seven items");
  EncodedEntry entry{};
  entry.version = part(in.integer(), "its version");
  if (entry.version != entry_version) refuse("its version is unknown");
  entry.sequence = part(in.integer(), "its sequence");
  entry.recorded_at_us = part(in.integer(), "its time");
  entry.kind = part(in.integer(), "its kind");
  if (entry.kind < 1 || entry.kind > std::numeric_limits<int>::max()) refuse("its kind is unknown");
  entry.actor = part(in.integer(), "its actor");
  entry.public_half = part(in.any(), "its public half");
  ByteView const hash = part(in.bytes(), "its private hash");
  if (hash.size() != entry.private_hash.size()) refuse("the length of its private hash");
  std::copy(hash.begin(), hash.end(), entry.private_hash.begin());
  if (!in.finish()) refuse("bytes are left over");
  return entry;
}

void for_each_entry(ReadTx& tx, std::int64_t from,
                    std::function<void(Recorded const&)> const& each) {
  sql::Statement rows = tx.prepare(R"(
    SELECT l.entry, p.private
    FROM ledger l
    LEFT JOIN ledger_private p ON p.seq = l.seq
    WHERE l.seq >= ?1
    ORDER BY l.seq)");
  rows.with(from);
  while (rows.step()) {
    EncodedEntry const encoded = parse_entry(rows.blob(0));
    bool const has_half = !rows.is_null(1);
    ByteView const half = rows.blob(1);
    Entry entry = decode_entry(static_cast<int>(encoded.kind), encoded.public_half,
                               has_half ? &half : nullptr);
    bool const erased = !has_half && encoded.private_hash != hash_of_nothing();
    each(Recorded{encoded.sequence, Instant{encoded.recorded_at_us},
                  domain::Actor::unpack(encoded.actor), std::move(entry), erased});
  }
}

LedgerEnd load_ledger_end(sql::Connection& connection) {
  merkle::Frontier frontier;
  {
    auto row = connection.prepare("SELECT size, roots FROM merkle_frontier WHERE one = 1");
    if (row.step()) {
      ByteView const packed = row.blob(1);
      std::vector<Digest> roots(packed.size() / sizeof(Digest));
      if (packed.size() % sizeof(Digest) != 0) throw std::runtime_error("a cut Merkle frontier");
      for (std::size_t i = 0; i < roots.size(); ++i) {
        auto const root = packed.subspan(i * sizeof(Digest), sizeof(Digest));
        std::copy(root.begin(), root.end(), roots[i].begin());
      }
      frontier = merkle::Frontier(static_cast<std::uint64_t>(row.integer(0)), std::move(roots));
    }
  }
  auto const stored = static_cast<std::int64_t>(frontier.size());
  auto last = stored;
  auto rows = connection.prepare("SELECT seq, entry FROM ledger WHERE seq >= ?1 ORDER BY seq");
  rows.with(stored);
  bool found = stored == 0;
  while (rows.step()) {
    last = rows.integer(0);
    if (last == stored) {
      found = true;
      continue;
    }
    frontier.append(merkle::leaf_hash(rows.blob(1)));
  }
  if (!found || static_cast<std::int64_t>(frontier.size()) != last) {
    throw std::runtime_error("the ledger and its Merkle frontier do not fit together; run verify");
  }
  return LedgerEnd(std::move(frontier));
}

void store_frontier(sql::Connection& connection, LedgerEnd const& end) {
  assert(!end.has_leaves() && "the frontier of a batch is stored when it is whole");
  merkle::Frontier const& frontier = end.frontier();
  Bytes packed;
  packed.reserve(frontier.roots().size() * sizeof(Digest));
  for (Digest const& root : frontier.roots()) {
    packed.insert(packed.end(), root.begin(), root.end());
  }
  connection
      .prepare(R"(
        INSERT INTO merkle_frontier (one, size, roots)
        VALUES (1, ?1, ?2)
        ON CONFLICT (one) DO UPDATE SET size = excluded.size, roots = excluded.roots)")
      .with(frontier.size(), packed)
      .run();
}

}  // namespace kaiku::ledger
