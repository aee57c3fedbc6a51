#include "server/pages/worker/community_form.hpp"

#include "schema/contract/admission.hpp"
#include "server/pages/worker/issue_form.hpp"

namespace kaiku::pages {
namespace {

constexpr std::size_t longest_kept = 40;  // of what is no card: longer, it is no answer

std::string short_value(FormValues const& form, std::string_view name) {
  auto const value = form[name];
  return value.size() <= longest_kept ? std::string(value) : std::string();
}

std::optional<int> people_from(std::string_view text) {
  if (text.size() > 2) return std::nullopt;
  int const people = static_cast<int>(number_from(text).value_or(0));
  bool const is_group =
      people >= contract::least_of_a_community && people <= contract::most_of_a_community;
  return is_group ? std::optional(people) : std::nullopt;
}

void take_out_identity_codes(TypedCommunity& typed, FormValues const& form) {
  if (holds_identity_code(form, "card", FieldFor::card)) {
    typed.card = {};
    typed.identity_codes.emplace_back("card");
  }
  if (holds_identity_code(form, "people")) {
    typed.people.clear();
    typed.identity_codes.emplace_back("people");
  }
}

// A scanner fills in the card and sends the form: nobody has looked at the number yet.
bool is_untouched(TypedCommunity const& typed) {
  return !typed.make && typed.people == usual_community && typed.ready != typed.card.text;
}

}  // namespace

TypedCommunity posted_community(ledger::ReadTx& tx, FormValues const& form,
                                domain::GivenCard const& given) {
  TypedCommunity typed;
  typed.make = form["make"] == "1";
  typed.people = short_value(form, "people");
  typed.ready = short_value(form, "ready");
  typed.card = typed_card(tx, scanned(form, "card"), given);
  take_out_identity_codes(typed, form);
  return typed;
}

http::FormPairs told_of(TypedCommunity const& typed) {
  http::FormPairs told;
  auto const put = [&](char const* name, std::string value) {
    if (!value.empty()) told.emplace_back(name, std::move(value));
  };
  put("card", typed.card.text);
  put("people", typed.people);
  put("ready", typed.ready);
  put("make", typed.make ? "1" : "");
  put("scan", std::string(word_of(typed.card.scan)));
  for (auto const& field : typed.identity_codes) tell_identity_code(told, field);
  return told;
}

TypedCommunity told_community(FormValues const& told) {
  TypedCommunity typed;
  typed.card = {std::string(told["card"]), scan_from(told["scan"])};
  typed.people = told["people"];
  typed.ready = told["ready"];
  typed.make = told["make"] == "1";
  take_out_identity_codes(typed, told);
  return typed;
}

JudgedCommunity judge_community(ledger::ReadTx& tx, TypedCommunity const& typed,
                                domain::Caller const& caller, Day today) {
  JudgedCommunity judged;
  auto const add = [&](std::string field, std::string text) {
    if (!fault_of(judged.faults, field).empty()) return;
    judged.faults.push_back({std::move(field), std::move(text)});
  };
  auto const say = [&](Text text) { return std::string(in(caller.language, text)); };
  for (auto const& field : typed.identity_codes) add(field, say(Text::fault_identity_code));
  if (!typed.make) {
    auto card = judge_card(tx, typed.card, caller, today);
    if (!card.fault.empty()) add("card", std::move(card.fault));
    judged.is_unknown_card = card.is_unknown;
    judged.given_here = card.given_here;
  }
  auto const people = people_from(typed.people);
  if (!people) add("people", say(Text::fault_community_people));
  judged.asks_people = judged.faults.empty() && is_untouched(typed);
  if (!judged.faults.empty() || judged.asks_people) return judged;
  use_cases::RegisterCard request;
  request.kind = contract::CardKind::community;
  if (!typed.make) request.card = domain::GivenCard(typed.card.text);
  request.community_ceiling = *people;
  request.code_waits = true;
  auto const allowed = use_cases::check_registration(tx, request, caller, today);
  if (allowed)
    judged.request = std::move(request);
  else if (allowed.error().problem == Problem::no_days_left)
    add(typed.make ? "people" : "card", say(Text::fault_no_days_left));
  else
    add("people", say(Text::fault_other));
  return judged;
}

}  // namespace kaiku::pages
