// The forms of acts on a card: what was typed, and what stands against it. The POST that decides
// and the page that shows it again ask the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/pages/worker/card_act_view.hpp"
#include "server/pages/worker/typed_card.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {

// What an act hangs on of its card, as it is: a form that was filled on another state differs. What
// the act does not touch may change meanwhile.
std::string seen_by_act(ledger::ReadTx& tx, std::string_view path, use_cases::CardView const& view);
// A form as it was sent, or as the address of one that was refused tells it. Only an address says
// how its card was read: whoever sends a form could say anything.
struct TypedAct {
  FormValues form;
  TypedCard replacement;  // what stands in the field for the new card
};
TypedAct posted_act(ledger::ReadTx& tx, FormValues form, domain::GivenCard const& given);
TypedAct told_act(ledger::ReadTx& tx, FormValues told);
// What a refused form tells its page again.
http::FormPairs told_of(TypedAct const& typed);

struct JudgedAct {
  PageFaults faults;
  bool is_unknown_card = false;  // the form names one that nobody has
};
JudgedAct judge_act(ledger::ReadTx& tx, std::string_view path, TypedAct const& typed,
                    domain::Caller const& caller, Day today);
// A scan that is no good is not there again, for the next one comes into its place.
void empty_faulty_scan(ActPage& page, TypedAct const& typed);

// Those that were typed, when the form asks for them; a fault is told by judge_act.
std::optional<int> children_in(FormValues const& form);
std::vector<Option> replace_reasons(Language language);
std::vector<Option> block_reasons(Language language);
// Why the card cannot be replaced, as a sentence; empty when it can.
std::string bar_of_replacement(ledger::ReadTx& tx, CardId card, Language language, Day today);

}  // namespace kaiku::pages
