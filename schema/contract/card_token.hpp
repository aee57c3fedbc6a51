// The card token in the QR: "KK1" + base32 of a COSE_Sign1 over a CWT (RFC 8392). It proves that
// the card is ours; whether it is valid only the register says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "schema/contract/card_code.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/ids.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

// Where in a stock batch a card is: printed small as 0042-0317, never accepted at a door.
struct StockPosition {
  std::int64_t batch = 0;
  std::int64_t position = 0;
  bool operator==(StockPosition const&) const = default;
};

struct CardClaims {
  AreaId issuer;                       // 1 iss
  std::int64_t issued_at_s;            // 6 iat, seconds since 1970
  CardCode code;                       // 7 cti, 7 bytes, 55 bits right-aligned
  std::optional<StockPosition> stock;  // -65537
};

// Asserts the ranges of card_token.cddl: times and numbers within 0 … 2³²-1, so that every card's
// text fits QR version 8 at level M.
std::string make_card_token(CardClaims const& claims, crypto::Ed25519PrivateKey const& key);

// A token whose form is right and whose signature is not yet checked.
struct UnverifiedToken {
  CardClaims claims;
  ByteArray<8> key_id;
  std::int64_t alg;
  Bytes encoded;  // the COSE_Sign1; SHA-256 of it is what caches hold
  bool verify(crypto::Ed25519PublicKey const& key) const;
};
// Strict; Problem::unreadable for anything else, white space around it too. Lower case is accepted
// (some scanners' layouts send it).
Result<UnverifiedToken> parse_card_token(std::string_view qr_text);

// What a hand, a scanner or a file gave: a typed code, or a token. Anything that starts with "KK1"
// and is longer than a code is read as a token. The one reading of a card for API, pages and kiosk:
// spaces of every kind, control characters, what has no width, the sort of a dash, the case of
// letters, a scanner's symbology prefix and what either becomes on another keyboard's layout mean
// nothing, and one card twice is that card. Anything else, however long, is Problem::unreadable.
using CardInput = std::variant<CardCode, UnverifiedToken>;
Result<CardInput> parse_card_input(std::string_view text);
// Whether a text that is no CardInput holds two different cards, glued together or apart: a scanner
// that sends no end of line, or two cards read in a row.
bool holds_two_cards(std::string_view text);
// The code inside either of them.
CardCode code_of(CardInput const& card);
// A code as a person types it, with a right check character: what guess limits are about. A token
// cannot be guessed, so scanners go on whatever was typed before.
inline bool is_typed(CardInput const& card) { return std::holds_alternative<CardCode>(card); }

}  // namespace kaiku::contract
