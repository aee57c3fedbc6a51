// The card: what its two faces show. No date, no children, no office: the register wins, and nobody
// is labelled.
#pragma once

#include <optional>
#include <string>

#include "schema/contract/answers.hpp"
#include "schema/contract/card_token.hpp"
#include "schema/values/bytes.hpp"
#include "server/print/mark.hpp"
#include "server/print/units.hpp"

namespace kaiku::print {

inline constexpr Size card_size{85, 54};
// The corner that may be cut off so that a finger finds the way up: both its sides.
inline constexpr double cut_corner_mm = 8;

enum class CardKind { personal, community };

// One card. Code, place in the batch and QR come out of its token, so they cannot disagree. It
// knows no holder, and nothing that knows one takes it: see letter.hpp.
class Card {
 public:
  // Asserts that the token is well-formed (contract::make_card_token).
  explicit Card(std::string token, CardKind kind = CardKind::personal);

  std::string const& token() const { return token_; }
  contract::CardCode code() const { return claims_.code; }
  std::optional<contract::StockPosition> stock() const { return claims_.stock; }
  CardKind kind() const { return kind_; }

 private:
  std::string token_;
  contract::CardClaims claims_;
  CardKind kind_;
};

// What all cards of a printing share.
struct CardDesign {
  // "kaiku.example": where holders look at their card, at host/me. There is room for three
  // lines, some hundred characters.
  std::string host;
  std::optional<Mark> mark = std::nullopt;
  bool corner_to_cut = false;
  // Who gets a found card back; with it cards have backs. Never the office that gives the card out.
  std::optional<std::string> found_contact = std::nullopt;
};

class Canvas;

// With the card's upper left corner as the canvas's.
void draw_face(Canvas const& canvas, Card const& card, CardDesign const& design);
void draw_back(Canvas const& canvas, std::string_view found_contact);

// "0042" and "0042-0317"; empty for a card that was made on the spot.
std::string batch_text(Card const& card);
std::string position_text(Card const& card);

// One card, a page of its own size; its back is the second page.
Bytes card_pdf(Card const& card, CardDesign const& design, contract::Language language);

}  // namespace kaiku::print
