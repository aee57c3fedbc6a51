#include "server/pages/worker/stock_card_text.hpp"

namespace kaiku::pages {

Text text_of_stock_card(FaultCode code) {
  switch (code) {
    case FaultCode::personal_identity_code: return Text::fault_identity_code;
    case FaultCode::unreadable: return Text::fault_card_unreadable;
    case FaultCode::unknown_card: return Text::fault_card_unknown;
    case FaultCode::other_office: return Text::fault_card_elsewhere;
    case FaultCode::card_void: return Text::fault_card_void;
    case FaultCode::card_replaced: return Text::card_problem_replaced;
    default: return Text::fault_card_issued;
  }
}

}  // namespace kaiku::pages
