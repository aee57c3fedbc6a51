// Many doors at once and too few places.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <memory>
#include <thread>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

// A door's connection: kept alive, and opened anew when the server has closed it; the key makes
// that safe.
class Door {
 public:
  Door(std::uint16_t port, Sender headers, ClientOptions options)
      : port_(port), headers_(std::move(headers)), options_(std::move(options)) {
    headers_.emplace_back("Content-Type", "application/json");
    client_ = std::make_unique<TlsClient>(port_, options_);
  }
  Reply redeem(Json const& body) {
    for (int tries = 0;; ++tries) {
      try {
        if (!client_) client_ = std::make_unique<TlsClient>(port_, options_);
        return reply_from(client_->post("/api/v1/redemptions", body.dump(), headers_));
      } catch (std::runtime_error const& fault) {
        client_.reset();
        if (tries == 3) return {0, {}, fault.what(), nullptr};
      }
    }
  }

 private:
  std::uint16_t port_;
  Sender headers_;
  ClientOptions options_;
  std::unique_ptr<TlsClient> client_;
};

class QuotaRace : public ServerTest {
 protected:
  Door door_of_agent() { return Door(app().port(), agent(), patient()); }
};

TEST_F(QuotaRace, thirty_two_clients_racing_for_ten_places_get_exactly_ten) {
  constexpr std::size_t clients = 32;
  constexpr std::size_t cards = 20;
  constexpr int tries_each = 4;
  for (std::size_t i = 1; i <= cards; ++i) registered(i);
  std::atomic<int> given{0}, full{0}, used{0}, other{0};
  std::barrier start(clients);
  std::vector<std::thread> doors;
  for (std::size_t door = 0; door < clients; ++door) {
    doors.emplace_back([&, door] {
      auto client = door_of_agent();
      start.arrive_and_wait();
      for (int i = 0; i < tries_each; ++i) {
        auto const at = (door * 7 + static_cast<std::size_t>(i) * 5) % cards;
        Json const body{
            {"idempotency_key", "race:" + std::to_string(door) + ":" + std::to_string(i)},
            {"card", i % 2 == 0 ? net.codes[at] : net.tokens[at]},
            {"venue_id", net.museum.value},
            {"event_id", net.concert.value},
            {"tickets", {{"adult", 1}}}};
        auto const reply = client.redeem(body);
        if (reply.status == 201 || reply.status == 200)
          ++given;
        else if (reply.status == 409 && reply.answer() == "quota_full")
          ++full;
        else if (reply.status == 409 && reply.answer() == "already_used_here")
          ++used;
        else
          ++other;
      }
    });
  }
  for (auto& door : doors) door.join();
  EXPECT_EQ(given, 10);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(given + full + used, static_cast<int>(clients) * tries_each);
  EXPECT_GT(full, 0);
  auto const event = get(as("museum_staff"), "/api/v1/events/" + std::to_string(net.concert.value));
  EXPECT_EQ(event.body.at("places_used"), 10);
  EXPECT_EQ(event.body.at("quota_left"), 0);
}

TEST_F(QuotaRace, one_key_sent_by_many_clients_at_once_is_one_use) {
  auto const code = registered(1);
  auto const body = ticket(code, net.pool);
  std::atomic<int> created{0}, repeated{0};
  std::barrier start(8);
  std::vector<std::thread> doors;
  for (int door = 0; door < 8; ++door) {
    doors.emplace_back([&] {
      auto client = door_of_agent();
      start.arrive_and_wait();
      auto const status = client.redeem(body).status;
      if (status == 201) ++created;
      if (status == 200) ++repeated;
    });
  }
  for (auto& door : doors) door.join();
  EXPECT_EQ(created, 1);
  EXPECT_EQ(repeated, 7);
}

}  // namespace
}  // namespace kaiku::test
