// Door devices: how they join, how they prove who they are, and how they leave.
#include <gmock/gmock.h>
#include <openssl/pem.h>

#include <fstream>
#include <memory>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class Devices : public ServerTest {
 protected:
  Json use(Json const& more = Json::object()) { return ticket(net.codes[0], net.pool, more); }
  Reply enrolment(std::string const& code, crypto::P256PrivateKey const& key) {
    return post(nobody, "/api/v1/devices/enrolments",
                {{"code", code}, {"csr", certificate_request(key)}});
  }
  Reply by_proof(Device const& device, std::string const& method, std::string const& path,
                 Json const& body = nullptr) {
    auto const text = body.is_null() ? "" : body.dump();
    HttpHeaders headers;
    if (!body.is_null()) headers.emplace_back("Content-Type", "application/json");
    return send(proof(device, method, path, text), method, path, text, headers);
  }
  void revoke(Device const& device) {
    auto const path = "/api/v1/devices/" + std::to_string(device.id.value) + "/revocations";
    ASSERT_EQ(post(as("coordinator"), path, {{"stolen", true}}).status, 200);
  }
  static bool is_signed_by(std::string const& certificate, std::string const& authority) {
    auto const read = [](std::string const& pem) {
      std::unique_ptr<BIO, void (*)(BIO*)> const in(
          BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free_all);
      return std::unique_ptr<X509, void (*)(X509*)>(
          PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), &X509_free);
    };
    auto const leaf = read(certificate);
    auto const ca = read(authority);
    return leaf && ca && X509_verify(leaf.get(), X509_get0_pubkey(ca.get())) == 1;
  }
};

TEST_F(Devices, enrol_with_a_code_and_redeem_over_mutual_tls) {
  registered(1);
  auto const device = enrol(net.pool_enrolment, "kiosk");
  EXPECT_EQ(device.enrolment.at("venue").at("id"), net.pool.value);
  EXPECT_TRUE(is_signed_by(device.enrolment.at("certificate"), device.enrolment.at("door_ca")));
  EXPECT_EQ(on_device_listener(device, "GET", "/door/v1/snapshot/venue").status, 200);
  auto const body = use();
  auto const first = on_device_listener(device, "POST", "/door/v1/redemptions", body);
  ASSERT_EQ(first.status, 201) << first;
  auto const again = on_device_listener(device, "POST", "/door/v1/redemptions", body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.text, first.text);
  auto const id = std::to_string(first.body.at("redemption_id").get<int>());
  EXPECT_EQ(post(agent(), "/api/v1/redemptions/" + id + "/void", {{"reason", "mistake"}}).status,
            403);
  EXPECT_EQ(on_device_listener(device, "POST", "/door/v1/redemptions/" + id + "/void",
                               {{"reason", "mistake"}})
                .status,
            200);
  auto const elsewhere = use({{"venue_id", net.museum.value}});
  EXPECT_EQ(on_device_listener(device, "POST", "/door/v1/redemptions", elsewhere).slug(),
            "forbidden");
}

TEST_F(Devices, the_device_listener_shows_a_certificate_of_the_door_ca) {
  auto const device = enrol(net.pool_enrolment, "kiosk");
  TlsClient client(app().device_port(), certificate_of(device));
  std::unique_ptr<X509, void (*)(X509*)> const shown(SSL_get1_peer_certificate(client.native()),
                                                     &X509_free);
  std::unique_ptr<BIO, void (*)(BIO*)> const out(BIO_new(BIO_s_mem()), &BIO_free_all);
  ASSERT_EQ(PEM_write_bio_X509(out.get(), shown.get()), 1);
  char* text = nullptr;
  auto const length = BIO_get_mem_data(out.get(), &text);
  EXPECT_TRUE(
      is_signed_by({text, static_cast<std::size_t>(length)}, device.enrolment.at("door_ca")));
}

TEST_F(Devices, without_a_certificate_of_ours_nobody_reaches_the_device_listener) {
  EXPECT_ANY_THROW(TlsClient(app().device_port()).get("/healthz"));
  CertificateMaker const stranger(folder(), "stranger-ca");
  ClientOptions options;
  auto const files = stranger.issue({.name = "stranger", .for_client = true});
  options.certificate_file = files.certificate;
  options.key_file = files.key;
  EXPECT_ANY_THROW(TlsClient(app().device_port(), options).get("/healthz"));
}

TEST_F(Devices, a_revoked_device_is_told_so_on_both_listeners) {
  registered(1);
  auto const device = enrol(net.pool_enrolment, "kiosk");
  ASSERT_EQ(by_proof(device, "GET", "/door/v1/snapshot/venue").status, 200);
  revoke(device);
  for (auto const& reply : {on_device_listener(device, "POST", "/door/v1/redemptions", use()),
                            by_proof(device, "POST", "/door/v1/redemptions", use()),
                            on_device_listener(device, "GET", "/door/v1/snapshot/venue")}) {
    EXPECT_EQ(reply.status, 403) << reply;
    EXPECT_EQ(reply.slug(), "device-revoked");
  }
  EXPECT_EQ(enrolment(net.pool_enrolment, device.key).slug(), "device-revoked");
}

TEST_F(Devices, are_renamed_by_those_who_keep_their_area) {
  auto const device = enrol(net.pool_enrolment, "kiosk");
  auto const path = "/api/v1/devices/" + std::to_string(device.id.value);
  auto const etag = get(as("coordinator"), path).header("etag");
  auto const renamed = patch(as("coordinator"), path, {{"name", " Itäovi "}}, etag);
  ASSERT_EQ(renamed.status, 200) << renamed;
  EXPECT_EQ(renamed.body.at("name"), "Itäovi");
  EXPECT_NE(renamed.header("etag"), etag);
  EXPECT_EQ(get(as("pool_staff"), path).body.at("name"), "Itäovi");
  EXPECT_EQ(patch(as("coordinator"), path, {{"name", "Länsiovi"}}, etag).status, 412);
  auto const before = sequence();
  EXPECT_EQ(patch(as("admin"), path, {{"name", "Itäovi"}}, "*").status, 200);
  EXPECT_EQ(sequence(), before) << "it is called that already";
  for (auto const& [name, fault] : {std::pair<std::string, std::string>{"  ", "required"},
                                    {std::string(81, 'x'), "too_long"},
                                    {"ovi 010190-902S", "personal_identity_code"}}) {
    EXPECT_THAT(patch(as("coordinator"), path, {{"name", name}}, "*").faults(),
                ElementsAre("/name " + fault));
  }
  EXPECT_EQ(patch(as("pool_staff"), path, {{"name", "Oma"}}, "*").status, 403);
  EXPECT_EQ(on_device_listener(device, "GET", "/door/v1/snapshot/venue").status, 200);
}

TEST_F(Devices, prove_their_key_request_by_request_on_the_public_listener) {
  registered(1);
  auto const device = enrol(net.pool_enrolment, "tablet");
  auto const body = use().dump();
  HttpHeaders const json{{"Content-Type", "application/json"}};
  std::string const path = "/door/v1/redemptions";
  auto const good = proof(device, "POST", path, body);
  auto const redeemed = send(good, "POST", path, body, json);
  EXPECT_EQ(redeemed.status, 201) << redeemed;
  // The same proof again, even for the same request, is somebody else's copy.
  EXPECT_EQ(send(good, "POST", path, body, json).slug(), "not-signed-in");
  EXPECT_EQ(send(proof(device, "POST", path, body), "POST", path, body, json).status, 200);
  auto const other = use().dump();
  EXPECT_EQ(send(proof(device, "POST", path, body), "POST", path, other, json).status, 401);
  EXPECT_EQ(send(proof(device, "POST", "/door/v1/checks", body), "POST", path, body, json).status,
            401);
  EXPECT_EQ(send(proof(device, "GET", path, body), "POST", path, body, json).status, 401);
  auto const early = proof(device, "POST", path, body);
  advance(6 * minute_us);
  EXPECT_EQ(send(early, "POST", path, body, json).status, 401);
  auto const stranger = Device{crypto::P256PrivateKey::generate(), device.id, {}, {}};
  EXPECT_EQ(by_proof(stranger, "GET", "/door/v1/snapshot/venue").status, 401);
  // Both ways end in the same caller: what was given by proof is undone over mutual TLS.
  auto const id = std::to_string(redeemed.body.at("redemption_id").get<int>());
  EXPECT_EQ(
      on_device_listener(device, "POST", path + "/" + id + "/void", {{"reason", "mistake"}}).status,
      200);
}

TEST_F(Devices, a_code_is_good_for_fifteen_minutes_and_its_number_of_devices) {
  auto const made = post(as("coordinator"), "/api/v1/devices/enrolment-codes",
                         {{"venue_id", net.pool.value}, {"uses", 2}});
  ASSERT_EQ(made.status, 201) << made;
  auto const code = made.body.at("code").get<std::string>();
  auto const first = crypto::P256PrivateKey::generate();
  auto const joined = enrolment(code, first);
  ASSERT_EQ(joined.status, 201) << joined;
  // The first answer was lost on the way: the same device again, and nothing used up.
  auto const again = enrolment(code, first);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body.at("device_id"), joined.body.at("device_id"));
  EXPECT_EQ(enrolment(code, crypto::P256PrivateKey::generate()).status, 201);
  EXPECT_EQ(enrolment(code, crypto::P256PrivateKey::generate()).slug(), "enrolment-code-invalid");
  auto const late =
      post(as("coordinator"), "/api/v1/devices/enrolment-codes", {{"venue_id", net.pool.value}});
  advance(15 * minute_us);
  EXPECT_EQ(enrolment(late.body.at("code"), crypto::P256PrivateKey::generate()).slug(),
            "enrolment-code-invalid");
  EXPECT_EQ(enrolment("0000-0000-0000-0000", first).slug(), "enrolment-code-invalid");
  EXPECT_EQ(enrolment(net.far_enrolment, first).status, 409);
}

// A folder that joins again says which device it is: of a server that does not know it, restored
// from an older backup, it makes no second one, and the code stays good.
TEST_F(Devices, a_folder_joins_again_as_itself_or_not_at_all) {
  auto const device = enrol(net.pool_enrolment, "kiosk");
  auto const made =
      post(as("coordinator"), "/api/v1/devices/enrolment-codes", {{"venue_id", net.pool.value}});
  auto const code = made.body.at("code").get<std::string>();
  auto const join = [&](crypto::P256PrivateKey const& key, Json const& as_device) {
    return post(nobody, "/api/v1/devices/enrolments",
                {{"code", code}, {"csr", certificate_request(key)}, {"device_id", as_device}});
  };
  auto const before = sequence();
  auto const unknown = join(crypto::P256PrivateKey::generate(), device.id.value);
  EXPECT_EQ(unknown.status, 409) << unknown;
  EXPECT_EQ(unknown.slug(), "device-unknown");
  EXPECT_EQ(join(device.key, device.id.value + 1).slug(), "device-unknown");
  EXPECT_EQ(sequence(), before);
  for (auto const& bad : {Json(0), Json("7"), Json(-1), Json(1.5)}) {
    EXPECT_EQ(join(device.key, bad).status, 422) << bad;
  }
  auto const again = join(device.key, device.id.value);
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.body.at("device_id"), device.id.value);
  EXPECT_EQ(enrolment(code, crypto::P256PrivateKey::generate()).status, 201) << "still good";
}

TEST_F(Devices, a_request_that_is_no_sound_csr_is_refused) {
  auto const before = sequence();
  for (auto const* csr :
       {"", "nonsense",
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"}) {
    auto const reply =
        post(nobody, "/api/v1/devices/enrolments", {{"code", net.pool_enrolment}, {"csr", csr}});
    EXPECT_EQ(reply.status, 422) << reply;
    EXPECT_EQ(reply.slug(), "csr-invalid");
  }
  EXPECT_EQ(sequence(), before);
}

TEST_F(Devices, an_expired_certificate_reaches_its_renewal_alone) {
  registered(1);
  auto device = enrol(net.pool_enrolment, "kiosk");
  advance(31 * day_us);
  auto const refused = on_device_listener(device, "POST", "/door/v1/redemptions", use());
  EXPECT_EQ(refused.status, 403) << refused;
  EXPECT_EQ(refused.slug(), "device-expired");
  auto const other = crypto::P256PrivateKey::generate();
  EXPECT_EQ(on_device_listener(device, "POST", "/door/v1/certificates",
                               {{"csr", certificate_request(other)}})
                .slug(),
            "csr-invalid");
  auto const renewed = on_device_listener(device, "POST", "/door/v1/certificates",
                                          {{"csr", certificate_request(device.key)}});
  ASSERT_EQ(renewed.status, 201) << renewed;
  std::ofstream(device.files.certificate) << renewed.body.at("certificate").get<std::string>();
  EXPECT_EQ(on_device_listener(device, "POST", "/door/v1/redemptions", use()).status, 201);
}

TEST_F(Devices, are_listed_to_the_coordinator_of_their_area) {
  enrol(net.pool_enrolment, "kiosk");
  auto const far = enrol(net.far_enrolment, "far-kiosk");
  auto const listed = get(as("coordinator"), "/api/v1/devices").body.at("items");
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed.at(0).at("name"), "kiosk");
  auto const of_theatre = "/api/v1/devices?venue_id=" + std::to_string(net.far_theatre.value);
  EXPECT_EQ(get(as("coordinator"), of_theatre).status, 403);
  EXPECT_EQ(get(as("far_coordinator"), of_theatre).body.at("items").at(0).at("id"), far.id.value);
}

}  // namespace
}  // namespace kaiku::test
