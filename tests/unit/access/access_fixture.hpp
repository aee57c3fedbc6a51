// What identity tests share: a small network in a temporary database, services with a clock by
// hand.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "server/access/call/authenticate.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/access/identity/brakes.hpp"
#include "server/access/identity/device_activity.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/access/identity/services.hpp"
#include "server/access/identity/sessions.hpp"
#include "server/access/identity/totp.hpp"
#include "server/domain/one_time_steps.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/logins.hpp"
#include "server/telemetry/metrics.hpp"
#include "server/use_cases/build_snapshot.hpp"
#include "server/use_cases/create_account.hpp"
#include "server/use_cases/set_up_account.hpp"
#include "server/use_cases/sign_in.hpp"
#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::access {

inline domain::Caller the_command() {
  domain::Caller caller;
  caller.role = domain::Role::admin;
  return caller;
}

inline Site the_site() {
  Site site;
  site.base_url = "https://127.0.0.1:8443";
  site.device_url = "https://127.0.0.1:8444";
  site.origins = {"https://localhost:8443"};
  site.instance = "Kaiku";
  return site;
}

// A PKCS#10 request of a key, as a kiosk makes it.
std::string request_of(crypto::P256PrivateKey const& key);

// Two areas, an office and a venue in each.
class IdentityTest : public ::testing::Test {
 protected:
  // Commits what `job` writes and hands back what it returns.
  template <class Job>
  auto write(Job&& job) {
    using Made = std::invoke_result_t<Job, ledger::WriteTx&>;
    if constexpr (std::is_void_v<Made>) {
      test::settle(writer_, [&](ledger::WriteTx& tx) {
        job(tx);
        return true;
      });
    } else {
      std::optional<Made> made;
      test::settle(writer_, [&](ledger::WriteTx& tx) {
        made.emplace(job(tx));
        return true;
      });
      return std::move(*made);
    }
  }

  IdentityTest() {
    write([&](ledger::WriteTx& tx) {
      for (auto const* id : {"KEHA", "MUUALLA"}) {
        auto area = test::an_area(id);
        if (std::string_view(id) == "MUUALLA") area.municipalities[0].code = "991";
        ledger::append(tx, {}, area);
      }
      auto office = test::an_office();
      auto venue = test::a_venue();
      office_ = OfficeId{ledger::append(tx, {}, office).sequence};
      venue_ = VenueId{ledger::append(tx, {}, venue).sequence};
      office.area = venue.area = AreaId{"MUUALLA"};
      office.municipality = venue.municipality = "991";
      other_office_ = OfficeId{ledger::append(tx, {}, office).sequence};
      other_venue_ = VenueId{ledger::append(tx, {}, venue).sequence};
    });
  }

  AccountId account_of(domain::Role role, std::string const& name, bool other_area = false) {
    use_cases::NewAccount wanted;
    wanted.role = role;
    wanted.username = name;
    if (role == domain::Role::area_coordinator)
      wanted.area = AreaId{other_area ? "MUUALLA" : "KEHA"};
    if (role == domain::Role::issuer_worker) wanted.office = other_area ? other_office_ : office_;
    if (role == domain::Role::venue_staff) wanted.venue = other_area ? other_venue_ : venue_;
    return write([&](ledger::WriteTx& tx) {
      return use_cases::create_account(tx, wanted, the_command(), random_).value().account.id;
    });
  }

  // An account that can sign in: `password_` stands for its scrypt hash, the secret is `secret_`.
  AccountId ready_account(domain::Role role, std::string const& name, bool other_area = false) {
    auto const id = account_of(role, name, other_area);
    write([&](ledger::WriteTx& tx) {
      auto const factor =
          use_cases::needs_second_factor(role) ? std::optional(secret_) : std::nullopt;
      use_cases::set_up_directly(tx, id, password_, factor);
    });
    return id;
  }

  domain::Caller caller_for(AccountId id) {
    return write([&](ledger::WriteTx& tx) { return caller_of(*tables::find_account(tx, id)); });
  }

  tables::CheckedLogin right_login(AccountId id) {
    tables::CheckedLogin checked;
    checked.account = id;
    checked.password_right = true;
    checked.against = password_;
    checked.totp_step = domain::one_time_step_at(database_.clock.now());
    return checked;
  }

  // The cookie's id of a new session.
  std::string sign_in(AccountId id) {
    auto session = new_session_id(random_);
    write([&](ledger::WriteTx& tx) {
      return use_cases::sign_in(tx, right_login(id), session_lookup(session));
    }).value();
    return session;
  }

  Result<Identified> who(http::Request const& request, Route const& route) {
    return write([&](ledger::WriteTx& tx) {
      return authenticate(tx, request, route, services_, database_.clock.now());
    });
  }

  static http::Request with_cookie(std::string const& id) {
    http::Request request;
    request.headers.emplace_back("cookie", std::string(session_cookie_name) + "=" + id);
    request.request_id = "1";
    return request;
  }
  static http::Request with_authorization(std::string const& value) {
    http::Request request;
    request.headers.emplace_back("authorization", value);
    request.request_id = "1";
    return request;
  }

  static Route route_for(RoleSet who) {
    return {http::Method::post, "/api/v1/things", who, Scope::none, http::Lane::write, 1024};
  }

  test::TestDatabase database_;
  lanes::WriterLane writer_{database_.settings(), database_.keys, database_.clock,
                            database_.random};
  SeededRandom random_{99};
  OfficeId office_, other_office_;
  VenueId venue_, other_venue_;
  tables::PasswordHash password_{ByteArray<16>{1, 2, 3}, Digest{4, 5, 6}};
  Bytes secret_ = Bytes(20, 0x5a);

  Brakes brakes_{database_.clock};
  SessionActivity activity_;
  DeviceActivity device_activity_;
  DeviceNonces nonces_{database_.clock};
  DoorCa door_ca_ = DoorCa::make_or_load(database_.folder.path(), random_, database_.clock.now());
  telemetry::Metrics metrics_;
  telemetry::Log log_{2, telemetry::Level::error};
  Site site_ = the_site();
  use_cases::FullCards full_cards_;
  Services services_{
      database_.keys, database_.clock, random_,  brakes_, activity_, device_activity_,
      nonces_,        door_ca_,        metrics_, log_,    site_,     full_cards_};
};

}  // namespace kaiku::access
