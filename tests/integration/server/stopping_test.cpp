// Stopping and reloading while the doors are busy.
#include <atomic>
#include <future>
#include <thread>

#include "server/tables/redemptions.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

class Stopping : public ServerTest {
 protected:
  static HttpHeaders json_of(Sender const& who) {
    auto headers = who;
    headers.emplace_back("Content-Type", "application/json");
    return headers;
  }
};

TEST_F(Stopping, everything_acknowledged_before_is_there_after_the_restart) {
  auto const code = registered(1);
  std::atomic<int> answered{0};
  std::vector<std::vector<std::pair<std::string, std::string>>> acknowledged(4);
  std::vector<std::thread> doors;
  for (std::size_t door = 0; door < acknowledged.size(); ++door) {
    doors.emplace_back([&, door, port = app().port(), headers = json_of(agent())] {
      try {
        TlsClient client(port, patient());
        for (int i = 0; i < 100'000; ++i) {
          Json const body{
              {"idempotency_key", "door:" + std::to_string(door) + ":" + std::to_string(i)},
              {"card", code},
              {"venue_id", net.pool.value},
              {"tickets", {{"adult", 1}}}};
          auto const answer = client.post("/api/v1/redemptions", body.dump(), headers);
          EXPECT_TRUE(answer.status == 201 || answer.status == 503) << answer.body;
          if (answer.status == 201) acknowledged[door].emplace_back(body.dump(), answer.body);
          ++answered;
        }
      } catch (std::runtime_error const&) {
        // The server has closed, between two requests or before one was taken.
      }
    });
  }
  while (answered < 40) std::this_thread::yield();
  stop();
  for (auto& door : doors) door.join();
  restart();
  std::size_t in_all = 0;
  for (auto const& of_door : acknowledged) {
    in_all += of_door.size();
    // The last ones were the most in danger.
    for (std::size_t at = of_door.size() > 5 ? of_door.size() - 5 : 0; at < of_door.size(); ++at) {
      auto const again = send(agent(), "POST", "/api/v1/redemptions", of_door[at].first,
                              {{"Content-Type", "application/json"}});
      EXPECT_EQ(again.status, 200) << again;
      EXPECT_EQ(again.text, of_door[at].second);
    }
  }
  EXPECT_GE(in_all, 1u);
  auto const venue = get(as("pool_staff"), "/api/v1/reports/annual?year=2026").body;
  // A use that was recorded but not told in time is no harm; a told one that is missing would be.
  EXPECT_GE(venue.at("uses").at("adults").get<std::size_t>(), in_all);
}

TEST_F(Stopping, a_request_in_flight_is_finished) {
  auto const code = registered(1);
  auto const port = app().port();
  auto& writer = app().writer();
  // The writer is held, so that the use waits in its queue while the server is told to stop.
  std::promise<void> held;
  std::promise<void> release;
  auto const hold = [&held, released = release.get_future().share()](ledger::WriteTx&) {
    held.set_value();
    released.wait();
    return true;
  };
  ASSERT_TRUE(writer.post(hold, [](lanes::JobEnd, lanes::Position) {}));
  held.get_future().wait();
  Reply reply;
  std::thread door([&, headers = json_of(agent()), body = ticket(code, net.pool).dump()] {
    reply = reply_from(TlsClient(port, patient()).post("/api/v1/redemptions", body, headers));
  });
  while (writer.counts().queued == 0) std::this_thread::yield();
  std::thread stopping([this] { stop(); });
  auto const accepts = [port] {
    try {
      TcpClient const knock(port);
      return true;
    } catch (std::runtime_error const&) {
      return false;
    }
  };
  while (accepts()) std::this_thread::yield();
  release.set_value();
  stopping.join();
  door.join();
  EXPECT_EQ(reply.status, 201) << reply;
  restart();
}

TEST_F(Stopping, nobody_is_let_in_afterwards) {
  auto const port = app().port();
  stop();
  EXPECT_ANY_THROW(TlsClient(port).get("/healthz"));
  restart();
  EXPECT_EQ(get(nobody, "/healthz").status, 200);
}

TEST_F(Stopping, twenty_reloads_of_the_certificates_fail_no_request) {
  auto const code = registered(1);
  std::atomic<bool> done{false};
  std::atomic<int> good{0}, bad{0};
  std::vector<std::thread> doors;
  for (int door = 0; door < 3; ++door) {
    doors.emplace_back([&, door] {
      auto const headers = json_of(agent());
      for (int i = 0; !done; ++i) {
        try {
          TlsClient client(app().port(), patient());  // a new handshake each time
          for (int n = 0; n < 3; ++n) {
            Json const body{
                {"card", code}, {"venue_id", net.pool.value}, {"tickets", {{"adult", 1}}}};
            client.post("/api/v1/checks", body.dump(), headers).status == 200 ? ++good : ++bad;
          }
        } catch (std::exception const& fault) {
          ADD_FAILURE() << "door " << door << " round " << i << ": " << fault.what();
          ++bad;
        }
      }
    });
  }
  for (int reload = 0; reload < 20; ++reload) {
    auto const before = good.load();
    app().reload_certificates();
    while (good.load() < before + 3 && bad.load() == 0) std::this_thread::yield();
  }
  done = true;
  for (auto& door : doors) door.join();
  EXPECT_EQ(bad, 0);
  EXPECT_GE(good, 60);
}

TEST_F(Stopping, the_installation_is_opened_again_as_it_was) {
  auto const code = registered(1);
  auto const before = sequence();
  restart();
  restart();
  EXPECT_EQ(sequence(), before);
  EXPECT_EQ(redeem(code, net.pool).status, 201);
  EXPECT_EQ(redeem(net.tokens[0], net.pool).status, 201);
}

}  // namespace
}  // namespace kaiku::test
