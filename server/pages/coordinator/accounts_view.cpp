#include "server/pages/coordinator/accounts_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/account_words.hpp"
#include "server/pages/frame/role_text.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;

std::vector<Option> role_options(Language language) {
  std::vector<Option> options{{"", std::string(in(language, Text::accounts_all_roles))}};
  for (auto const role : {Role::issuer_worker, Role::venue_staff, Role::area_coordinator,
                          Role::national_coordinator, Role::admin}) {
    options.push_back({std::string(domain::word_of(role)), std::string(role_text(language, role))});
  }
  return options;
}

std::vector<Option> state_options(Language language) {
  std::vector<Option> options{{"", std::string(in(language, Text::accounts_all_states))}};
  for (std::size_t n = 0; n < state_words.size(); ++n) {
    auto const state = static_cast<tables::AccountState>(n);
    options.push_back({std::string(state_words[n]), std::string(state_text(language, state))});
  }
  return options;
}

Data row_data(AccountRow const& row) {
  Data data;
  data.set("id", row.id);
  data.set("name", row.name);
  data.set("role", row.role);
  data.set("place", row.place);
  data.set("state", row.state);
  data.set("last", row.last_sign_in);
  return data;
}

}  // namespace

Page accounts_page(Frame const& frame, AccountsPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::accounts_title)), .body = embedded::accounts};
  auto& values = page.values;
  Data area(false);
  if (!model.areas.empty()) {
    area = filter_choice(page, {.id = "area",
                                .label = text(Text::account_area),
                                .options = model.areas,
                                .chosen = model.area});
  }
  values.set("area", area);
  values.set("role", filter_choice(page, {.id = "role",
                                          .label = text(Text::account_role),
                                          .options = role_options(frame.language),
                                          .chosen = model.role}));
  values.set("state", filter_choice(page, {.id = "state",
                                           .label = text(Text::account_state),
                                           .options = state_options(frame.language),
                                           .chosen = model.state}));
  values.set("make", model.area.empty() ? "/accounts/new" : "/accounts/new?area=" + model.area);
  auto const count = number_text(frame.language, model.count);
  values.set("count", model.count == 1 ? std::string(text(Text::accounts_one))
                                       : fill(frame.language, Text::accounts_many, {{"n", count}}));
  std::vector<Data> rows;
  for (auto const& row : model.rows) rows.push_back(row_data(row));
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("next", text_or_nothing(model.next));
  return page;
}

}  // namespace kaiku::pages
