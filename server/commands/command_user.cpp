#include <iostream>
#include <nlohmann/json.hpp>

#include "server/commands/command.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/logins.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/create_account.hpp"
#include "server/use_cases/reset_account.hpp"

namespace kaiku::commands {
namespace {

// The machine's owner acts as the system: outside the rules of scope, and recorded as such.
domain::Caller owner() {
  domain::Caller caller;
  caller.role = domain::Role::admin;
  return caller;
}

void tell_link(Common const& common, std::string const& site, std::string const& username,
               use_cases::SetUpLink const& link) {
  auto const path = "/set-up/" + link.token;
  if (common.json) {
    std::cout << nlohmann::json{{"username", username},
                                {"set_up_path", path},
                                {"set_up_url", site + path},
                                {"until", to_rfc3339(link.until)}}
                     .dump()
              << "\n";
  } else {
    std::cout << "Open this link within 24 hours and choose a password:\n  " << site << path
              << "\nThe server answers there when `serve` has the same --host and --port.\n";
  }
}

int failed(Error const& error) {
  std::cerr << "This account could not be made: " << row_of(error.problem).title << ".\n";
  for (auto const& field : error.fields)
    std::cerr << "  " << field.pointer << " " << field.detail << "\n";
  return could_not_run;
}

// "area:KAJAANI", "office:12", "venue:34" or nothing.
bool read_scope(std::string const& scope, use_cases::NewAccount& account) {
  if (scope.empty()) return true;
  auto const colon = scope.find(':');
  if (colon == std::string::npos) return false;
  auto const kind = scope.substr(0, colon);
  auto const value = scope.substr(colon + 1);
  if (kind == "area") {
    account.area = AreaId::parse(value);
    return account.area.has_value();
  }
  if (value.empty() || value.size() > 15 ||
      value.find_first_not_of("0123456789") != std::string::npos) {
    return false;
  }
  if (kind == "office")
    account.office = OfficeId{std::stoll(value)};
  else if (kind == "venue")
    account.venue = VenueId{std::stoll(value)};
  else
    return false;
  return true;
}

}  // namespace

int user_add(Common const& common, std::string const& instance, std::string const& site,
             std::string const& username, std::string const& role, std::string const& scope) {
  use_cases::NewAccount wanted;
  auto const known = domain::role_from(role);
  if (!known || !read_scope(scope, wanted)) {
    std::cerr << "The role is one of admin, national_coordinator, area_coordinator, issuer_worker,"
                 " venue_staff; the scope is area:ID, office:ID or venue:ID.\n";
    return wrong_usage;
  }
  wanted.role = *known;
  wanted.username = username;
  SystemClock const clock;
  SystemRandom random;
  Installation installation(common.dir, instance, clock, random);
  std::optional<Result<use_cases::CreatedAccount>> created;
  installation.write([&](ledger::WriteTx& tx) {
    created = use_cases::create_account(tx, wanted, owner(), random);
    return created->has_value();
  });
  if (!*created) return failed(created->error());
  tell_link(common, site, username, (*created)->link);
  return good;
}

int user_reset(Common const& common, std::string const& instance, std::string const& site,
               std::string const& username) {
  SystemClock const clock;
  SystemRandom random;
  Installation installation(common.dir, instance, clock, random);
  std::optional<Result<use_cases::SetUpLink>> link;
  installation.write([&](ledger::WriteTx& tx) {
    auto const login = tables::find_login(tx, username);
    if (!login)
      link = Error(Problem::not_found);
    else
      link = use_cases::reset_account(tx, login->account, owner(), random);
    return link->has_value();
  });
  if (!*link) {
    std::cerr << "There is no account of that user name.\n";
    return found_something;
  }
  tell_link(common, site, username, **link);
  return good;
}

int init(Common const& common, std::string const& instance, std::string const& site, bool yes,
         std::string const& admin) {
  if (std::filesystem::exists(Places(common.dir).database)) {
    std::cerr << "There is an installation in " << common.dir.string() << " already.\n";
    return found_something;
  }
  if (!yes) {
    std::cout << "Make a new installation in " << common.dir.string() << "? [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "y" && answer != "Y") return found_something;
  }
  return user_add(common, instance, site, admin, "admin", "");
}

}  // namespace kaiku::commands
