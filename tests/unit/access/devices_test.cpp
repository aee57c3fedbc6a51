#include <gtest/gtest.h>

#include <cctype>

#include "server/use_cases/enrol_device.hpp"
#include "server/use_cases/make_api_key.hpp"
#include "server/use_cases/make_enrolment_code.hpp"
#include "server/use_cases/revoke_api_key.hpp"
#include "server/use_cases/revoke_device.hpp"
#include "server/use_cases/visible_devices.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

using domain::Role;

class Devices : public IdentityTest {
 protected:
  std::string code(std::int64_t uses = 1, VenueId venue = {}) {
    return write([&](ledger::WriteTx& tx) {
             return use_cases::make_enrolment_code(tx, venue ? venue : venue_, uses, coordinator_,
                                                   random_);
           })
        .value()
        .code;
  }
  Result<use_cases::EnrolledDevice> enrol(std::string const& with,
                                          crypto::P256PrivateKey const& key) {
    return write([&](ledger::WriteTx& tx) {
      return use_cases::enrol_device(tx, with, "ovi 1", key.public_key());
    });
  }
  DeviceId enrolled() { return enrol(code(), key_).value().device.id; }
  void revoke(DeviceId id) {
    write([&](ledger::WriteTx& tx) {
      EXPECT_TRUE(use_cases::revoke_device(tx, id, false, coordinator_));
    });
  }
  http::Request by_certificate(crypto::P256PrivateKey const& key,
                               std::int64_t good_for_us = day_us) {
    http::Request request;
    request.listener = http::Listener::device;
    auto const end = database_.clock.now() + good_for_us;
    request.certificate = {{key.public_key().spki_der(), end.us / second_us}};
    return request;
  }
  Problem refusal(http::Request const& request, Route const& route) {
    auto const found = who(request, route);
    EXPECT_FALSE(found);
    return found ? Problem::internal : found.error().problem;
  }

  domain::Caller coordinator_ = caller_for(account_of(Role::area_coordinator, "koordinaattori"));
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  Route door_ = route_for(RoleSet::of(Role::device));
};

TEST_F(Devices, enrol_by_a_code_as_people_type_it) {
  auto typed = code();
  EXPECT_EQ(typed.size(), 19U);
  for (auto& c : typed)
    c = c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  auto const enrolled = enrol(typed, key_);
  ASSERT_TRUE(enrolled);
  EXPECT_EQ(enrolled->venue.id, venue_);
  auto const found = who(by_certificate(key_), door_).value();
  EXPECT_EQ(found.caller.role, Role::device);
  EXPECT_TRUE(found.caller.stands_at(venue_));
  EXPECT_EQ(found.caller.actor.id, enrolled->device.id.value);
}

TEST_F(Devices, a_code_serves_as_many_devices_as_it_says_and_for_fifteen_minutes) {
  auto const twice = code(2);
  EXPECT_TRUE(enrol(twice, crypto::P256PrivateKey::generate()));
  EXPECT_TRUE(enrol(twice, crypto::P256PrivateKey::generate()));
  EXPECT_EQ(enrol(twice, crypto::P256PrivateKey::generate()).error().problem,
            Problem::enrolment_code_invalid);
  auto const late = code();
  database_.clock.advance(15 * minute_us);
  EXPECT_EQ(enrol(late, key_).error().problem, Problem::enrolment_code_invalid);
  EXPECT_EQ(enrol("0000-0000-0000-0000", key_).error().problem, Problem::enrolment_code_invalid);
  EXPECT_EQ(enrol("", key_).error().problem, Problem::enrolment_code_invalid);
}

TEST_F(Devices, whose_first_answer_was_lost_get_the_same_again) {
  auto const once = code(1);
  auto const first = enrol(once, key_).value();
  auto const again = enrol(once, key_);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->device.id, first.device.id);
  auto const elsewhere = write([&](ledger::WriteTx& tx) {
    return use_cases::make_lasting_enrolment_code(tx, other_venue_, {}, random_).code;
  });
  EXPECT_EQ(enrol(elsewhere, key_).error().problem, Problem::conflict);
}

TEST_F(Devices, that_are_revoked_come_in_only_where_a_route_lets_them) {
  auto const id = enrolled();
  revoke(id);
  EXPECT_EQ(refusal(by_certificate(key_), door_), Problem::device_revoked);
  auto journal = door_;
  journal.revoked_device = true;
  EXPECT_TRUE(who(by_certificate(key_), journal));
  EXPECT_EQ(enrol(code(), key_).error().problem, Problem::device_revoked);
}

TEST_F(Devices, with_an_expired_certificate_reach_renewal_for_eighteen_months) {
  enrolled();
  auto renewal = door_;
  renewal.expired_device = true;
  EXPECT_EQ(refusal(by_certificate(key_, -second_us), door_), Problem::device_expired);
  EXPECT_TRUE(who(by_certificate(key_, -second_us), renewal));
  EXPECT_TRUE(who(by_certificate(key_, -540 * day_us), renewal));
  EXPECT_EQ(refusal(by_certificate(key_, -549 * day_us), renewal), Problem::device_expired);
}

TEST_F(Devices, that_nobody_enrolled_are_not_signed_in) {
  EXPECT_EQ(refusal(by_certificate(key_), door_), Problem::not_signed_in);
  auto without = by_certificate(key_);
  without.certificate.reset();
  EXPECT_EQ(refusal(without, door_), Problem::not_signed_in);
}

TEST_F(Devices, on_their_own_listener_are_known_by_certificate_alone) {
  enrolled();
  auto const session = sign_in(ready_account(Role::admin, "admin.one"));
  auto request = by_certificate(key_);
  request.headers = with_cookie(session).headers;
  EXPECT_EQ(who(request, door_).value().caller.role, Role::device);
}

TEST_F(Devices, prove_their_key_on_the_public_listener_once_for_each_request) {
  auto const id = enrolled();
  http::Request request;
  request.method = http::Method::post;
  request.path = "/door/v1/checks";
  request.request_id = "one";
  auto const now = database_.clock.now();
  request.headers = {{"authorization", make_device_proof(key_, id, request, now, {9})}};
  EXPECT_EQ(who(request, door_).value().caller.actor.id, id.value);
  EXPECT_TRUE(who(request, door_));  // a second step of the same request
  request.request_id = "two";
  EXPECT_EQ(refusal(request, door_), Problem::not_signed_in);

  auto const other = crypto::P256PrivateKey::generate();
  request.headers = {{"authorization", make_device_proof(other, id, request, now, {8})}};
  EXPECT_EQ(refusal(request, door_), Problem::not_signed_in);
  request.headers = {{"authorization", make_device_proof(key_, DeviceId{4321}, request, now, {7})}};
  EXPECT_EQ(refusal(request, door_), Problem::not_signed_in);
  revoke(id);
  request.headers = {{"authorization", make_device_proof(key_, id, request, now, {6})}};
  EXPECT_EQ(refusal(request, door_), Problem::device_revoked);
}

TEST_F(Devices, of_another_area_are_out_of_sight) {
  auto const id = enrolled();
  auto const other = caller_for(account_of(Role::area_coordinator, "muu", true));
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(use_cases::revoke_device(tx, id, true, other).error().problem, Problem::not_found);
    EXPECT_EQ(use_cases::make_enrolment_code(tx, venue_, 1, other, random_).error().problem,
              Problem::forbidden);
    EXPECT_TRUE(tables::list_devices(tx, std::nullopt, other.area, {0, 10}).empty());
    EXPECT_EQ(tables::list_devices(tx, venue_, coordinator_.area, {0, 10}).size(), 1U);
  });
}

TEST_F(Devices, are_seen_and_brought_in_by_their_venues_own_staff_one_at_a_time) {
  auto const id = enrolled();
  auto const staff = caller_for(account_of(Role::venue_staff, "uimahalli.kassa"));
  ASSERT_TRUE(staff.stands_at(venue_));
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(use_cases::find_visible_device(tx, id, staff)->id, id);
    EXPECT_EQ(use_cases::visible_devices(staff)->venue, venue_);
    EXPECT_TRUE(use_cases::make_enrolment_code(tx, venue_, 1, staff, random_));
    auto const two = use_cases::make_enrolment_code(tx, venue_, 2, staff, random_);
    ASSERT_EQ(two.error().problem, Problem::validation_failed);
    EXPECT_EQ(two.error().fields.front().pointer, "/uses");
    EXPECT_EQ(use_cases::make_enrolment_code(tx, other_venue_, 1, staff, random_).error().problem,
              Problem::forbidden);
    EXPECT_EQ(use_cases::find_managed_device(tx, id, coordinator_)->id, id);
    EXPECT_EQ(use_cases::find_managed_device(tx, id, staff).error().problem, Problem::not_found);
    EXPECT_EQ(use_cases::revoke_device(tx, id, false, staff).error().problem, Problem::not_found);
    EXPECT_FALSE(tables::find_device(tx, id)->revoked_at);
  });
}

TEST_F(Devices, are_brought_in_by_no_other_door_or_agent_of_the_venue) {
  auto const id = enrolled();
  auto agent = coordinator_;
  agent.role = Role::agent;
  agent.area.reset();
  agent.venues = {venue_};
  write([&](ledger::WriteTx& tx) {
    auto const door = tables::caller_of(*tables::find_device(tx, id));
    for (auto const& caller : {door, agent}) {
      EXPECT_EQ(use_cases::make_enrolment_code(tx, venue_, 1, caller, random_).error().problem,
                Problem::forbidden);
      EXPECT_FALSE(use_cases::visible_devices(caller));
    }
  });
}

TEST_F(Devices, are_listed_the_newest_first_and_counted) {
  auto const many = code(3);
  std::vector<DeviceId> ids;
  for (int n = 0; n < 3; ++n) {
    ids.push_back(enrol(many, crypto::P256PrivateKey::generate()).value().device.id);
  }
  write([&](ledger::WriteTx& tx) {
    auto const first = tables::newest_devices(tx, venue_, std::nullopt, std::nullopt, 2);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].id, ids[2]);
    EXPECT_EQ(first[1].id, ids[1]);
    auto const rest = tables::newest_devices(tx, std::nullopt, coordinator_.area, ids[1], 2);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].id, ids[0]);
    EXPECT_EQ(tables::count_devices(tx, venue_, std::nullopt), 3);
    EXPECT_EQ(tables::count_devices(tx, other_venue_, std::nullopt), 0);
    EXPECT_EQ(tables::count_devices(tx, std::nullopt, coordinator_.area), 3);
  });
}

class ApiKeys : public Devices {
 protected:
  Result<use_cases::MadeApiKey> make(std::vector<VenueId> const& venues) {
    return write([&](ledger::WriteTx& tx) {
      return use_cases::make_api_key(tx, {"Lippula", venues}, coordinator_, random_);
    });
  }
};

TEST_F(ApiKeys, make_an_agent_of_their_venues) {
  auto const made = make({venue_, venue_}).value();
  EXPECT_EQ(made.key.size(), 49U);
  for (auto const* const scheme : {"Bearer ", "bearer "}) {
    auto const found = who(with_authorization(scheme + made.key), route_for(anybody)).value();
    EXPECT_EQ(found.caller.role, Role::agent);
    EXPECT_EQ(found.caller.venues, std::vector{venue_});
    EXPECT_FALSE(found.session);
  }
}

TEST_F(ApiKeys, that_are_wrong_or_revoked_are_refused_not_anonymous) {
  auto const made = make({venue_}).value();
  for (auto const& header : {"Bearer " + made.key + "x", "Bearer " + made.key.substr(1),
                             std::string("Bearer kaiku_") + std::string(43, 'A'),
                             std::string("Basic abc"), std::string("Bearer")}) {
    EXPECT_EQ(refusal(with_authorization(header), route_for(anybody)), Problem::not_signed_in);
  }
  write([&](ledger::WriteTx& tx) {
    EXPECT_TRUE(use_cases::revoke_api_key(tx, made.api_key.id, coordinator_));
    EXPECT_TRUE(use_cases::revoke_api_key(tx, made.api_key.id, coordinator_));
  });
  EXPECT_EQ(refusal(with_authorization("Bearer " + made.key), route_for(anybody)),
            Problem::not_signed_in);
}

TEST_F(ApiKeys, are_for_venues_of_the_own_area) {
  EXPECT_EQ(make({venue_, other_venue_}).error().problem, Problem::forbidden);
  EXPECT_EQ(make({VenueId{77'777}}).error().fields.at(0).pointer, "/venue_ids/0");
  EXPECT_EQ(make({}).error().problem, Problem::validation_failed);
}

}  // namespace
}  // namespace kaiku::access
