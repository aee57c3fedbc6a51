#include "server/pages/worker/typed_card.hpp"

#include <algorithm>
#include <array>

#include "schema/contract/card_token.hpp"
#include "schema/values/ascii.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/worker/issue_form.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::pages {
namespace {

using contract::ShownState;

constexpr std::array<std::string_view, 5> scan_words{"", "read", "unreadable", "two", "held_up"};

std::string text_of(use_cases::GivenHere const& card, contract::Language language) {
  auto const text = card.state == ShownState::blocked   ? Text::card_own_blocked
                    : card.state == ShownState::expired ? Text::card_own_expired
                                                        : Text::card_own_valid;
  auto const day = card.blocked_on.value_or(card.last_valid);
  return fill(language, text, {{"day", day_text(language, day)}});
}

}  // namespace

std::string_view word_of(Scan scan) { return scan_words.at(static_cast<std::size_t>(scan)); }

Scan scan_from(std::string_view word) {
  auto const found = std::ranges::find(scan_words, word);
  return found == scan_words.end() ? Scan::none : static_cast<Scan>(found - scan_words.begin());
}

TypedCard typed_card(ledger::ReadTx& tx, std::string_view text, domain::GivenCard const& given) {
  auto const& input = given.card();
  if (text.size() <= longest_typed_code) {
    // What fingers typed stays as it is; what a scanner puts before a code is nothing to read.
    bool const is_plain = std::ranges::all_of(text, [](char c) {
      return ascii::is_digit(c) || ascii::is_letter(c) || c == '-' || c == ' ';
    });
    if (!input || is_plain) return {std::string(text)};
    return {contract::code_of(*input).text(), Scan::read};
  }
  if (input) {
    auto const resolved = use_cases::resolve_card(tx, *input);
    if (resolved) return {resolved->code.text(), Scan::read};
  }
  return {"", unreadable_word(text) == "two" ? Scan::two_cards : Scan::unreadable};
}

JudgedCard judge_card(ledger::ReadTx& tx, TypedCard const& card, domain::Caller const& caller,
                      Day today) {
  auto const say = [&](Text text) { return std::string(in(caller.language, text)); };
  if (card.scan == Scan::held_up) return {say(Text::venue_many_misses)};
  if (card.scan == Scan::two_cards) return {say(Text::card_two)};
  if (card.scan == Scan::unreadable) return {say(Text::fault_card_unreadable)};
  if (card.text.empty()) return {say(Text::fault_card_required)};
  domain::GivenCard const given(card.text);
  auto const found = use_cases::find_registrable(tx, given, caller);
  if (found) return {};
  if (auto here = use_cases::given_here(tx, given, caller, today)) {
    auto text = text_of(*here, caller.language);
    return {std::move(text), false, here};
  }
  auto const& fields = found.error().fields;
  auto const code = fields.empty() ? FaultCode::unknown_card : fields.front().code;
  return {say(text_of_issue_fault("card", code)), code == FaultCode::unknown_card};
}

Text act_on(use_cases::GivenHere const& card) {
  return card.state == ShownState::expired ? Text::card_renew : Text::nav_card;
}

}  // namespace kaiku::pages
