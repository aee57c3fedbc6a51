#include "server/domain/given_card.hpp"

#include "server/domain/spoken_code.hpp"

namespace kaiku::domain {

GivenCard::GivenCard(std::string_view text) : card_(Error(Problem::unreadable)) {
  if (is_recovery_code(text))
    recovery_code_ = folded_code(text);
  else
    card_ = contract::parse_card_input(text);
}

bool GivenCard::is_typed() const { return recovery_code_ || (card_ && contract::is_typed(*card_)); }

}  // namespace kaiku::domain
