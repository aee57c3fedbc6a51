#include "server/pages/coordinator/accounts.hpp"

#include <algorithm>

#include "server/domain/scope.hpp"
#include "server/pages/coordinator/account_words.hpp"
#include "server/pages/coordinator/accounts_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/role_text.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/change_account.hpp"

namespace kaiku::pages {
namespace {

constexpr int rows_a_page = 50;

std::vector<Option> areas_to_choose_from(ledger::ReadTx& tx, Language language) {
  std::vector<Option> options;
  for (auto const& area : tables::list_areas(tx)) {
    options.push_back({area.id.value, area.name.in(language)});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  options.insert(options.begin(), {"", std::string(in(language, Text::accounts_all_areas))});
  return options;
}

AccountRow row_of(ledger::ReadTx& tx, Language language, tables::Account const& account) {
  return {std::to_string(account.id.value),
          account.username,
          std::string(role_text(language, account.role)),
          place_text(tx, language, account),
          std::string(state_text(language, tables::state_of(account))),
          last_sign_in_text(language, account)};
}

// The name of the account that the page before ended with; empty for a first page.
std::string last_name_before(ledger::ReadTx& tx, FormValues const& asked,
                             domain::Caller const& caller) {
  auto const id = asked.number("after");
  if (!id) return {};
  auto const account = use_cases::find_visible_account(tx, AccountId{*id}, caller);
  return account ? account->username : std::string();
}

}  // namespace

Result<http::Response> get_accounts(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto const own_area = domain::listed_area(call.caller());
  if (!own_area) return own_area.error();
  auto const frame = network_frame(call, tx);

  tables::AccountQuestion question;
  AccountsPage page;
  if (*own_area) {
    question.area = *own_area;
  } else {
    page.areas = areas_to_choose_from(tx, frame.language);
    question.area = AreaId::parse(asked["area"]);
    if (question.area) page.area = question.area->value;
  }
  question.role = domain::role_from(asked["role"]);
  if (question.role) page.role = domain::word_of(*question.role);
  auto const state = std::ranges::find(state_words, asked["state"]);
  if (state != state_words.end()) {
    question.state = static_cast<tables::AccountState>(state - state_words.begin());
    page.state = *state;
  }
  page.count = tables::count_accounts(tx, question);
  auto rows = tables::accounts_by_name(tx, question, last_name_before(tx, asked, call.caller()),
                                       rows_a_page + 1);
  if (rows.size() > rows_a_page) {
    rows.pop_back();
    page.next = "/accounts?" + encoded({{"area", page.area},
                                        {"role", page.role},
                                        {"state", page.state},
                                        {"after", std::to_string(rows.back().id.value)}});
  }
  for (auto const& account : rows) page.rows.push_back(row_of(tx, frame.language, account));
  return respond(frame, accounts_page(frame, page));
}

}  // namespace kaiku::pages
