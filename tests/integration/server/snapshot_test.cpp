// What a door without a network will know: the two signed parts, over real TLS.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/integration/server/snapshot_fixture.hpp"

namespace kaiku::test {
namespace {

TEST_F(Snapshots, tell_of_a_registered_card_what_a_door_asks_and_of_stock_nothing) {
  auto const code = registered(1, 3);
  CardTable const table(full());
  EXPECT_EQ(table.size(), 1U);
  auto const facts = find(table, code).value();
  EXPECT_EQ(facts.state, StoredState::registered);
  EXPECT_EQ(facts.kind, contract::CardKind::personal);
  EXPECT_EQ(facts.child_limit, 3);
  EXPECT_EQ(facts.home_area.value, "") << "no door has to know it";
  EXPECT_EQ(facts.last_valid, last_valid_day(today(), 12));
  EXPECT_EQ(find(table, net.codes.at(1)), std::nullopt);
  EXPECT_FALSE(is_dead(table, net.codes.at(1)));
}

TEST_F(Snapshots, bring_a_community_card_with_its_ceiling) {
  Json const body{{"card", net.codes.at(0)}, {"kind", "community"}, {"community_ceiling", 6}};
  auto const made = post(as("worker"), "/api/v1/cards", body);
  ASSERT_EQ(made.status, 201) << made;
  auto const facts = find(CardTable(full()), net.codes.at(0)).value();
  EXPECT_EQ(facts.kind, contract::CardKind::community);
  EXPECT_EQ(facts.community_ceiling, 6);
}

TEST_F(Snapshots, bring_changes_by_delta) {
  auto const blocked = registered(1);
  auto const replaced = registered(2, 2);
  auto const grown = registered(3);
  auto const same = registered(4);
  CardTable table(full());
  ASSERT_EQ(post(as("worker"), card_path(blocked) + "/blocks", {{"reason", "lost"}}).status, 200);
  ASSERT_EQ(post(as("worker"), card_path(replaced) + "/replacements",
                 {{"reason", "worn"}, {"card", net.codes.at(9)}})
                .status,
            200);
  ASSERT_EQ(post(as("worker"), card_path(grown) + "/children", {{"children", 17}}).status, 200);
  auto const fresh = registered(5);
  auto const delta = opened(after(table));
  EXPECT_EQ(delta.rows.size(), 5U);
  ASSERT_TRUE(table.apply(delta));
  EXPECT_EQ(find(table, blocked)->state, StoredState::blocked);
  EXPECT_EQ(find(table, replaced)->state, StoredState::replaced);
  EXPECT_EQ(find(table, net.codes.at(9))->state, StoredState::registered);
  EXPECT_EQ(find(table, net.codes.at(9))->child_limit, 2);
  EXPECT_EQ(find(table, grown)->child_limit, 17);
  EXPECT_EQ(find(table, same)->state, StoredState::registered);
  EXPECT_TRUE(find(table, fresh));
  EXPECT_EQ(table.sequence(), sequence());
  // Continued or taken whole, it is the same table.
  CardTable const whole(full());
  EXPECT_EQ(whole.size(), table.size());
}

TEST_F(Snapshots, bring_a_card_whose_code_was_stretched_after_the_snapshot_that_lacked_it) {
  auto const code = registered(1);
  app().wait_for_stretched_codes();
  write([](ledger::WriteTx& tx) { tx.prepare("DELETE FROM vault_stretched").run(); });
  CardTable table(opened(by_proof(door_, cards_path)));
  EXPECT_EQ(find(table, code), std::nullopt);
  EXPECT_EQ(table.sequence(), sequence());
  restart();  // the background finds what earlier days left undone
  update(table);
  EXPECT_TRUE(find(table, code));
  EXPECT_EQ(table.sequence(), sequence());
}

TEST_F(Snapshots, say_in_304_that_nothing_has_changed) {
  registered(1);
  full();
  redeem(net.codes.at(0), net.pool);  // the ledger goes on, the cards do not change
  CardTable const table(full());
  EXPECT_EQ(after(table).status, 304);
  redeem(net.codes.at(0), net.pool);
  auto const unchanged = after(table);
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.text, "");
  auto const first = by_proof(door_, cards_path);
  EXPECT_EQ(first.header("etag"), "\"1-" + std::to_string(table.sequence()) + "\"");
  EXPECT_EQ(first.header("cache-control"), "no-store");
  auto const again = by_proof(door_, cards_path, {{"If-None-Match", first.header("etag")}});
  EXPECT_EQ(again.status, 304);
  registered(2);
  auto const delta = after(table);
  EXPECT_EQ(delta.status, 200);
  EXPECT_NE(delta.header("etag"), first.header("etag"));
}

TEST_F(Snapshots, keep_a_full_part_for_ten_minutes_for_a_delta_follows_it) {
  registered(1);
  full();
  auto const first = by_proof(door_, cards_path);
  auto const later = registered(2);
  app().wait_for_stretched_codes();
  advance(9 * minute_us);
  EXPECT_EQ(by_proof(other_, cards_path).text, first.text);
  CardTable table(opened(first));
  update(table);
  EXPECT_TRUE(find(table, later));
  advance(2 * minute_us);
  EXPECT_TRUE(find(CardTable(opened(by_proof(door_, cards_path))), later));
}

TEST_F(Snapshots, name_voided_stock_by_ranges) {
  auto const path = "/api/v1/card-batches/" + std::to_string(net.batch.value) + "/voids";
  ASSERT_EQ(post(as("coordinator"), path, {{"from", 50}, {"to", 55}}).status, 201);
  auto const part = full();
  EXPECT_EQ(part.voids, (std::vector<contract::VoidRange>{{net.batch.value, 50, 55}}));
  CardTable table(part);
  ASSERT_EQ(post(as("coordinator"), path, {{"from", 55}, {"to", 57}}).status, 201);
  update(table);
  EXPECT_TRUE(table.is_void({net.batch.value, 50}));
  EXPECT_TRUE(table.is_void({net.batch.value, 57}));
  EXPECT_FALSE(table.is_void({net.batch.value, 58}));
  EXPECT_FALSE(table.is_void({net.free_batch.value, 1}));
}

TEST_F(Snapshots, keep_the_row_of_an_ended_card_for_thirteen_months_and_its_death_for_ever) {
  auto const old = registered(1);
  auto const last = last_valid_day(today(), 12);
  auto const noon_of = [&](Day day) { return start_of(day) + 12 * hour_us - clock().now(); };
  advance(noon_of(add_months(last, 13) + -1));
  CardTable table(full());
  EXPECT_EQ(find(table, old)->last_valid, last);
  EXPECT_FALSE(is_dead(table, old));
  advance(day_us);
  auto const young = registered(2);
  CardTable const later(full());
  EXPECT_EQ(find(later, old), std::nullopt);
  EXPECT_TRUE(is_dead(later, old));
  EXPECT_TRUE(find(later, young));
  EXPECT_FALSE(is_dead(later, young));
  // What still happens to a dead card reaches older tables as its death.
  ASSERT_EQ(post(as("worker"), card_path(old) + "/blocks", {{"reason", "ended"}}).status, 200);
  update(table);
  EXPECT_EQ(find(table, old), std::nullopt);
  EXPECT_TRUE(is_dead(table, old));
  // Renewed, it has a row again.
  ASSERT_EQ(post(as("worker"), card_path(old) + "/unblocks", Json::object()).status, 200);
  ASSERT_EQ(post(as("worker"), card_path(old) + "/renewals", Json::object()).status, 200);
  update(table);
  EXPECT_EQ(find(table, old)->last_valid, last_valid_day(today(), 12));
}

TEST_F(Snapshots, come_whole_to_a_door_that_was_away_or_of_another_epoch) {
  registered(1);
  CardTable const table(full());
  EXPECT_EQ(opened(after(2, table.sequence())).base, 0);
  EXPECT_EQ(opened(after(1, 0)).base, 0);
  registered(2);
  advance(29 * day_us);
  EXPECT_EQ(opened(after(table)).base, table.sequence());
  advance(2 * day_us);
  EXPECT_EQ(opened(after(table)).base, 0);
}

// A server restored from a backup; the door leaves both numbers out and gets everything.
TEST_F(Snapshots, refuse_what_is_beyond_the_ledger_and_build_nothing_for_it) {
  registered(1);
  CardTable const table(full());
  auto const made_at = opened(by_proof(door_, cards_path)).issued_at;
  registered(2);
  for (std::int64_t const beyond : {sequence() + 1, std::int64_t{1} << 60}) {
    auto const refused = after(1, beyond);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.faults(), std::vector<std::string>{"/since out_of_range"});
  }
  EXPECT_EQ(opened(by_proof(door_, cards_path)).issued_at, made_at) << "the part made before";
}

TEST_F(Snapshots, change_their_key_when_a_door_is_stolen) {
  auto const code = registered(1);
  CardTable const before(full());
  revoke(other_, false);
  EXPECT_EQ(after(before).status, 304) << "put away is not stolen";
  revoke(other_, true);
  auto const part = opened(after(before));
  EXPECT_EQ(part.base, 0);
  CardTable const fresh(part);
  EXPECT_EQ(fresh.row_key().epoch, 2);
  EXPECT_NE(fresh.row_key().key, before.row_key().key);
  EXPECT_TRUE(find(fresh, code));
  EXPECT_EQ(venue(door_).part.epoch, 2);
}

TEST_F(Snapshots, bring_what_an_area_decides) {
  registered(1);
  CardTable table(full());
  EXPECT_FALSE(find(table, net.codes.at(0))->home_area_is_local_only);
  auto const path = std::string("/api/v1/policies/ETELA");
  auto const etag = get(as("coordinator"), "/api/v1/areas/ETELA").header("etag");
  auto const changed = patch(as("coordinator"), path,
                             {{"local_only", true},
                              {"unknown_typed_is_let_in", true},
                              {"companion_allowed", false},
                              {"stale_stop_days", 3},
                              {"stale_may_be_overruled", false}},
                             etag);
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_TRUE(changed.body.at("policy").at("unknown_typed_is_let_in").get<bool>());
  EXPECT_FALSE(table.tells_homes_of(AreaId{"ETELA"}));
  // Each row of the area tells its home from now on, so everything comes anew.
  auto const part = opened(after(table));
  EXPECT_EQ(part.base, 0);
  CardTable const local(part);
  EXPECT_TRUE(local.tells_homes_of(AreaId{"ETELA"}));
  EXPECT_TRUE(find(local, net.codes.at(0))->home_area_is_local_only);
  EXPECT_EQ(find(local, net.codes.at(0))->home_area.value, "ETELA");
  auto const policy = venue(door_).part.policy;
  EXPECT_TRUE(policy.local_only);
  EXPECT_TRUE(policy.unknown_typed_is_let_in);
  EXPECT_TRUE(policy.unknown_genuine_is_let_in);
  EXPECT_FALSE(policy.companion_allowed);
  EXPECT_EQ(policy.stale_warn_s, 72 * 3600);
  EXPECT_EQ(policy.stale_stop_s, 3 * 24 * 3600);
  EXPECT_FALSE(policy.stale_may_be_overruled);
}

TEST_F(Snapshots, describe_the_venue_and_its_events_of_a_fortnight) {
  auto const event = [&](char const* title, std::int64_t starts_in, Json more) {
    more.update({{"venue_id", net.museum.value},
                 {"title", {{"fi", title}, {"sv", ""}, {"en", ""}}},
                 {"starts_at", ago(-starts_in)},
                 {"ends_at", ago(-starts_in - 2 * hour_us)}});
    auto const made = post(as("museum_staff"), "/api/v1/events", more);
    EXPECT_EQ(made.status, 201) << made;
    return made.body.value("id", std::int64_t{0});
  };
  auto const far = event("Ensi kuussa", 20 * day_us, {});
  auto const soon = event(
      "Ylihuomenna", 2 * day_us,
      {{"capacity", 200}, {"quota_percent", 10}, {"limit", {{"count", 1}, {"period", "month"}}}});
  auto const off = event("Peruttu", 3 * day_us, {});
  auto const off_path = "/api/v1/events/" + std::to_string(off);
  auto const etag = get(as("museum_staff"), off_path).header("etag");
  ASSERT_EQ(patch(as("museum_staff"), off_path, {{"cancelled", true}}, etag).status, 200);

  auto const [part, keys] = venue(door_);
  EXPECT_EQ(part.device, door_.id);
  EXPECT_EQ(part.venue, net.museum);
  EXPECT_EQ(part.name, "Taidemuseo");
  EXPECT_EQ(part.sector, contract::Sector::culture);
  EXPECT_EQ(part.area.value, "ETELA");
  EXPECT_TRUE(part.active);
  EXPECT_EQ(part.sequence, sequence());
  EXPECT_EQ(part.issued_at, clock().now());
  EXPECT_EQ(part.day, today());
  ASSERT_EQ(part.events.size(), 3U);
  EXPECT_EQ(part.events.at(2).id.value, off);
  EXPECT_TRUE(part.events.at(2).cancelled) << "a door that has it open says so";
  EXPECT_EQ(part.events.at(0).id, net.concert);
  EXPECT_EQ(part.events.at(0).quota, 10);
  EXPECT_EQ(part.events.at(1).id.value, soon);
  EXPECT_EQ(part.events.at(1).title.fi, "Ylihuomenna");
  EXPECT_EQ(part.events.at(1).capacity, 200);
  EXPECT_EQ(part.events.at(1).quota, 20);
  EXPECT_EQ(part.events.at(1).limit->period, contract::LimitPeriod::month);
  EXPECT_NE(part.events.at(1).id.value, far);
  EXPECT_TRUE(std::ranges::equal(part.override_reasons, domain::override_reasons()));
  EXPECT_TRUE(std::ranges::equal(part.undo_reasons, domain::undo_reasons()));
  EXPECT_EQ(keys.keys_for(contract::KeyUse::card, clock().now()).size(), 1U);
  EXPECT_TRUE(keys.sealing_key(clock().now()));
}

TEST_F(Snapshots, tell_a_door_of_uses_at_other_doors_and_not_of_its_own) {
  auto const code = registered(1, 2);
  auto const mine = registered(2);
  Json const at_concert{{"event_id", net.concert.value}};
  Json with_child = at_concert;
  with_child["tickets"] = {{"adult", 1}, {"child", 2}};
  ASSERT_EQ(redeem_at(other_, code, with_child).status, 201);
  ASSERT_EQ(redeem_at(door_, mine, at_concert).status, 201);
  ASSERT_EQ(redeem_at(other_, mine, Json::object()).status, 201);
  auto const part = opened(by_proof(door_, cards_path));
  app().wait_for_stretched_codes();
  auto const hash = [&](std::string const& text) {
    return contract::row_hash(part.row_key, contract::CardCode::parse(text).value());
  };

  auto const told = venue(door_).part;
  EXPECT_EQ(told.events.at(0).used_elsewhere, 3);
  EXPECT_EQ(told.tickets_elsewhere_today, 4);
  EXPECT_EQ(told.children_elsewhere_today, 2);
  Instant const second{clock().now().us / second_us * second_us};
  std::vector<contract::UsesElsewhere> const wanted{{hash(mine), std::nullopt, 1, 0, true, second},
                                                    {hash(code), net.concert, 1, 2, true, second}};
  EXPECT_EQ(told.uses, wanted);

  auto const others = venue(other_).part;
  EXPECT_EQ(others.events.at(0).used_elsewhere, 1);
  ASSERT_EQ(others.uses.size(), 1U);
  EXPECT_EQ(others.uses.at(0).card, hash(mine));
  EXPECT_EQ(others.uses.at(0).event, net.concert);
}

TEST_F(Snapshots, name_the_card_that_a_holder_has_now) {
  auto const lost = registered(1);
  Json const at_concert{{"event_id", net.concert.value}};
  ASSERT_EQ(redeem_at(other_, lost, at_concert).status, 201);
  ASSERT_EQ(post(as("worker"), card_path(lost) + "/replacements",
                 {{"reason", "lost"}, {"card", net.codes.at(5)}})
                .status,
            200);
  app().wait_for_stretched_codes();
  auto const part = opened(by_proof(door_, cards_path));
  auto const now = contract::CardCode::parse(net.codes.at(5)).value();
  EXPECT_EQ(venue(door_).part.uses.at(0).card, contract::row_hash(part.row_key, now));
}

// Community cards made on the spot, each with one use at an event; the last use is the newest.
void use_often(ledger::WriteTx& tx, OfficeId office, VenueId venue, EventId event, int count,
               Instant from) {
  auto const key = tables::row_key_of(tx.keys(), 1);
  for (int n = 0; n < count; ++n) {
    ledger::CardRegistered card;
    card.made_on_the_spot = true;
    card.card = tx.random().bytes<16>();
    card.lineage = tx.random().bytes<16>();
    card.area = AreaId{"ETELA"};
    card.municipality = "491";
    card.office = office;
    card.card_kind = contract::CardKind::community;
    card.community_ceiling = 5;
    card.registered_on = card.first_valid = helsinki_day(tx.now());
    card.last_valid = card.first_valid + 364;
    CardId const id{ledger::append(tx, {}, card).sequence << 16};
    auto const code = contract::CardCode::random(tx.random());
    tables::put_card_in_vault(tx, id, code, Digest{});
    tables::put_stretched(tx, id, contract::stretch(code, key));
    ledger::UseRedeemed use;
    use.venue = venue;
    use.event = event;
    use.occurred_at = from + n * second_us;
    use.tickets.adult = 1;
    use.card = card.card;
    use.lineage = card.lineage;
    use.idempotency_key = to_hex(tx.random().bytes<8>());
    ledger::append(tx, {}, use);
  }
}

TEST_F(Snapshots, fit_a_venue_into_its_file_by_leaving_out_what_is_needed_least) {
  auto const later = post(as("museum_staff"), "/api/v1/events",
                          {{"venue_id", net.museum.value},
                           {"title", {{"fi", "Myöhemmin"}}},
                           {"starts_at", ago(-5 * day_us)}});
  EventId const far{later.body.at("id").get<std::int64_t>()};
  Instant const from{(clock().now().us / second_us - 3'600) * second_us};
  write([&](ledger::WriteTx& tx) {
    use_often(tx, net.office, net.museum, far, 1'200, from);
    use_often(tx, net.office, net.museum, net.concert, 400, from);
  });
  auto const part = venue(door_).part;
  EXPECT_EQ(part.events.at(0).used_elsewhere, 400);
  EXPECT_EQ(part.events.at(1).used_elsewhere, 1'200) << "quotas count all of them";
  auto const of = [&](EventId event) {
    std::vector<Instant> times;
    for (auto const& use : part.uses) {
      if (use.event == event) times.push_back(use.last_at);
    }
    return times;
  };
  EXPECT_EQ(of(net.concert).size(), 400U) << "the soonest event is told whole";
  auto const kept = of(far);
  ASSERT_GT(kept.size(), 200U);
  ASSERT_LT(kept.size(), 1'200U);
  EXPECT_EQ(*std::ranges::max_element(kept), from + 1'199 * second_us);
  EXPECT_EQ(*std::ranges::min_element(kept),
            from + (1'200 - static_cast<std::int64_t>(kept.size())) * second_us)
      << "the oldest went first";
}

TEST_F(Snapshots, fit_a_venue_with_hundreds_of_events) {
  write([&](ledger::WriteTx& tx) {
    for (int n = 0; n < 600; ++n) {
      ledger::EventSet event;
      event.venue = net.museum;
      event.title.fi = std::string(150, 'x') + "ä" + std::string(150, 'y');
      event.starts_at = tx.now() + day_us + n * minute_us;
      event.ends_at = event.starts_at + hour_us;
      ledger::append(tx, {}, event);
    }
  });
  auto const part = venue(door_).part;
  ASSERT_GT(part.events.size(), 50U);
  ASSERT_LT(part.events.size(), 600U);
  EXPECT_EQ(part.events.at(0).id, net.concert) << "the farthest are left out";
  EXPECT_TRUE(std::ranges::is_sorted(part.events, {}, &contract::SnapshotEvent::starts_at));
}

TEST_F(Snapshots, come_over_mutual_tls_as_well) {
  registered(1);
  CardTable const table(full());
  auto const cards = on_device_listener(door_, "GET", cards_path);
  EXPECT_EQ(cards.status, 200);
  EXPECT_EQ(CardTable(opened(cards)).size(), 1U);
  EXPECT_EQ(on_device_listener(door_, "GET", venue_path).status, 200);
  auto const held = std::string(cards_path) + "?epoch=1&since=" + std::to_string(table.sequence());
  EXPECT_EQ(on_device_listener(door_, "GET", held).status, 304);
  registered(2);
  app().wait_for_stretched_codes();
  EXPECT_EQ(on_device_listener(door_, "GET", held).status, 200);
}

TEST_F(Snapshots, refuse_what_they_do_not_understand) {
  auto const faults = [&](std::string const& query) {
    return by_proof(door_, cards_path + query).faults();
  };
  using Faults = std::vector<std::string>;
  EXPECT_EQ(faults("?epoch=1"), Faults{"/since required"});
  EXPECT_EQ(faults("?since=1"), Faults{"/epoch required"});
  EXPECT_EQ(faults("?epoch=0&since=x"), (Faults{"/epoch out_of_range", "/since out_of_range"}));
  EXPECT_EQ(faults("?epoch=1&since=1&since=2"), Faults{"/since repeated"});
  EXPECT_EQ(faults("?epoch=1&since=1&full=1"), Faults{"/full unknown_field"});
  EXPECT_EQ(by_proof(door_, std::string(venue_path) + "?x=1").status, 422);
}

TEST_F(Snapshots, are_gone_from_the_path_of_old) {
  EXPECT_EQ(by_proof(door_, "/door/v1/venue").status, 404);
}

TEST_F(Snapshots, of_another_history_are_fetched_whole) {
  registered(1);
  auto const whole = by_proof(door_, cards_path);
  CardTable const table(opened(whole));
  auto const leaf = whole.header("kaiku-leaf");
  EXPECT_EQ(leaf.size(), 64U);
  auto const since = "?epoch=" + std::to_string(table.row_key().epoch) +
                     "&since=" + std::to_string(table.sequence()) + "&leaf=";
  registered(2);
  EXPECT_NE(by_proof(door_, std::string(cards_path) + since + leaf).status, 422);
  // The server was restored, and something else happened there since.
  auto const other = by_proof(door_, std::string(cards_path) + since + std::string(64, '0'));
  EXPECT_EQ(other.status, 422);
  EXPECT_THAT(other.faults(), ::testing::ElementsAre("/since out_of_range"));
}

}  // namespace
}  // namespace kaiku::test
