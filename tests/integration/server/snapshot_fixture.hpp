// A door of the museum and what it fetches, for tests of snapshots.
#pragma once

#include <gtest/gtest.h>

#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/venue_snapshot.hpp"
#include "server/domain/policy.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/stretched_codes.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {

using contract::CardTable;
using contract::StoredState;

inline constexpr char cards_path[] = "/door/v1/snapshot/cards";
inline constexpr char venue_path[] = "/door/v1/snapshot/venue";

class Snapshots : public ServerTest {
 protected:
  Snapshots() : door_(enrol(museum_code(), "door")), other_(enrol(museum_code(), "other")) {}

  std::string museum_code() {
    auto const made = post(as("coordinator"), "/api/v1/devices/enrolment-codes",
                           {{"venue_id", net.museum.value}});
    return made.body.at("code").get<std::string>();
  }

  // By a signed request on the public listener: that works however far the clock was moved.
  Reply by_proof(Device const& device, std::string const& path, HttpHeaders const& extra = {}) {
    return send(proof(device, "GET", path, ""), "GET", path, "", extra);
  }

  contract::OpenedVenuePart venue(Device const& device) {
    auto const reply = by_proof(device, venue_path);
    EXPECT_EQ(reply.status, 200) << reply;
    EXPECT_EQ(reply.header("content-type"), "application/cose");
    EXPECT_LE(reply.text.size(), contract::venue_file_limit);
    auto const root = app().services().keys.root.public_key();
    return contract::open_venue_part(bytes_of(reply.text), root, 1).value();
  }

  contract::CardsPart opened(Reply const& reply) {
    EXPECT_EQ(reply.status, 200) << reply;
    auto const keys = venue(door_).keys;
    return contract::open_cards_part(bytes_of(reply.text), keys, clock().now()).value();
  }
  // A full part that tells of every card in use; what is stretched has a place in the ledger.
  contract::CardsPart full() {
    app().wait_for_stretched_codes();
    write([](ledger::WriteTx& tx) { ledger::append(tx, {}, ledger::ClockStep{}); });
    advance(11 * minute_us);  // an earlier one is not kept any longer
    return opened(by_proof(door_, cards_path));
  }
  Reply after(std::int64_t epoch, std::int64_t since) {
    app().wait_for_stretched_codes();
    return by_proof(door_, std::string(cards_path) + "?epoch=" + std::to_string(epoch) +
                               "&since=" + std::to_string(since));
  }
  Reply after(CardTable const& table) { return after(table.row_key().epoch, table.sequence()); }
  // What the door does: it continues with what changed.
  void update(CardTable& table) {
    auto const delta = opened(after(table));
    EXPECT_EQ(delta.base, table.sequence());
    EXPECT_TRUE(table.apply(delta));
  }
  static std::optional<contract::CardFacts> find(CardTable const& table, std::string const& code) {
    auto const parsed = contract::CardCode::parse(code).value();
    return table.find(contract::row_hash(table.row_key(), parsed));
  }
  static bool is_dead(CardTable const& table, std::string const& code) {
    auto const parsed = contract::CardCode::parse(code).value();
    return table.is_dead(contract::row_hash(table.row_key(), parsed));
  }

  std::string card_path(std::string const& code) { return "/api/v1/cards/" + code; }
  void revoke(Device const& device, bool stolen) {
    auto const path = "/api/v1/devices/" + std::to_string(device.id.value) + "/revocations";
    ASSERT_EQ(post(as("coordinator"), path, {{"stolen", stolen}}).status, 200);
  }
  Reply redeem_at(Device const& device, std::string const& code, Json const& more) {
    std::string const path = "/door/v1/redemptions";
    auto const body = ticket(code, net.museum, more).dump();
    return send(proof(device, "POST", path, body), "POST", path, body,
                {{"Content-Type", "application/json"}});
  }

  Device door_;
  Device other_;
};

}  // namespace kaiku::test
