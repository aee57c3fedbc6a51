#include "server/pages/venue/card_entry.hpp"

#include "schema/codec/personal_identity_code.hpp"
#include "schema/contract/answers.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/venue/door_faults.hpp"

namespace kaiku::pages {

CardEntry card_entry_of(access::Call const& call, std::string_view typed, VenueId venue) {
  if (typed.empty()) return {.text = {}, .fault = "required"};
  if (auto const word = unreadable_word(typed); !word.empty()) {
    if (codec::contains_personal_identity_code(typed))
      return {.text = {}, .fault = "identity_code"};
    return {.text = std::string(shown_again(typed)), .fault = std::string(word)};
  }
  CardEntry entry{std::string(typed), contract::parse_card_input(typed).value()};
  if (!access::may_type(call, *entry.input, venue)) entry.fault = "many";
  return entry;
}

bool is_same_card(std::string_view one, std::string_view other) {
  auto const first = contract::parse_card_input(one);
  auto const second = contract::parse_card_input(other);
  return first && second && contract::code_of(*first) == contract::code_of(*second);
}

std::string_view shown_again(std::string_view card) {
  return card.size() <= longest_typed_code ? card : std::string_view();
}

std::optional<std::string> card_entry_fault(Language language, std::string_view word,
                                            std::int64_t n) {
  if (word == "many") return std::string(in(language, Text::venue_many_misses));
  if (word == "identity_code") return std::string(in(language, Text::fault_identity_code));
  if (word == "reserved_already") {
    auto const text = n == 1 ? Text::reserved_already_one : Text::reserved_already;
    return fill(language, text, {{"n", number_text(language, n)}});
  }
  if (word == "unknown") return std::string(in(language, Text::paper_unknown));
  if (word == "twice") return std::string(in(language, Text::paper_twice));
  if (contract::answer_from(word) == contract::Answer::quota_full) {
    auto const words = contract::words_of(contract::Answer::quota_full,
                                          {.quota_left = static_cast<int>(n)}, language);
    return words.heading + ".";
  }
  return door_fault(language, word, static_cast<int>(n));
}

Result<http::Response> box_office_form(access::Call& call, ledger::WriteTx& tx,
                                       std::string_view path, BoxOfficeWork const& work) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  if (call.caller().venues.empty()) return Error(Problem::forbidden);
  FormValues const form(*pairs);
  auto const opened = state_of(call, path);
  FormValues const before(opened ? opened->told : http::FormPairs{});
  return sent_once(call, tx, *pairs, path, [&] { return work(form, before); });
}

}  // namespace kaiku::pages
