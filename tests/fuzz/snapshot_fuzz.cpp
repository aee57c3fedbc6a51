#include "schema/codec/cose.hpp"
#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/venue_snapshot.hpp"
#include "tests/fuzz/input.hpp"

using namespace kaiku;

namespace {

constexpr Instant now{1'795'348'800'000'000};

crypto::Ed25519PrivateKey const& key() {
  static auto const made = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 5));
  return made;
}

contract::KeyList const& keys() {
  static auto const made = [] {
    auto const raw = key().public_key().raw();
    return contract::KeyList{
        1,
        {{contract::KeyUse::snapshot, Bytes(raw.begin(), raw.end()), Instant{0}, std::nullopt}},
        {contract::ListedStretch::of({1, contract::row_cost})}};
  }();
  return made;
}

}  // namespace

// What a snapshot key has signed is still read with care: whatever decodes makes a table that can
// be asked, and a delta that it takes or leaves.
int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  auto const input = fuzz::bytes_of_input(bytes, size);
  auto const cards = contract::open_cards_part(
      cose::sign1_ed25519(key(), input, bytes_of("kaiku cards snapshot")), keys(), now);
  if (cards) {
    contract::CardsPart full;
    full.row_key = cards->row_key;
    full.sequence = cards->base;
    contract::CardTable table(cards->base == 0 ? *cards : full);
    if (cards->base != 0) table.apply(*cards);
    for (auto const& row : cards->rows) fuzz::require(table.find(row.hash).has_value());
    table.is_dead(42);
    table.is_void({1, 1});
  }
  auto const root = key().public_key();
  static_cast<void>(contract::open_venue_part(
      cose::sign1_ed25519(key(), input, bytes_of("kaiku venue snapshot")), root, 0));
  static_cast<void>(
      contract::open_key_list(cose::sign1_ed25519(key(), input, bytes_of("kaiku key list")), root));
  return 0;
}
