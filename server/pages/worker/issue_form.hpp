// The issue page's form: read from a POST, carried through the redirect, and what stands against
// it. The POST that decides and the page that shows it ask the same function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/worker/issue_view.hpp"
#include "server/pages/worker/typed_card.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/register_card.hpp"

namespace kaiku::pages {

struct TypedIssue {
  IssueForm form;
  Scan scan = Scan::none;
  std::vector<std::string> identity_codes;  // fields that held one: neither used nor shown again
};
// `given`: what its field for the card holds.
TypedIssue posted_issue(ledger::ReadTx& tx, FormValues const& values,
                        domain::GivenCard const& given);
http::FormPairs told_of(TypedIssue const& typed);
TypedIssue told_issue(FormValues const& told);
// A scanner's Enter: nothing but a card is filled in. The postcode is the office's when nobody has
// touched it.
bool is_card_alone(TypedIssue const& typed, tables::Office const& office);

// What a fault that a use case found at a holder's fact says, and what digits a fact is made of.
Text text_of_issue_fault(std::string_view field, FaultCode code);
// Of the year or the postcode, which the rules judge without any other field.
bool is_of_holder(FieldFault const& fault);
bool is_birth_year(std::string_view text);
bool is_postcode(std::string_view text);
std::optional<int> children_from(std::string_view text);

// The municipalities to choose from when a postcode lies in several; empty otherwise.
std::vector<Option> choices_of_postcode(ledger::ReadTx& tx, std::string const& postcode,
                                        Language language);
bool is_among(std::vector<Option> const& options, std::string_view value);

struct JudgedIssue {
  PageFaults faults{};
  std::vector<Option> municipalities{};  // when the postcode lies in several
  bool asks_municipality = false;        // the page did not ask about this postcode yet
  bool is_unknown_card = false;
  std::optional<use_cases::GivenHere> given_here{};
  std::optional<use_cases::RegisterCard> request{};  // when nothing stands against it
};
JudgedIssue judge_issue(ledger::ReadTx& tx, TypedIssue const& typed, tables::Office const& office,
                        domain::Caller const& caller, Day today);

}  // namespace kaiku::pages
