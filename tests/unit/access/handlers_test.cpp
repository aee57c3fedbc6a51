// The handlers of identity as the dispatcher calls them: prepare, slow work, commit.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "schema/contract/messages.hpp"
#include "schema/contract/problem_document.hpp"
#include "server/access/call/check_login.hpp"
#include "server/access/certificates/certificate_request.hpp"
#include "server/access/identity/passwords.hpp"
#include "server/api/accounts.hpp"
#include "server/api/devices.hpp"
#include "server/api/sessions.hpp"
#include "tests/unit/access/access_fixture.hpp"

namespace kaiku::access {
namespace {

using domain::Role;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

class Handlers : public IdentityTest {
 protected:
  // Runs a route as the dispatcher does, for a caller that access has let through.
  Result<http::Response> run(Prepare prepare, WriteHandler handler, Json const& body,
                             domain::Caller const& caller = {},
                             std::vector<std::string> const& parameters = {}) {
    http::Request request;
    request.method = http::Method::post;
    request.headers = {{"content-type", "application/json"}};
    request.body = body.dump();
    request.peer = "192.0.2.1";
    Call call(request, parameters, services_);
    call.know(caller, std::nullopt, database_.clock.now());
    if (prepare != nullptr) {
      auto work = write([&](ledger::WriteTx& tx) { return prepare(call, tx); });
      if (!work) return work.error();
      call.prepared = work->run();
    }
    return write([&](ledger::WriteTx& tx) { return handler(call, tx); });
  }
  Result<http::Response> sign_in_with(Json const& body) {
    return run(api::prepare_session, api::post_session, body);
  }
  std::string code_now() {
    return totp_code(secret_, domain::one_time_step_at(database_.clock.now()));
  }
};

TEST_F(Handlers, a_new_account_is_set_up_and_signs_in) {
  auto const made =
      run(nullptr, api::post_account,
          {{"role", "issuer_worker"}, {"username", "maija"}, {"office_id", office_.value}},
          the_command())
          .value();
  EXPECT_EQ(made.status, 201);
  auto const token = Json::parse(made.body).at("set_up").at("token");
  std::string const password = "kolme vihreää sammakkoa";

  auto const set_up = run(api::prepare_account_setup, api::post_account_setup,
                          {{"token", token}, {"password", password}})
                          .value();
  auto const secret = from_base32(Json::parse(set_up.body).at("totp_secret").get<std::string>());
  ASSERT_TRUE(secret);
  auto code = [&] { return totp_code(*secret, domain::one_time_step_at(database_.clock.now())); };
  EXPECT_EQ(sign_in_with({{"username", "maija"}, {"password", password}, {"totp", code()}})
                .error()
                .problem,
            Problem::wrong_credentials);  // not confirmed yet
  EXPECT_EQ(run(nullptr, api::post_account_setup_confirmation, {{"token", token}, {"totp", code()}})
                .value()
                .status,
            204);

  database_.clock.advance(30 * second_us);
  auto const signed_in =
      sign_in_with({{"username", "Maija"}, {"password", password}, {"totp", code()}}).value();
  EXPECT_EQ(signed_in.status, 201);
  auto const body = Json::parse(signed_in.body);
  EXPECT_EQ(body.at("account").at("role"), "issuer_worker");
  EXPECT_EQ(body.at("account").at("office_id"), office_.value);
  EXPECT_EQ(body.at("csrf_token").get<std::string>().size(), 43U);
  auto const again =
      sign_in_with({{"username", "maija"}, {"password", password}, {"totp", code()}});
  EXPECT_EQ(again.error().problem, Problem::code_already_used);
  EXPECT_EQ(again.error().retry_after_s.value_or(0),
            domain::seconds_to_code_after(domain::one_time_step_at(database_.clock.now()),
                                          database_.clock.now()));
}

TEST_F(Handlers, any_space_in_a_one_time_code_is_a_space) {
  ready_account(Role::issuer_worker, "maija");
  auto const code = code_now();
  http::Request const request;
  std::vector<std::string> const none;
  Call call(request, none, services_);
  call.know({}, std::nullopt, database_.clock.now());
  for (auto const* const space : {" ", "\u00A0", "\u202F", "\u2009", "\u3000", "\u200B"}) {
    auto const typed = code.substr(0, 3) + space + code.substr(3);
    // The stored hash is nobody's password, so what can be seen is the lane's finding.
    auto const work = write([&](ledger::WriteTx& tx) {
      return begin_check(call, tx, {"maija", "x", typed});
    });
    auto const tried = std::any_cast<CheckedTry>(work->run());
    EXPECT_TRUE(tried.login.totp_step) << '<' << typed << '>';
  }
}

TEST_F(Handlers, unknown_names_and_wrong_passwords_get_the_same_answer) {
  ready_account(Role::issuer_worker, "maija");
  auto const known = sign_in_with({{"username", "maija"}, {"password", "x"}, {"totp", code_now()}});
  auto const unknown =
      sign_in_with({{"username", "nobody"}, {"password", "x"}, {"totp", "123456"}});
  EXPECT_EQ(contract::problem_document(known.error()), contract::problem_document(unknown.error()));
  EXPECT_EQ(known.error().problem, Problem::wrong_credentials);
}

TEST_F(Handlers, the_eleventh_try_waits_without_costing_a_hash) {
  auto const here = domain::address_from("192.0.2.1").value();
  for (int i = 0; i < 10; ++i) {
    brakes_.begin(counted_for_stranger("Maija", here)).value().missed();
  }
  auto const refused = sign_in_with({{"username", "maija"}, {"password", "x"}});
  EXPECT_EQ(refused.error().problem, Problem::too_many_requests);
  EXPECT_EQ(refused.error().retry_after_s, 2);
}

TEST_F(Handlers, a_try_whose_slow_work_never_ran_is_given_back) {
  http::Request request;
  request.peer = "2001:db8::1";
  std::vector<std::string> const none;
  Call call(request, none, services_);
  call.know({}, std::nullopt, database_.clock.now());
  for (int i = 0; i < 500; ++i) {  // each as when the password lane has no place left
    auto const work = write([&](ledger::WriteTx& tx) {
      return begin_check(call, tx, {"maija", "x", ""});
    });
    ASSERT_TRUE(work) << i;
  }
  for (auto const brake : {Brake::sign_in_wide_network, Brake::sign_in_network,
                           Brake::sign_in_wide_pair, Brake::sign_in_pair}) {
    EXPECT_EQ(brakes_.size(brake), 0U);
  }
}

TEST_F(Handlers, weak_new_passwords_are_refused_at_their_field) {
  auto const made =
      run(nullptr, api::post_account,
          {{"role", "venue_staff"}, {"username", "halli"}, {"venue_id", venue_.value}},
          the_command())
          .value();
  auto const token = Json::parse(made.body).at("set_up").at("token");
  auto const refused = run(api::prepare_account_setup, api::post_account_setup,
                           {{"token", token}, {"password", "lyhyt"}});
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/password");
  auto const done =
      run(api::prepare_account_setup, api::post_account_setup,
          {{"token", token}, {"password", "kolme vihreää"}, {"second_factor", false}});
  EXPECT_TRUE(Json::parse(done.value().body).at("done"));
  EXPECT_TRUE(sign_in_with({{"username", "halli"}, {"password", "kolme vihreää"}}));
}

TEST_F(Handlers, enrolment_answers_exactly_what_a_door_needs) {
  auto const made =
      run(nullptr, api::post_enrolment_code, {{"venue_id", venue_.value}}, the_command()).value();
  auto const code = Json::parse(made.body);
  EXPECT_THAT(code.at("text"), StartsWith("kaiku-kiosk enrol https://127.0.0.1:8443 "));
  EXPECT_THAT(code.at("text"), EndsWith("." + to_hex(door_ca_.fingerprint())));
  auto const key = crypto::P256PrivateKey::generate();
  auto const enrolled = run(api::prepare_enrolment, api::post_enrolment,
                            {{"code", code.at("code")}, {"name", "ovi"}, {"csr", request_of(key)}})
                            .value();
  EXPECT_EQ(enrolled.status, 201);
  auto const reply = Json::parse(enrolled.body);
  std::vector<std::string> names;
  for (auto const& [name, value] : reply.items()) names.push_back(name);
  EXPECT_THAT(names, ::testing::ElementsAre("certificate", "device_id", "device_url", "door_ca",
                                            "root_key", "sealing_key", "server_time", "venue"));
  EXPECT_EQ(reply.at("venue").at("id"), venue_.value);
  EXPECT_EQ(reply.at("door_ca"), door_ca_.certificate_pem());
  EXPECT_EQ(from_base64(reply.at("sealing_key").get<std::string>())->size(), 65U);
}

TEST_F(Handlers, enrolment_with_a_bad_request_uses_no_code_up) {
  auto const made =
      run(nullptr, api::post_enrolment_code, {{"venue_id", venue_.value}}, the_command()).value();
  auto const code = Json::parse(made.body).at("code");
  auto const refused =
      run(api::prepare_enrolment, api::post_enrolment, {{"code", code}, {"csr", "no"}});
  EXPECT_EQ(refused.error().problem, Problem::csr_invalid);
  auto const key = crypto::P256PrivateKey::generate();
  EXPECT_TRUE(
      run(api::prepare_enrolment, api::post_enrolment, {{"code", code}, {"csr", request_of(key)}}));
}

TEST_F(Handlers, a_device_renews_the_certificate_of_its_own_key_alone) {
  auto const code = Json::parse(run(nullptr, api::post_enrolment_code, {{"venue_id", venue_.value}},
                                    the_command())
                                    .value()
                                    .body)
                        .at("code");
  auto const key = crypto::P256PrivateKey::generate();
  auto const enrolled =
      run(api::prepare_enrolment, api::post_enrolment, {{"code", code}, {"csr", request_of(key)}})
          .value();
  domain::Caller device;
  device.role = Role::device;
  device.actor = {domain::ActorKind::device, Json::parse(enrolled.body).at("device_id")};
  auto const renew = [&](crypto::P256PrivateKey const& with) {
    return run(
        nullptr,
        [](Call& call, ledger::WriteTx& tx) { return api::post_door_certificate(call, tx); },
        {{"csr", request_of(with)}}, device);
  };
  EXPECT_THAT(Json::parse(renew(key).value().body).at("certificate"),
              HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_EQ(renew(crypto::P256PrivateKey::generate()).error().problem, Problem::csr_invalid);
}

TEST_F(Handlers, unknown_members_and_wrong_types_are_named) {
  auto const refused = sign_in_with({{"username", 1}, {"password", true}, {"remember", true}});
  ASSERT_EQ(refused.error().fields.size(), 3U);
  EXPECT_EQ(refused.error().fields[0].pointer, "/username");
  EXPECT_EQ(refused.error().fields[1].pointer, "/password");
  EXPECT_EQ(refused.error().fields[2].pointer, "/remember");
}

}  // namespace
}  // namespace kaiku::access
