#include "schema/contract/cards_snapshot.hpp"

#include <algorithm>
#include <cassert>
#include <map>

#include "schema/codec/cbor_fields.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr std::int64_t format_version = 3;
constexpr std::size_t part_items = 16;
constexpr std::size_t hash_size = 8;
constexpr std::size_t row_size = CardTable::packed_row_size;
constexpr std::size_t index_size = 3;
constexpr std::size_t beside_size = index_size + 2;
constexpr std::size_t most_areas = 255;
constexpr std::size_t most_voids = 20'000;
constexpr std::string_view bound_to = "kaiku cards snapshot";

// A row's four bytes of facts, from the highest bit: last valid day 16, child limit 4, kind 1,
// state 3, home 8. A child limit of 15 says that the real one lies beside.
constexpr unsigned child_limit_beside = 15;

void put_big_endian(Bytes& out, std::uint64_t value, std::size_t size) {
  for (std::size_t i = size; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t big_endian(std::uint8_t const* at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = (value << 8) | at[i];
  return value;
}

std::uint32_t packed_facts(CardRow const& row) {
  auto const children =
      std::min(static_cast<unsigned>(std::max(row.child_limit, 0)), child_limit_beside);
  auto const day = static_cast<std::uint32_t>(std::clamp(row.last_valid.value, 0, UINT16_MAX));
  return (day << 16) | (children << 12) | (static_cast<unsigned>(row.kind) << 11) |
         (static_cast<unsigned>(row.state) << 8) | row.home;
}

Bytes pack(std::vector<CardRow> const& rows) {
  Bytes packed;
  packed.reserve(rows.size() * row_size);
  for (auto const& row : rows) {
    put_big_endian(packed, row.hash, hash_size);
    put_big_endian(packed, packed_facts(row), row_size - hash_size);
  }
  return packed;
}

CardRow unpack(std::uint8_t const* at) {
  CardRow row;
  row.hash = big_endian(at, hash_size);
  auto const facts = static_cast<std::uint32_t>(big_endian(at + hash_size, row_size - hash_size));
  row.last_valid = Day{static_cast<std::int32_t>(facts >> 16)};
  row.child_limit = static_cast<int>((facts >> 12) & 0xFU);
  row.kind = static_cast<CardKind>((facts >> 11) & 1U);
  row.state = static_cast<StoredState>((facts >> 8) & 7U);
  row.home = static_cast<std::uint8_t>(facts & 0xFFU);
  return row;
}

// (index of the row, number) pairs of five bytes each.
template <class Pick>
void write_beside(cbor::Writer& out, std::vector<CardRow> const& rows, Pick pick) {
  Bytes packed;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::optional<int> const value = pick(rows[i]);
    if (!value) continue;
    put_big_endian(packed, i, index_size);
    put_big_endian(packed, static_cast<std::uint64_t>(*value), beside_size - index_size);
  }
  out.bytes(packed);
}

void write_hashes(cbor::Writer& out, std::vector<RowHash> const& hashes) {
  Bytes packed;
  for (auto const hash : hashes) put_big_endian(packed, hash, hash_size);
  out.bytes(packed);
}

Bytes encode(CardsPart const& part) {
  cbor::Writer out;
  out.array(part_items).integer(format_version).integer(part.row_key.epoch);
  out.bytes(part.row_key.key).bytes(part.row_key.salt).integer(part.row_key.stretch.number);
  out.integer(part.base).integer(part.sequence).integer(part.issued_at.us);
  out.array(part.local_only_areas.size());
  for (auto const& area : part.local_only_areas) out.text(area.value);
  out.bytes(pack(part.rows));
  auto const today = helsinki_day(part.issued_at);
  write_beside(out, part.rows, [today](CardRow const& row) {
    return row.first_valid > today ? std::optional(row.first_valid.value) : std::nullopt;
  });
  write_beside(out, part.rows, [](CardRow const& row) {
    return row.kind == CardKind::community ? std::optional(row.community_ceiling) : std::nullopt;
  });
  write_beside(out, part.rows, [](CardRow const& row) {
    bool const large = row.child_limit >= static_cast<int>(child_limit_beside);
    return large ? std::optional(row.child_limit) : std::nullopt;
  });
  write_hashes(out, part.removed);
  out.array(part.voids.size());
  for (auto const& range : part.voids) {
    out.array(3).integer(range.batch).integer(range.from).integer(range.to);
  }
  if (part.base == 0) {
    out.bytes(part.dead.bits());
  } else {
    write_hashes(out, part.newly_dead);
  }
  return std::move(out).finish();
}

std::vector<RowHash> read_hashes(CborFields& in) {
  ByteView const packed = in.view(0, cards_file_limit);
  in.check(packed.size() % hash_size == 0);
  std::vector<RowHash> hashes;
  if (!in.good()) return hashes;
  for (std::size_t at = 0; at < packed.size(); at += hash_size) {
    hashes.push_back(big_endian(packed.data() + at, hash_size));
  }
  return hashes;
}

void read_rows(CborFields& in, CardsPart& part) {
  ByteView const packed = in.view(0, cards_file_limit);
  in.check(packed.size() % row_size == 0);
  if (!in.good()) return;
  part.rows.reserve(packed.size() / row_size);
  for (std::size_t at = 0; at < packed.size(); at += row_size) {
    auto const row = unpack(packed.data() + at);
    in.check(part.rows.empty() || part.rows.back().hash < row.hash);
    in.check(row.home <= part.local_only_areas.size() && row.state <= StoredState::void_);
    part.rows.push_back(row);
  }
}

// Lays a side list over the rows that it names; each has to be there.
template <class Put>
void read_beside(CborFields& in, CardsPart& part, Put put) {
  ByteView const packed = in.view(0, cards_file_limit);
  in.check(packed.size() % beside_size == 0);
  for (std::size_t at = 0; in.good() && at < packed.size(); at += beside_size) {
    auto const index = static_cast<std::size_t>(big_endian(packed.data() + at, index_size));
    auto const value = static_cast<int>(big_endian(packed.data() + at + index_size, 2));
    in.check(index < part.rows.size());
    if (in.good()) put(part.rows[index], value);
  }
}

void read_head(CborFields& in, CardsPart& part) {
  part.row_key.epoch = in.id();
  part.row_key.key = in.fixed<32>();
  part.row_key.salt = in.fixed<16>();
  part.row_key.stretch.number = in.id();
  part.base = in.count();
  part.sequence = in.integer(part.base, INT64_MAX);
  part.issued_at = in.instant();
  std::size_t const areas = in.list(most_areas);
  for (std::size_t i = 0; i < areas; ++i) {
    auto const id = AreaId::parse(in.text(8));
    in.check(id.has_value());
    part.local_only_areas.push_back(id.value_or(AreaId{}));
  }
}

void read_voids(CborFields& in, CardsPart& part) {
  std::size_t const count = in.list(most_voids);
  for (std::size_t i = 0; i < count; ++i) {
    in.array(3);
    VoidRange range;
    range.batch = in.id();
    range.from = in.id();
    range.to = in.integer(range.from, INT64_MAX);
    part.voids.push_back(range);
  }
}

Error unreadable(char const* why) { return Error(Problem::unreadable, why); }

Result<CardsPart> decode(ByteView payload, KeyList const& keys) {
  CborFields in(payload, cards_file_limit);
  in.array(part_items);
  if (in.integer(0, INT64_MAX) != format_version || !in.good()) {
    return unreadable("cards snapshot of another version");
  }
  CardsPart part;
  read_head(in, part);
  read_rows(in, part);
  read_beside(in, part, [](CardRow& row, int day) { row.first_valid = Day{day}; });
  read_beside(in, part, [](CardRow& row, int ceiling) { row.community_ceiling = ceiling; });
  read_beside(in, part, [](CardRow& row, int children) { row.child_limit = children; });
  part.removed = read_hashes(in);
  read_voids(in, part);
  if (part.base == 0) {
    part.dead = DeadSet::from_bits(in.bytes(0, DeadSet::most_bytes));
    in.check(part.removed.empty());
  } else {
    part.newly_dead = read_hashes(in);
  }
  if (!in.finished()) return unreadable("cards snapshot of a wrong form");
  auto const stretch = keys.stretch(part.row_key.stretch.number);
  if (!stretch) return stretch.error();
  part.row_key.stretch = *stretch;
  return part;
}

template <class Value>
std::optional<Value> beside(std::vector<std::pair<RowHash, Value>> const& list, RowHash hash) {
  auto const at = std::ranges::lower_bound(list, hash, {}, &std::pair<RowHash, Value>::first);
  if (at == list.end() || at->first != hash) return std::nullopt;
  return at->second;
}

// Takes the hash out of the list and, with a value, puts it back at its place.
template <class Value>
void set_beside(std::vector<std::pair<RowHash, Value>>& list, RowHash hash,
                std::optional<Value> value) {
  auto at = std::ranges::lower_bound(list, hash, {}, &std::pair<RowHash, Value>::first);
  bool const has = at != list.end() && at->first == hash;
  if (value && has) {
    at->second = *value;
  } else if (value) {
    list.insert(at, {hash, *value});
  } else if (has) {
    list.erase(at);
  }
}

}  // namespace

Bytes sign_cards_part(CardsPart const& part, crypto::Ed25519PrivateKey const& snapshot_key) {
  assert(std::ranges::is_sorted(part.rows, {}, &CardRow::hash));
  return cose::sign1_ed25519(snapshot_key, encode(part), bytes_of(bound_to));
}

Result<CardsPart> open_cards_part(ByteView signed_part, KeyList const& keys, Instant now) {
  auto const message = cose::parse_sign1(signed_part, cards_file_limit);
  if (!message) return message.error();
  for (auto const& key : keys.keys_for(KeyUse::snapshot, now)) {
    if (std::ranges::equal(message->key_id, key.key_id()) &&
        cose::verify(*message, key, bytes_of(bound_to))) {
      return decode(message->payload, keys);
    }
  }
  return unreadable("the cards snapshot is not signed by a snapshot key of the key list");
}

CardTable::CardTable(CardsPart const& full)
    : row_key_(full.row_key),
      sequence_(full.sequence),
      issued_at_(full.issued_at),
      local_only_areas_(full.local_only_areas),
      rows_(pack(full.rows)),
      dead_(full.dead),
      voids_(full.voids) {
  assert(full.base == 0);
  auto const today = helsinki_day(full.issued_at);
  for (auto const& row : full.rows) {
    if (row.first_valid > today) beside_.first_valid.push_back({row.hash, row.first_valid});
    if (row.kind == CardKind::community) {
      beside_.ceiling.push_back({row.hash, row.community_ceiling});
    }
    if (row.child_limit >= static_cast<int>(child_limit_beside)) {
      beside_.child_limit.push_back({row.hash, row.child_limit});
    }
  }
}

bool CardTable::apply(CardsPart const& delta) {
  if (delta.base == 0 || delta.base != sequence_ || delta.row_key != row_key_) return false;
  if (delta.local_only_areas != local_only_areas_) return false;
  // The rows of a delta win over the table's; null: removed.
  std::map<RowHash, CardRow const*> changes;
  for (auto const hash : delta.removed) changes[hash] = nullptr;
  for (auto const& row : delta.rows) changes[row.hash] = &row;
  auto const today = helsinki_day(delta.issued_at);
  Bytes merged;
  merged.reserve(rows_.size() + delta.rows.size() * row_size);
  auto change = changes.begin();
  auto const put_changes_before = [&](std::optional<RowHash> hash) {
    for (; change != changes.end() && (!hash || change->first < *hash); ++change) {
      if (!change->second) continue;
      put_big_endian(merged, change->first, hash_size);
      put_big_endian(merged, packed_facts(*change->second), row_size - hash_size);
    }
  };
  for (std::size_t at = 0; at < rows_.size(); at += row_size) {
    auto const* const row = rows_.data() + at;
    auto const hash = big_endian(row, hash_size);
    put_changes_before(hash);
    if (change != changes.end() && change->first == hash) continue;  // written at the next step
    merged.insert(merged.end(), row, row + row_size);
  }
  put_changes_before(std::nullopt);
  rows_ = std::move(merged);
  for (auto const& [hash, row] : changes) {
    using MaybeInt = std::optional<int>;
    bool const later = row && row->first_valid > today;
    bool const community = row && row->kind == CardKind::community;
    bool const large = row && row->child_limit >= static_cast<int>(child_limit_beside);
    set_beside(beside_.first_valid, hash, later ? std::optional(row->first_valid) : std::nullopt);
    set_beside(beside_.ceiling, hash, community ? MaybeInt(row->community_ceiling) : MaybeInt());
    set_beside(beside_.child_limit, hash, large ? MaybeInt(row->child_limit) : MaybeInt());
  }
  voids_.insert(voids_.end(), delta.voids.begin(), delta.voids.end());
  if (!delta.newly_dead.empty() && dead_.bits().empty()) {
    dead_ = DeadSet::for_count(delta.newly_dead.size());
  }
  for (auto const hash : delta.newly_dead) dead_.add(hash);
  sequence_ = delta.sequence;
  issued_at_ = delta.issued_at;
  return true;
}

std::optional<CardFacts> CardTable::find(RowHash hash) const {
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    std::size_t const middle = low + (high - low) / 2;
    if (big_endian(rows_.data() + middle * row_size, hash_size) < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == size()) return std::nullopt;
  auto const row = unpack(rows_.data() + low * row_size);
  if (row.hash != hash) return std::nullopt;
  CardFacts facts;
  facts.state = row.state;
  facts.kind = row.kind;
  facts.first_valid = beside(beside_.first_valid, hash).value_or(Day{0});
  facts.last_valid = row.last_valid;
  facts.child_limit = beside(beside_.child_limit, hash).value_or(row.child_limit);
  facts.community_ceiling = beside(beside_.ceiling, hash).value_or(0);
  if (row.home > 0 && row.home <= local_only_areas_.size()) {
    facts.home_area = local_only_areas_[row.home - 1U];
    facts.home_area_is_local_only = true;
  }
  return facts;
}

bool CardTable::tells_homes_of(AreaId const& area) const {
  return std::ranges::find(local_only_areas_, area) != local_only_areas_.end();
}

bool CardTable::is_void(StockPosition const& position) const {
  return std::ranges::any_of(voids_, [&](VoidRange const& range) {
    return range.batch == position.batch && range.from <= position.position &&
           position.position <= range.to;
  });
}

}  // namespace kaiku::contract
