// The form for a community card: read from a POST, carried through the redirect, and what stands
// against it. The POST that decides and the page that shows it ask the same function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/worker/typed_card.hpp"
#include "server/use_cases/register_card.hpp"

namespace kaiku::pages {

inline constexpr std::string_view usual_community = "10";

struct TypedCommunity {
  bool make = false;  // no stock: make a card on the spot
  TypedCard card;
  std::string people;
  std::string ready;                          // the card that the page had read already
  std::vector<std::string> identity_codes{};  // fields that held one: neither used nor shown again
};
TypedCommunity posted_community(ledger::ReadTx& tx, FormValues const& form,
                                domain::GivenCard const& given);
http::FormPairs told_of(TypedCommunity const& typed);
TypedCommunity told_community(FormValues const& told);

struct JudgedCommunity {
  PageFaults faults{};
  // A scanner's Enter with the usual number of people untouched: they are asked for once.
  bool asks_people = false;
  bool is_unknown_card = false;
  std::optional<use_cases::GivenHere> given_here{};
  std::optional<use_cases::RegisterCard> request{};  // when nothing stands against it
};
JudgedCommunity judge_community(ledger::ReadTx& tx, TypedCommunity const& typed,
                                domain::Caller const& caller, Day today);

}  // namespace kaiku::pages
