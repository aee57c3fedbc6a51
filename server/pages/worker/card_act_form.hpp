// The forms of acts on a card: what was typed, and what stands against it. The POST that decides
// and the page that shows it again ask the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/pages/worker/card_act_view.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {

// What an act hangs on of its card, as it is: a form that was filled on another state differs. What
// the act does not touch may change meanwhile.
std::string seen_by_act(ledger::ReadTx& tx, std::string_view path, use_cases::CardView const& view);
// What a refused form tells its page again.
http::FormPairs told_of_act(ledger::ReadTx& tx, FormValues const& form);

struct JudgedAt {
  Language language;
  Day today;
};
PageFaults judge_act(ledger::ReadTx& tx, std::string_view path, FormValues const& form,
                     domain::Caller const& caller, JudgedAt const& at);
// Whether the form names a card that nobody has.
bool is_guess(ledger::ReadTx& tx, std::string_view path, FormValues const& form);
// A scan that is no good is not there again, for the next one comes into its place.
void empty_faulty_scan(ActPage& page, FormValues const& told);

// Those that were typed, when the form asks for them; a fault is told by judge_act.
std::optional<int> children_in(FormValues const& form);
std::vector<Option> replace_reasons(Language language);
std::vector<Option> block_reasons(Language language);
// Why the card cannot be replaced, as a sentence; empty when it can.
std::string bar_of_replacement(ledger::ReadTx& tx, CardId card, Language language, Day today);

}  // namespace kaiku::pages
