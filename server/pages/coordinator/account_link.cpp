#include "server/pages/coordinator/account_link.hpp"

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/use_cases/set_up_account.hpp"

namespace kaiku::pages {

std::string account_path(AccountId account) { return "/accounts/" + std::to_string(account.value); }

FormDone to_link(access::Call const& call, AccountId account, std::string_view form_id,
                 std::string_view did, use_cases::SetUpLink const& link) {
  auto const path = account_path(account);
  http::FormPairs const told{{"form", std::string(form_id)}, {"did", std::string(did)}};
  return {see_other(with_state(call, path, path, told)),
          encoded({{"token", link.token}, {"until", std::to_string(link.until.us)}})};
}

std::optional<use_cases::SetUpLink> link_of(access::Call const& call, ledger::ReadTx& tx,
                                            AccountId account, std::string_view form_id) {
  auto const left = left_by_form(call, tx, form_id);
  auto pairs = left ? http::parse_form(*left) : http::FormPairs{};
  if (!pairs) return std::nullopt;
  FormValues const told(*std::move(pairs));
  auto const until = told.number("until");
  auto const login = use_cases::find_set_up(tx, told["token"], call.now());
  if (!until || !login || login->account != account) return std::nullopt;
  return use_cases::SetUpLink{std::string(told["token"]), Instant{*until}};
}

}  // namespace kaiku::pages
