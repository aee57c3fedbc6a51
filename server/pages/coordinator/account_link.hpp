// The one-time link of an account on its way from the form that made it to the page that shows it:
// it lies in the vault with what came of that form, and the address names the form alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/manage_accounts.hpp"

namespace kaiku::pages {

// What came of a form that made the link: to the account's page, which shows it. `did`: "made" or
// "reset".
FormDone to_link(access::Call const& call, AccountId account, std::string_view form_id,
                 std::string_view did, use_cases::SetUpLink const& link);

// The link that `form_id` has made; nullopt when it opens no more, or another account.
std::optional<use_cases::SetUpLink> link_of(access::Call const& call, ledger::ReadTx& tx,
                                            AccountId account, std::string_view form_id);

std::string account_path(AccountId account);

}  // namespace kaiku::pages
