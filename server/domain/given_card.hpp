// What an office was given for a card, read once where it comes in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/contract/card_token.hpp"
#include "schema/values/result.hpp"

namespace kaiku::domain {

class GivenCard {
 public:
  // A typed code, a QR's text or the recovery code of a holder's letter; what is none of them is
  // kept, since whoever asks for the card is told so only after what comes before it.
  explicit GivenCard(std::string_view text);
  // NOLINTNEXTLINE(google-explicit-constructor): the code of a card that is at hand
  GivenCard(contract::CardCode code) : card_(contract::CardInput(code)) {}

  // Problem::unreadable for a recovery code too: it names a holder, and no card that is given.
  Result<contract::CardInput> const& card() const { return card_; }
  // As `folded_code` writes it; nullopt for all else.
  std::optional<std::string> const& recovery_code() const { return recovery_code_; }
  // What guess limits are about: either code, and never a token.
  bool is_typed() const;

 private:
  std::optional<std::string> recovery_code_;
  Result<contract::CardInput> card_;
};

}  // namespace kaiku::domain
