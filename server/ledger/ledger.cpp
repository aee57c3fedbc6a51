#include "server/ledger/ledger.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "schema/codec/cbor.hpp"
#include "schema/crypto/crypto.hpp"
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

[[noreturn]] void refuse(char const* why) {
  throw std::runtime_error(std::string("not a ledger entry: ") + why);
}

template <class T>
T part(Result<T> result, char const* why) {
  if (!result) refuse(why);
  return std::move(*result);
}

}  // namespace

Receipt append(WriteTx& tx, domain::Actor const& actor, Entry const& entry) {
  LedgerEnd& end = tx.ledger_end();
  std::int64_t const sequence = end.last_sequence + 1;
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
  tx.prepare(
        "INSERT INTO ledger (seq, recorded_at_us, kind, actor, entry) VALUES (?1, ?2, ?3, ?4, ?5)")
      .with(sequence, tx.now(), kind_of(entry), actor.packed(), receipt.entry)
      .run();
  if (has_private) {
    tx.prepare("INSERT INTO ledger_private (seq, salt, private) VALUES (?1, ?2, ?3)")
        .with(sequence, salt, half)
        .run();
  }
  end.last_sequence = sequence;
  end.frontier.append(receipt.leaf_hash);
  apply(tx.connection(), Recorded{sequence, tx.now(), actor, entry, false});
  return receipt;
}

std::optional<Receipt> receipt_of(ReadTx& tx, std::int64_t sequence) {
  sql::Statement row = tx.prepare("SELECT entry FROM ledger WHERE seq = ?1");
  if (!row.with(sequence).step()) return std::nullopt;
  ByteView const entry = row.blob(0);
  return Receipt{sequence, merkle::leaf_hash(entry), Bytes(entry.begin(), entry.end())};
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
  LedgerEnd end;
  {
    sql::Statement row =
        connection.prepare("SELECT size, roots FROM merkle_frontier WHERE one = 1");
    if (row.step()) {
      ByteView const packed = row.blob(1);
      std::vector<Digest> roots(packed.size() / sizeof(Digest));
      if (packed.size() % sizeof(Digest) != 0) throw std::runtime_error("a cut Merkle frontier");
      for (std::size_t i = 0; i < roots.size(); ++i) {
        auto const root = packed.subspan(i * sizeof(Digest), sizeof(Digest));
        std::copy(root.begin(), root.end(), roots[i].begin());
      }
      end.last_sequence = row.integer(0);
      end.frontier = merkle::Frontier(static_cast<std::uint64_t>(row.integer(0)), std::move(roots));
    }
  }
  std::int64_t const stored = end.last_sequence;
  sql::Statement rows =
      connection.prepare("SELECT seq, entry FROM ledger WHERE seq >= ?1 ORDER BY seq");
  rows.with(stored);
  bool found = stored == 0;
  while (rows.step()) {
    if (rows.integer(0) == stored) {
      found = true;
      continue;
    }
    end.frontier.append(merkle::leaf_hash(rows.blob(1)));
    end.last_sequence = rows.integer(0);
  }
  if (!found || static_cast<std::int64_t>(end.frontier.size()) != end.last_sequence) {
    throw std::runtime_error("the ledger and its Merkle frontier do not fit together; run verify");
  }
  return end;
}

void store_frontier(sql::Connection& connection, LedgerEnd const& end) {
  Bytes packed;
  packed.reserve(end.frontier.roots().size() * sizeof(Digest));
  for (Digest const& root : end.frontier.roots()) {
    packed.insert(packed.end(), root.begin(), root.end());
  }
  connection
      .prepare(R"(
        INSERT INTO merkle_frontier (one, size, roots)
        VALUES (1, ?1, ?2)
        ON CONFLICT (one)
        DO UPDATE SET size = excluded.size, roots = excluded.roots)")
      .with(end.frontier.size(), packed)
      .run();
}

}  // namespace kaiku::ledger
