// Why a stock card that was scanned cannot be given, in words for the worker.
#pragma once

#include "schema/values/fault_codes.hpp"
#include "server/pages/frame/texts.hpp"

namespace kaiku::pages {

// The text of a fault at /card, whether the card is issued or replaces another.
Text text_of_stock_card(FaultCode code);

}  // namespace kaiku::pages
