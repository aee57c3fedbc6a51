// The pages' rows of the authorisation matrix.
#include "tests/integration/server/authorisation_matrix.hpp"

namespace kaiku::test {

std::vector<Matrix::Row> Matrix::pages() {
  auto const device = "/devices/" + std::to_string(pool_device_.id.value);
  auto const staff = "/accounts/" + std::to_string(account("museum_staff").value);
  auto const form = [](std::string const& path, std::string const& text) {
    return [=](char) { return Ask{path, nullptr, text}; };
  };
  auto const once = [this](std::string const& path, std::string const& text) {
    return [=, this](char) { return Ask{path, nullptr, fresh_form() + text}; };
  };
  return {
      {"GET /commitment", "WV", 200, 0, plain("/commitment")},
      {"POST /commitment", "WV", 303, 0, once("/commitment", "&version=1")},
      {"GET /login", everybody, 0, 0, plain("/login")},
      {"POST /login", everybody, 303, 0, form("/login", "username=&password=")},
      {"GET /form-used", everybody, 303, 0, plain("/form-used")},
      {"GET /session", everybody, 200, 0, plain("/session")},
      {"POST /session", everybody, 303, 0, form("/session", "x=1")},
      {"GET /set-up/{token}", everybody, 303, 0, plain("/set-up/AAAA")},
      {"GET /set-up", everybody, 404, 0, plain("/set-up")},
      {"POST /set-up", everybody, 303, 0, form("/set-up", "password=x&again=x")},
      {"POST /logout", everybody, 303, 0, form("/logout", "x=1")},
      {"GET /accounts", managers, 200, 200, plain("/accounts"), "pool_staff"},
      {"GET /accounts/new", managers, 200, 0, plain("/accounts/new")},
      {"POST /accounts/new", managers, 303, 403,
       [=, this](char) {
         return Ask{"/accounts/new", nullptr,
                    fresh_form() + "&role=issuer_worker&username=" + unique("uusi.") +
                        "&place=" + std::to_string(net.office.value)};
       }},
      {"GET /accounts/{id}", managers, 200, 404, plain(staff), "museum_staff"},
      {"GET /accounts/{id}/reset", managers, 200, 404, plain(staff + "/reset")},
      {"POST /accounts/{id}/reset", managers, 303, 404, once(staff + "/reset", "")},
      {"GET /accounts/{id}/disable", managers, 200, 404, plain(staff + "/disable")},
      {"POST /accounts/{id}/disable", managers, 303, 404, once(staff + "/disable", "&act=disable")},
      {"GET /doors", everybody, 303, 0, plain("/doors")},
      {"GET /devices", managers_and_venue, 200, 200, plain("/devices"), "pool-device"},
      {"GET /devices/new", managers_and_venue, 200, 200, plain("/devices/new?area=ETELA"),
       "uimahalli"},
      // Staff get a code of their own venue, whatever the form names.
      {"POST /devices/new", managers_and_venue, 303, 403,
       once("/devices/new", "&uses=1&venue=" + std::to_string(net.pool.value)), "", "C"},
      {"GET /devices/codes", managers_and_venue, 303, 303, plain("/devices/codes")},
      {"GET /devices/{id}", managers_and_venue, 200, 404, plain(device)},
      {"POST /devices/{id}", managers, 303, 404, once(device, "&name=pool-device")},
      {"GET /devices/{id}/revoke", managers, 200, 404, plain(device + "/revoke")},
      {"POST /devices/{id}/revoke", managers, 303, 404, form(device + "/revoke", "how=removed")},
      {"GET /devices/{id}/quarantine", managers_and_venue, 200, 404, plain(device + "/quarantine")},
      {"POST /devices/{id}/quarantine", managers, 303, 404,
       [=, this](char) {
         auto const use = new_quarantined_use();
         return Ask{device + "/quarantine", nullptr,
                    fresh_form() + "&act=accept&use=" + use + "&accept-" + use + "=venue_confirms"};
       }},
      {"GET /undo-requests", managers, 200, 200, plain("/undo-requests")},
      {"POST /undo-requests", managers, 303, 404,
       [this](char) {
         return Ask{"/undo-requests", nullptr,
                    fresh_form() + "&act=keep&request=" + new_undo_request()};
       }},
      {"GET /reads", managers, 200, 0, plain("/reads")},
      {"GET /messages", managers, 200, 0, plain("/messages")},
      {"GET /messages/{id}", managers, 404, 0, plain("/messages/1")},
      {"POST /messages/{id}", managers, 404, 0, once("/messages/1", "")},
      {"GET /settings", "A", 200, 0, plain("/settings")},
      {"GET /settings/{part}", "A", 200, 0, plain("/settings/sv")},
      {"POST /settings/{part}", "A", 303, 0, once("/settings/sv", "&seen=0")},
      {"GET /judged", managers, 200, 200, plain("/judged")},
      {"POST /judged", managers, 303, 404,
       [this](char) {
         auto const use = new_waiting_use();
         auto const ruling = "&ruling-" + use + "=accepted%3Apaper_seen";
         return Ask{"/judged", nullptr, fresh_form() + "&use=" + use + ruling};
       }},
  };
}

std::vector<Matrix::Row> Matrix::figure_pages() {
  auto const sheet = [this](char) {
    return Ask{"/figures/value", nullptr, fresh_form() + "&year=2025"};
  };
  return {
      {"GET /figures", "ANCV", 200, 0, plain("/figures")},
      {"GET /figures/file", "ANCV", 200, 0, plain("/figures/file?year=2025&as=csv")},
      {"GET /figures/cohorts", managers, 200, 200, plain("/figures/cohorts")},
      {"GET /figures/cohorts/file", managers, 404, 404, plain("/figures/cohorts/file?as=csv")},
      {"GET /figures/flows", managers, 200, 200, plain("/figures/flows")},
      {"GET /figures/flows/file", managers, 404, 404, plain("/figures/flows/file?as=csv")},
      {"GET /figures/annex", managers, 200, 200, plain("/figures/annex?municipality=491"),
       "Mikkeli"},
      {"GET /figures/annex/file", managers, 200, 404,
       plain("/figures/annex/file?municipality=491&as=csv")},
      {"GET /figures/silent", managers, 200, 200, plain("/figures/silent?silent_for=ever")},
      {"GET /figures/offers", "ANCV", 200, 0, plain("/figures/offers")},
      {"GET /figures/quota", "ANCV", 200, 0, plain("/figures/quota")},
      {"GET /figures/value", managers, 200, 0, plain("/figures/value")},
      {"POST /figures/value", managers, 303, 0, sheet},
      {"GET /figures/value/file", managers, 404, 0, plain("/figures/value/file?sheet=1&as=csv")},
  };
}

std::vector<Matrix::Row> Matrix::card_pages() {
  auto const form = [](std::string const& path, std::string const& text) {
    return [=](char) { return Ask{path, nullptr, text}; };
  };
  auto const once = [this](std::string const& path, std::string const& text) {
    return [=, this](char) { return Ask{path, nullptr, fresh_form() + text}; };
  };
  // An account without a second factor could take no list out.
  for (auto const* who : {"worker", "other_worker"}) give_password(who);
  return {
      {"GET /cards/new", "W", 200, 0, plain("/cards/new")},
      {"POST /cards/new", "W", 303, 0, form("/cards/new", "card=" + net.codes[59])},
      {"GET /cards/forms", "W", 200, 0, plain("/cards/forms")},
      {"POST /cards/forms", "W", 303, 0, once("/cards/forms", "&card=" + net.codes[59])},
      {"GET /cards/community", "W", 200, 200, plain("/cards/community")},
      {"GET /cards/community/new", "W", 200, 0, plain("/cards/community/new")},
      {"POST /cards/community/new", "W", 303, 0,
       once("/cards/community/new", "&card=" + net.codes[59])},
      {"GET /card/sheet", "W", 303, 0, plain("/card/sheet")},
      {"GET /cards/done", everybody, 303, 0, plain("/cards/done")},
      {"GET /cards/expiring", "W", 200, 200, plain("/cards/expiring")},
      {"POST /cards/expiring", "W", 303, 0, form("/cards/expiring", "one_time_code=")},
      {"GET /cards/unused", "W", 200, 200, plain("/cards/unused")},
      {"POST /cards/unused", "W", 303, 0, form("/cards/unused", "one_time_code=")},
      {"GET /cards/lost", "W", 200, 0, plain("/cards/lost")},
      {"POST /cards/lost", "W", 303, 303, form("/cards/lost", "birth_year=1970")},
      {"GET /cards/handovers", "W", 200, 200, plain("/cards/handovers"), handover_.substr(20)},
      {"GET /cards/handovers/{id}", "W", 200, 404, plain(handover_), net.codes[50]},
      {"POST /cards/handovers/{id}", "W", 303, 404, form(handover_, "act=letter")},
      {"GET /cards/handovers/{id}/qr", "W", 404, 404, plain(handover_ + "/qr")},
      {"GET /cards/handovers/{id}/letter", "W", 404, 404, plain(handover_ + "/letter")},
      {"GET /cards/handovers/{id}/card", "W", 404, 404, plain(handover_ + "/card")},
      {"GET /card/letter", "W", 303, 0, plain("/card/letter")},
      {"POST /card/letter", "W", 303, 403, once("/card/letter", "&card=" + given_)},
      {"GET /card/correct", "W", 303, 0, plain("/card/correct")},
      {"POST /card/correct", "W", 303, 403,
       form("/card/correct", "seen=1&form_id=" + std::string(32, 'a') + "&card=" + given_)},
      {"GET /card", "W", 200, 0, plain("/card")},
      {"POST /card", "W", 303, 303, form("/card", "card=" + card_)},
      {"GET /card/view", "W", 303, 0, plain("/card/view")},
      {"GET /card/renew", "W", 303, 0, plain("/card/renew")},
      {"POST /card/renew", "W", 303, 403, once("/card/renew", "&card=" + given_)},
      {"GET /card/replace", "W", 303, 0, plain("/card/replace")},
      {"POST /card/replace", "W", 303, 403, once("/card/replace", "&card=" + given_)},
      {"GET /card/block", "W", 303, 0, plain("/card/block")},
      {"POST /card/block", "W", 303, 403, once("/card/block", "&card=" + given_)},
      {"GET /card/unblock", "W", 303, 0, plain("/card/unblock")},
      {"POST /card/unblock", "W", 303, 403, once("/card/unblock", "&card=" + given_)},
      {"GET /card/children", "W", 303, 0, plain("/card/children")},
      {"POST /card/children", "W", 303, 403, once("/card/children", "&card=" + given_)},
      {"GET /card/reads", "W", 303, 0, plain("/card/reads")},
  };
}

TEST_F(Matrix, holds_for_pages) {
  for (auto const& row : pages()) walk(row);
}
TEST_F(Matrix, holds_for_pages_of_figures) {
  for (auto const& row : figure_pages()) walk(row);
}
TEST_F(Matrix, holds_for_pages_of_cards) {
  for (auto const& row : card_pages()) walk(row);
}

}  // namespace kaiku::test
