// Cards, lineages and the vault rows that belong to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/card_code.hpp"
#include "schema/contract/card_state.hpp"
#include "server/domain/card_reads.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/entries.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct Card {
  CardId id;
  ledger::Ref ref{};
  std::optional<BatchId> batch;
  std::optional<std::int64_t> position;
  AreaId area;
  std::optional<OfficeId> office;
  contract::CardKind kind = contract::CardKind::personal;
  contract::StoredState state = contract::StoredState::stock;
  std::optional<LineageId> lineage;
  ledger::Ref lineage_ref{};  // zero without a lineage
  Day first_valid;
  Day last_valid;
  int community_ceiling = 0;
  std::optional<Day> blocked_until{};  // the last day of a block that ends by itself
};

// By its code; with the hash of the token that we signed for it.
struct CardOfCode {
  Card card;
  Digest token_hash{};
};
std::optional<CardOfCode> find_card(ledger::ReadTx& tx, contract::CardCode const& code);
std::optional<Card> find_card(ledger::ReadTx& tx, CardId id);
// The card of a lineage that is in use: not replaced; nullopt when there is none.
std::optional<Card> current_card_of(ledger::ReadTx& tx, LineageId lineage);
// State and days as they held at an instant; nullopt: the card was not registered yet.
struct CardVersion {
  contract::StoredState state;
  Day first_valid;
  Day last_valid;
};
std::optional<CardVersion> card_at(ledger::ReadTx& tx, CardId id, Instant at);

// Why a card was blocked last, lifted or not; nullopt when it never was.
std::optional<domain::BlockReason> block_reason_of(ledger::ReadTx& tx, CardId id);
// Since when a blocked card is blocked; nullopt for any other.
std::optional<Day> blocked_on(ledger::ReadTx& tx, CardId id);
// The last day that the newest block of a card was made with.
std::optional<Day> end_of_block(ledger::ReadTx& tx, CardId id);
// A block for misuse that was not lifted and whose last day is not over, whatever else the card was
// blocked for since.
struct Bar {
  Day since;
  std::optional<Day> until;
};
std::optional<Bar> bar_of(ledger::ReadTx& tx, CardId id, Day today);
// Whether a blocked card is blocked because its holder reported it lost.
bool is_reported_lost(ledger::ReadTx& tx, CardId id);

// Blocked cards whose block has ended before a day.
std::vector<Card> blocked_until_before(ledger::ReadTx& tx, Day day, int limit);
// The newest version of a card when it came with a renewal; nullopt for any other.
struct LastRenewal {
  std::int64_t seq = 0;
  Instant at;
  Day last_valid_before;
};
std::optional<LastRenewal> last_renewal_of(ledger::ReadTx& tx, CardId id);

contract::CardCode code_of(ledger::ReadTx& tx, CardId id);
// Throws a constraint StorageError when the code is taken: draw another.
void put_card_in_vault(ledger::WriteTx& tx, CardId id, contract::CardCode const& code,
                       Digest const& token_hash);

struct Lineage {
  LineageId id;
  ledger::Ref ref{};
  contract::CardKind kind = contract::CardKind::personal;
  AreaId area;
  std::string municipality;
  OfficeId office;
  Day registered_on;
};
std::optional<Lineage> find_lineage(ledger::ReadTx& tx, LineageId id);

// What the office was told of the holder; community cards have none of it.
struct HolderFacts {
  int birth_year = 0;
  std::string postcode;
  int children = 0;
  std::string life_situation;  // voluntary, empty when not told
  std::string gender;
  std::string language;
};
std::optional<HolderFacts> holder_of(ledger::ReadTx& tx, LineageId lineage);
std::optional<HolderFacts> holder_at(ledger::ReadTx& tx, LineageId lineage, Instant at);
// As they were before the version of an entry.
std::optional<HolderFacts> holder_before(ledger::ReadTx& tx, LineageId lineage, std::int64_t seq);
void put_holder(ledger::WriteTx& tx, LineageId lineage, std::int64_t seq, Instant effective_from,
                HolderFacts const& facts);
// Of some holder, for a look-up that costs the same whether or not there is one; nullopt while
// nobody has a card.
std::optional<LineageId> some_holder(ledger::ReadTx& tx);
// The entry that the facts of now came with, and since when there are any; nullopt without facts.
struct HolderVersion {
  std::int64_t seq = 0;
  Instant first_effective_from;
};
std::optional<HolderVersion> holder_version_of(ledger::ReadTx& tx, LineageId lineage);
// All that the office was ever told of the holder.
void erase_holder(ledger::WriteTx& tx, LineageId lineage);
// Whether an office has changed nothing of a card since it was registered, nor of its holder.
bool is_as_registered(ledger::ReadTx& tx, CardId card, LineageId lineage);
// Whether the holder has ever used or reserved anything, undone or not.
bool has_acts(ledger::ReadTx& tx, LineageId lineage);
// Whether a card was used or places were held for it, undone or not, after an entry.
bool has_acts_since(ledger::ReadTx& tx, CardId card, std::int64_t seq);

// The short recovery code of the letter given at issue.
void put_recovery_code(ledger::WriteTx& tx, LineageId lineage, std::string_view code);
void erase_recovery_codes(ledger::WriteTx& tx, LineageId lineage);
std::optional<LineageId> lineage_of_recovery_code(ledger::ReadTx& tx, std::string_view code);

struct CardBatch {
  BatchId id;
  AreaId area;
  std::optional<OfficeId> office;
  std::int64_t count = 0;
  Day made_on;
  std::int64_t in_stock = 0;
};
std::int64_t last_batch_number(ledger::ReadTx& tx);
// Of all batches that somebody made alone on a day: without those that a second person approved.
std::int64_t cards_made_by(ledger::ReadTx& tx, domain::Actor const& actor, Day day);
std::optional<CardBatch> find_batch(ledger::ReadTx& tx, BatchId id);
std::vector<CardBatch> list_batches(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                    std::int64_t after, int limit);
// How many cards of a range of positions are still in stock.
std::int64_t in_stock_between(ledger::ReadTx& tx, BatchId id, std::int64_t from, std::int64_t to);

// When this actor last read this card for this purpose; stored again with `note_card_read`.
std::optional<Instant> last_card_read(ledger::ReadTx& tx, domain::Actor const& actor, CardId card,
                                      domain::ReadPurpose purpose);
void note_card_read(ledger::WriteTx& tx, domain::Actor const& actor, CardId card,
                    domain::ReadPurpose purpose);
// The same of a list and the cards that it showed.
struct ListRead {
  Digest cards_hash{};
  Instant at;
};
std::optional<ListRead> last_list_read(ledger::ReadTx& tx, domain::Actor const& actor,
                                       std::string_view list);
void note_list_read(ledger::WriteTx& tx, domain::Actor const& actor, std::string_view list,
                    Digest const& cards_hash);

}  // namespace kaiku::tables
