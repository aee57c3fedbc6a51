// A card as a picture that its holder keeps in a telephone: it needs no network at the door.
#pragma once

#include "schema/values/bytes.hpp"
#include "server/print/card.hpp"

namespace kaiku::print {

// A PNG: QR and code, black on white. Throws std::runtime_error when cairo cannot write it.
Bytes card_picture(Card const& card);

}  // namespace kaiku::print
