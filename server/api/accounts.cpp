#include "server/api/accounts.hpp"

#include <nlohmann/json.hpp>

#include "server/access/identity/sessions.hpp"
#include "server/api/network_fields.hpp"
#include "server/api/replies.hpp"
#include "server/api/sessions.hpp"
#include "server/domain/scope.hpp"
#include "server/use_cases/change_account.hpp"
#include "server/use_cases/create_account.hpp"
#include "server/use_cases/reset_account.hpp"

namespace kaiku::api {
namespace {

nlohmann::json to_json(use_cases::SetUpLink const& link, access::Site const& site) {
  return {{"token", link.token},
          {"url", site.base_url + "/set-up/" + link.token},
          {"expires_at", to_rfc3339(link.until)}};
}

http::Response answer(tables::Account const& account) {
  return ok(api::to_json(account)).with("ETag", etag_of(account.seq));
}

Result<use_cases::NewAccount> read_new_account(access::Call const& call) {
  auto const& json = call.json();
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  use_cases::NewAccount wanted;
  wanted.role = fields.word<domain::Role>("role", domain::role_from);
  wanted.username = fields.text("username", {.max = 64});
  wanted.area = read_optional_area_id(fields, "area_id");
  wanted.office = fields.optional_id<OfficeId>("office_id");
  wanted.venue = fields.optional_id<VenueId>("venue_id");
  wanted.language = fields.optional_word<contract::Language>("language", contract::language_from)
                        .value_or(contract::Language::fi);
  if (auto const good = fields.finish(); !good) return good.error();
  return wanted;
}

}  // namespace

Result<tables::Account> named_account(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<AccountId>(0);
  if (!id) return id.error();
  return use_cases::find_visible_account(tx, *id, call.caller());
}

Result<http::Response> get_accounts(access::Call const& call, ledger::ReadTx& tx) {
  auto const page = page_of(call);
  if (!page) return page.error();
  auto const area = domain::listed_area(call.caller());
  if (!area) return area.error();
  auto const rows = tables::list_accounts(tx, *area, *page);
  return ok(list_of(call, rows, *page, [](auto const& row) { return to_json(row); }));
}

Result<http::Response> get_account(access::Call const& call, ledger::ReadTx& tx) {
  auto const account = named_account(call, tx);
  if (!account) return account.error();
  return answer(*account);
}

Result<http::Response> post_account(access::Call& call, ledger::WriteTx& tx) {
  auto const wanted = read_new_account(call);
  if (!wanted) return wanted.error();
  auto const made = use_cases::create_account(tx, *wanted, call.caller(), call.services().random);
  if (!made) return made.error();
  auto const location = "/api/v1/accounts/" + std::to_string(made->account.id.value);
  return created({{"account", to_json(made->account)},
                  {"set_up", to_json(made->link, call.services().site)}},
                 location)
      .with("ETag", etag_of(made->account.seq))
      .with("Cache-Control", "no-store");
}

Result<http::Response> patch_account(access::Call& call, ledger::WriteTx& tx) {
  auto const before = named_account(call, tx);
  if (!before) return before.error();
  auto const json = json_of_change(call, before->seq);
  if (!json) return json.error();
  Faults faults;
  codec::JsonFields fields(*json, faults);
  use_cases::AccountChange change;
  change.disabled = fields.optional_boolean("disabled");
  change.language = fields.optional_word<contract::Language>("language", contract::language_from);
  if (auto const good = fields.finish(); !good) return good.error();
  auto const account = use_cases::change_account(tx, before->id, change, call.caller());
  if (!account) return account.error();
  return answer(*account);
}

Result<http::Response> post_account_reset(access::Call& call, ledger::WriteTx& tx) {
  auto const id = call.id<AccountId>(0);
  if (!id) return id.error();
  auto const link = use_cases::reset_account(tx, *id, call.caller(), call.services().random);
  if (!link) return link.error();
  return created({{"set_up", to_json(*link, call.services().site)}})
      .with("Cache-Control", "no-store");
}

}  // namespace kaiku::api
