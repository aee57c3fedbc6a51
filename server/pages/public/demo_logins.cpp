#include "server/pages/public/demo_logins.hpp"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "server/access/identity/totp.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/role_text.hpp"
#include "server/tables/network.hpp"

namespace kaiku::pages {
namespace {

constexpr int most_of_a_role = 3;

std::string text_at(nlohmann::json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string code_at(nlohmann::json const& account, Instant now) {
  auto secret_text = text_at(account, "totp_secret");
  std::erase(secret_text, '=');
  auto const secret = from_base32(secret_text);
  if (secret_text.empty() || !secret) return {};
  return access::totp_code(*secret, domain::one_time_step_at(now));
}

// "venue:16" by its name; what names nothing is a national role's.
std::string place_of(ledger::ReadTx& tx, std::string const& scope, Language language) {
  auto const colon = scope.find(':');
  if (colon == std::string::npos) return std::string(in(language, Text::account_whole_country));
  auto const kind = scope.substr(0, colon);
  auto const which = scope.substr(colon + 1);
  if (kind == "area") {
    auto const id = AreaId::parse(which);
    auto const area = id ? tables::find_area(tx, *id) : std::nullopt;
    return area ? area->name.in(language) : scope;
  }
  auto const id = number_from(which).value_or(0);
  if (kind == "office") {
    auto const office = tables::find_office(tx, OfficeId{id});
    return office ? office->name : scope;
  }
  auto const venue = tables::find_venue(tx, VenueId{id});
  return venue ? venue->name : scope;
}

}  // namespace

std::vector<DemoLogin> demo_logins(ledger::ReadTx& tx, std::string const& credentials_file,
                                   Language language, Instant now) {
  std::ifstream file(credentials_file);
  auto const json = nlohmann::json::parse(file, nullptr, false);
  std::vector<DemoLogin> logins;
  auto const accounts = json.is_object() ? json.find("accounts") : json.end();
  if (!json.is_object() || accounts == json.end() || !accounts->is_array()) return logins;
  std::map<domain::Role, int> of_role;
  for (auto const& account : *accounts) {
    auto const role = domain::role_from(text_at(account, "role"));
    if (!role || role_text(language, *role).empty() || ++of_role[*role] > most_of_a_role) continue;
    logins.push_back(
        {std::string(role_text(language, *role)), place_of(tx, text_at(account, "scope"), language),
         text_at(account, "username"), text_at(account, "password"), code_at(account, now)});
  }
  return logins;
}

}  // namespace kaiku::pages
