// What is refused, or answered without a change, never reaches the one thread that writes.
#include <gmock/gmock.h>

#include "server/http/form.hpp"
#include "tests/integration/server/journal_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;

class AheadOfTheWriter : public JournalTest {
 protected:
  std::uint64_t jobs() { return app().writer().counts().jobs; }
  // Sends, and says how many jobs the writer had of it.
  template <class Send>
  std::uint64_t jobs_of(Send send_it, int status) {
    app().wait_for_stretched_codes();  // whose jobs are not ours to count
    auto const before = jobs();
    auto const reply = send_it();
    EXPECT_EQ(reply.status, status) << reply;
    return jobs() - before;
  }
  Reply form(Sender who, std::string const& path, std::string const& text) {
    who.emplace_back("Origin", origin());
    return send(who, "POST", path, text, {{"Content-Type", "application/x-www-form-urlencoded"}});
  }
};

TEST_F(AheadOfTheWriter, strangers_are_refused) {
  auto const body = ticket(net.codes[0], net.pool);
  std::string const door = "/door/v1/redemptions";
  EXPECT_EQ(jobs_of([&] { return post(nobody, "/api/v1/redemptions", body); }, 401), 0U);
  EXPECT_EQ(jobs_of([&] { return post(bearer("kaiku_x"), "/api/v1/redemptions", body); }, 401), 0U);
  auto false_proof = proof(device_, "POST", door, body.dump());
  false_proof.front().second.back() = false_proof.front().second.back() == 'A' ? 'Q' : 'A';
  EXPECT_EQ(jobs_of([&] { return post(false_proof, door, body); }, 401), 0U);
  auto const worker = as("worker");
  EXPECT_EQ(jobs_of([&] { return post(worker, "/api/v1/venues", body); }, 403), 0U);
  auto without_token = as("pool_staff");
  std::erase_if(without_token, [](auto const& header) { return header.first == "X-CSRF-Token"; });
  EXPECT_EQ(jobs_of([&] { return post(without_token, "/api/v1/redemptions", body); }, 403), 0U);
}

TEST_F(AheadOfTheWriter, sign_in_forms_and_links_are_judged) {
  EXPECT_EQ(jobs_of([&] { return form(nobody, "/login", ""); }, 303), 0U);
  EXPECT_EQ(jobs_of([&] { return form(nobody, "/set-up", "act=confirm&totp=123456"); }, 303), 0U);
  EXPECT_EQ(jobs_of([&] { return form(nobody, "/logout", ""); }, 303), 0U);
  auto const confirm = [&] {
    return post(nobody, "/api/v1/account-setups/confirmations",
                {{"token", std::string(43, 'A')}, {"totp", "123456"}});
  };
  EXPECT_EQ(jobs_of(confirm, 404), 0U);
  auto const enrolment = [&] {
    return post(nobody, "/api/v1/devices/enrolments",
                {{"code", "0000-0000-0000-0000"}, {"name", "x"}, {"csr", "no request at all"}});
  };
  auto const before = jobs();
  auto const refused = enrolment();
  EXPECT_EQ(refused.slug(), "enrolment-code-invalid") << "the code is looked at first: " << refused;
  EXPECT_EQ(jobs(), before);
}

TEST_F(AheadOfTheWriter, the_next_card_at_a_venue_is_a_read) {
  auto const code = registered(1);
  auto const page = get(as("pool_staff"), "/door/basic?event=0&fast=0");
  ASSERT_EQ(page.status, 200);
  auto const value_of = [&](std::string const& name) {
    auto const at = page.text.find("name=\"" + name + "\" value=\"") + name.size() + 15;
    return http::percent_encode(page.text.substr(at, page.text.find('"', at) - at));
  };
  auto const csrf = "csrf=" + value_of("csrf");
  std::string offer;
  auto const scanned = [&] {
    auto reply = form(as("pool_staff"), "/door/basic", csrf + "&event=0&fast=0&card=" + code);
    offer = reply.header("location");
    return reply;
  };
  EXPECT_EQ(jobs_of(scanned, 303), 0U);
  auto const next = [&] {
    return form(as("pool_staff"), offer, csrf + "&key=1&offered=1&next=" + net.codes[1]);
  };
  EXPECT_EQ(jobs_of(next, 303), 0U);
  // In fast mode too.
  auto const nonsense = [&] {
    return form(as("pool_staff"), "/door/basic",
                csrf + "&event=0&fast=1&card=nonsense&form_id=" + value_of("form_id"));
  };
  EXPECT_EQ(jobs_of(nonsense, 303), 0U);
}

// The writer asks again what can have changed since a lane looked.
TEST_F(AheadOfTheWriter, who_was_known_a_moment_ago_and_is_revoked_is_refused) {
  auto const code = registered(1);
  ASSERT_EQ(redeem(code, net.pool).status, 201);
  auto const keys = get(as("coordinator"), "/api/v1/api-keys").body;
  for (auto const& key : keys.at("items")) {
    auto const path = "/api/v1/api-keys/" + std::to_string(key.at("id").get<int>());
    ASSERT_EQ(del(as("coordinator"), path).status, 204);
  }
  EXPECT_EQ(redeem(code, net.pool).status, 401);
  auto const attempt = journal_.give(code);
  auto const text = redemption(attempt, code).dump();
  std::string const path = "/door/v1/redemptions";
  HttpHeaders const json{{"Content-Type", "application/json"}};
  ASSERT_EQ(send(proof(device_, "POST", path, text), "POST", path, text, json).status, 201);
  revoke();
  auto const late = send(proof(device_, "POST", path, text), "POST", path, text, json);
  EXPECT_EQ(late.slug(), "device-revoked") << late;
}

TEST_F(AheadOfTheWriter, a_page_that_a_write_answers_with_is_drawn_all_the_same) {
  auto const page = get(as("worker"), "/card");
  auto const at = page.text.find("name=\"csrf\" value=\"") + 19;
  auto const csrf = http::percent_encode(page.text.substr(at, page.text.find('"', at) - at));
  auto const found = form(as("worker"), "/card", "csrf=" + csrf + "&card=" + registered(3));
  auto const shown = get(as("worker"), found.header("location"));
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.text, HasSubstr("</html>"));
}

}  // namespace
}  // namespace kaiku::test
