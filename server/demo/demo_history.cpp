#include "server/demo/demo_history.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include "server/demo/demo_network.hpp"
#include "server/ledger/ledger.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/keep_network.hpp"
#include "server/use_cases/publish_run.hpp"
#include "server/use_cases/redeem.hpp"
#include "server/use_cases/register_card.hpp"
#include "server/use_cases/stock_cards.hpp"

namespace kaiku::demo {
namespace {

constexpr std::int64_t minute = minute_us;
constexpr std::size_t used_in_thousand = 360;  // as elsewhere in the country: 30–40 %

// Monday is 0: 1970-01-01 was a Thursday.
int weekday_of(Day day) { return (day.value + 3) % 7; }

int some_children(Random& choices) {
  constexpr std::array<int, 20> spread{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4};
  return spread[below(choices, spread.size())];
}

}  // namespace

DemoHistory::DemoHistory(Installation& installation, DemoClock& clock, DemoWorld& world,
                         Random& choices, Instant until)
    : installation_(installation),
      clock_(clock),
      world_(world),
      choices_(choices),
      until_(until),
      key_prefix_("demo:" + to_iso(helsinki_day(until)) + ":") {}

void DemoHistory::plan(Instant at, std::function<bool(ledger::WriteTx&)> act) {
  if (at < until_) steps_.push_back({at, std::move(act)});
}

Instant DemoHistory::working_hour(Day day) {
  if (weekday_of(day) >= 5) day = day + -2;
  return start_of(day) + 8 * hour_us + static_cast<std::int64_t>(below(choices_, 460)) * minute;
}

Instant DemoHistory::opening_hour(Day day) {
  return start_of(day) + 10 * hour_us + static_cast<std::int64_t>(below(choices_, 600)) * minute;
}

void DemoHistory::plan_event(std::size_t venue, Instant starts_at, Instant entered_at,
                             std::size_t title) {
  auto const& plan_of_venue = venue_plans()[venue];
  auto const& titles = event_titles(plan_of_venue.sector, plan_of_venue.kind);
  ledger::EventSet entry;
  entry.venue = world_.venues[venue].id;
  entry.use_kind = plan_of_venue.kind;
  entry.title = titles[title % titles.size()];
  entry.starts_at = starts_at;
  entry.ends_at = starts_at + 150 * minute;
  entry.capacity = 60 + static_cast<std::int64_t>(below(choices_, 20)) * 10;
  if (title % 3 == 0)
    entry.quota_percent = 10;
  else
    entry.quota = 10 + static_cast<std::int64_t>(below(choices_, 5)) * 10;
  entry.children_allowed = plan_of_venue.kind != contract::UseKind::course;
  auto const at = world_.events.size();
  world_.events.push_back({venue, starts_at, {}});
  plan(entered_at, [this, at, entry](ledger::WriteTx& tx) {
    auto const& staff = world_.venues[world_.events[at].venue].staff;
    world_.events[at].id = use_cases::keep_event(tx, entry, staff).value().id;
    return true;
  });
}

// A reopened folder may be older than a plan: it has the venues of its time, the first ones.
std::size_t DemoHistory::planned_venues() const {
  return std::min(world_.venues.size(), venue_plans().size());
}

// One event a week at each venue that has events, entered three weeks ahead; and one this evening.
void DemoHistory::plan_events(Instant from) {
  auto const first = helsinki_day(from);
  auto const last = helsinki_day(until_) + 56;
  for (std::size_t venue = 0; venue < planned_venues(); ++venue) {
    if (!venue_plans()[venue].has_events) continue;
    for (auto day = first; day < last; day = day + 1) {
      if (weekday_of(day) != static_cast<int>(2 + venue % 4)) continue;
      auto const starts_at = start_of(day) + 18 * hour_us;
      auto const entered = std::clamp(starts_at + -21 * day_us, from, until_ + -minute);
      plan_event(venue, starts_at, entered, static_cast<std::size_t>(day.value / 7) + venue);
    }
    auto const tonight = start_of(helsinki_day(until_)) + 19 * hour_us;
    plan_event(venue, tonight, std::max(from, until_ + -minute * 5), venue * 3 + 1);
  }
}

std::size_t DemoHistory::pick_venue(std::size_t card) {
  auto const& home = world_.offices[world_.cards[card].office].area;
  auto const travels = in_thousand(choices_, 120);
  std::size_t sum = 0;
  auto const weight = [&](std::size_t venue) {
    auto const near = world_.venues[venue].area == home;
    return near || travels ? static_cast<std::size_t>(venue_plans()[venue].weight) : 0;
  };
  for (std::size_t venue = 0; venue < planned_venues(); ++venue) sum += weight(venue);
  auto left = below(choices_, sum);
  for (std::size_t venue = 0; venue < planned_venues(); ++venue) {
    if (left < weight(venue)) return venue;
    left -= weight(venue);
  }
  return 0;
}

std::optional<std::size_t> DemoHistory::pick_event(std::size_t venue, Instant at) const {
  for (std::size_t event = 0; event < world_.events.size(); ++event) {
    auto const& one = world_.events[event];
    if (one.venue == venue && one.starts_at >= at && one.starts_at < until_) return event;
  }
  return std::nullopt;
}

void DemoHistory::plan_use(std::size_t card, Instant at) {
  auto const venue = pick_venue(card);
  auto const event = venue_plans()[venue].has_events ? pick_event(venue, at) : std::nullopt;
  if (venue_plans()[venue].has_events && !event) return;
  auto const occurs = event ? world_.events[*event].starts_at + -10 * minute : at;
  contract::RedemptionRequest request;
  request.idempotency_key = key_prefix_ + std::to_string(++keys_);
  request.venue = world_.venues[venue].id;
  auto const course = venue_plans()[venue].kind == contract::UseKind::course;
  auto const children = static_cast<std::size_t>(world_.cards[card].children);
  if (!course && children > 0)
    request.tickets.child = static_cast<int>(below(choices_, children + 1));
  if (!course && in_thousand(choices_, 30)) request.tickets.assistant = 1;
  if (!course && in_thousand(choices_, 40)) request.tickets.companion = 1;
  if (!course && in_thousand(choices_, 8)) request.tickets.interpreter = 1;
  auto const paper = in_thousand(choices_, 25);
  auto const undone = in_thousand(choices_, 12);
  auto recorded = occurs;
  if (paper) {
    request.occurred_at = occurs;
    recorded = occurs + (2 + static_cast<std::int64_t>(below(choices_, 9))) * day_us;
  }
  plan(recorded, [this, card, venue, event, request](ledger::WriteTx& tx) mutable {
    if (world_.cards[card].code.empty()) return false;
    request.card = world_.cards[card].code;
    if (event) request.event = world_.events[*event].id;
    auto const& code = world_.cards[card].code;
    auto const input = contract::parse_card_input(code).value();
    auto const answer = use_cases::redeem(tx, request, input, world_.venues[venue].staff);
    return answer && std::holds_alternative<use_cases::Redeemed>(*answer);
  });
  if (!undone || paper) return;
  plan(recorded + 2 * minute, [this, venue, key = request.idempotency_key](ledger::WriteTx& tx) {
    auto const& staff = world_.venues[venue].staff;
    auto const use = tables::find_redemption(tx, staff.actor, key);
    return use && use_cases::undo_redemption(tx, use->id, "wrong_count", staff).has_value();
  });
}

void DemoHistory::plan_uses(std::size_t card, Instant from, Instant to, std::size_t count) {
  auto const days = static_cast<std::size_t>((std::min(to, until_) - from) / day_us);
  if (days == 0) return;
  for (std::size_t n = 0; n < count; ++n) {
    auto const day = helsinki_day(from) + static_cast<std::int32_t>(1 + below(choices_, days));
    plan_use(card, opening_hour(day));
  }
}

// The newest first.
std::optional<DemoCard> DemoHistory::take_from_stock(std::size_t office) {
  auto& left = stock_[office];
  if (left.empty()) return std::nullopt;
  auto card = std::move(left.back());
  left.pop_back();
  return card;
}

// One card from its registration to today.
void DemoHistory::plan_life(std::size_t card, Instant registered_at) {
  auto& one = world_.cards[card];
  auto const birth_year = 1940 + static_cast<int>(below(choices_, 66));
  bool const on_the_spot = in_thousand(choices_, 60);
  if (auto const stock = on_the_spot ? std::nullopt : take_from_stock(one.office)) {
    auto const children = one.children;
    one = *stock;
    one.children = children;
  }
  plan(registered_at, [this, card, birth_year](ledger::WriteTx& tx) {
    auto& of = world_.cards[card];
    use_cases::RegisterCard request;
    if (!of.code.empty()) request.card = domain::GivenCard(of.code);
    request.holder.birth_year = birth_year;
    request.holder.postcode = office_plans()[of.office].postcode;
    request.holder.children = of.children;
    // Some of the last days have still to be handed over.
    request.code_waits = until_ - tx.now() < 3 * day_us;
    auto const done =
        use_cases::register_card(tx, request, world_.offices[of.office].worker).value();
    of.id = done.card;
    of.code = done.code.text();
    if (!done.token.empty()) of.qr = done.token;
    return true;
  });
  auto const expires = registered_at + 364 * day_us;
  auto const renewed = expires < until_ && in_thousand(choices_, 620);
  if (renewed) {
    plan(working_hour(helsinki_day(expires) + -9), [this, card](ledger::WriteTx& tx) {
      auto const& of = world_.cards[card];
      return use_cases::renew_card(tx, domain::GivenCard(of.code), {},
                                   world_.offices[of.office].worker)
          .has_value();
    });
  }
  if (in_thousand(choices_, used_in_thousand)) {
    auto const count =
        1 + below(choices_, 6) + (in_thousand(choices_, 300) ? below(choices_, 24) : 0);
    plan_uses(card, registered_at, expires, count);
    if (renewed) plan_uses(card, expires, expires + 364 * day_us, 1 + below(choices_, 9));
  }
}

// At least one card of every state, whatever the months.
void DemoHistory::plan_every_state() {
  auto const at = until_ + -3 * minute;
  auto const today = helsinki_day(until_);
  plan(at, [this, today](ledger::WriteTx& tx) {
    auto const worker = [&](std::size_t card) {
      return world_.offices[world_.cards[card].office].worker;
    };
    auto const ref = [&](std::size_t card) {
      return tables::find_card(tx, world_.cards[card].id)->ref;
    };
    auto const days = [&](std::size_t card, Day first, Day last) {
      ledger::append(tx, worker(card).actor, ledger::CardRenewed{ref(card), first, last});
    };
    (void)use_cases::block_card(tx, domain::GivenCard(world_.cards[0].code),
                                domain::BlockReason::lost, worker(0));
    (void)use_cases::block_card(tx, domain::GivenCard(world_.cards[1].code),
                                domain::BlockReason::moved_away, worker(1));
    days(2, today + 14, today + 378);  // a trial that begins in a fortnight
    days(3, today + -60, today + -1);  // one that ended yesterday
    for (std::size_t card = 4; card < 7; ++card) {
      auto const reason = domain::ReplaceReason::lost;
      auto const made = use_cases::replace_card(tx, domain::GivenCard(world_.cards[card].code),
                                                reason, {}, worker(card));
      if (!made) continue;
      world_.cards.push_back({made->id, made->code.text(), made->token.value_or(""),
                              world_.cards[card].children, world_.cards[card].office});
    }
    auto const& voided = world_.stock.front();
    auto const batch = *tables::find_card(tx, voided.id)->batch;
    domain::Caller owner;
    owner.role = domain::Role::admin;
    (void)use_cases::void_stock(tx, batch, 1, 3, owner);
    return true;
  });
}

void DemoHistory::live(Instant from, std::int64_t cards) {
  plan_events(from);
  stock_.resize(world_.offices.size());
  for (auto& card : world_.stock) stock_[card.office].push_back(std::move(card));
  world_.stock.clear();
  auto const span =
      static_cast<std::size_t>(std::max<std::int64_t>(1, (until_ - from) / minute - 20));
  auto const days = static_cast<std::int32_t>((until_ - from) / day_us);
  for (std::int64_t n = 0; n < cards; ++n) {
    DemoCard card;
    card.office = below(choices_, world_.offices.size());
    card.children = some_children(choices_);
    world_.cards.push_back(card);
    auto at = from + static_cast<std::int64_t>(below(choices_, span)) * minute;
    // The first cards are old ones, for the states that need a past.
    if (n < 8)
      at = from + (10 + n) * minute;
    else if (days > 3)
      at = std::clamp(working_hour(helsinki_day(at)), from + 20 * minute, at);
    plan_life(world_.cards.size() - 1, at);
  }
  for (auto& left : stock_) std::move(left.begin(), left.end(), std::back_inserter(world_.stock));
  plan_every_state();
  plan_runs(from);
  run();
}

void DemoHistory::go_on(Instant from) {
  plan_events(std::max(from, until_ + -day_us));
  auto const days = static_cast<std::size_t>((until_ - from) / day_us);
  auto const a_day = world_.cards.size() / 60;
  for (std::size_t n = 0; n < std::min<std::size_t>(days * a_day, 20'000); ++n) {
    auto const card = below(choices_, world_.cards.size());
    plan_use(card, from + static_cast<std::int64_t>(below(choices_, days * 1440)) * minute);
  }
  plan_runs(from);
  run();
}

// Figures are published in the night in which they are due, so that coordinators find settled
// years.
void DemoHistory::plan_runs(Instant from) {
  auto const last = helsinki_day(until_);
  for (int year = civil_of(helsinki_day(from)).year - 1; year <= civil_of(last).year; ++year) {
    for (int const quarter : {1, 2, 3, 0}) {
      auto const day = domain::first_day_of_drawing({year, quarter});
      auto const at = start_of(day) + 10 * minute;
      if (at < from) continue;
      plan(at, [day](ledger::WriteTx& tx) {
        while (auto const due = use_cases::next_due_run(tx, day)) {
          auto const drawn = reports::draw_run(tx, *due, ledger::last_sequence(tx));
          if (drawn.refused || !use_cases::publish_run(tx, drawn, {})) break;
        }
        return true;
      });
    }
  }
}

// The steps in order of time, on the writer lane with its group commit; each sets the clock for the
// next before it is taken.
void DemoHistory::run() {
  std::stable_sort(steps_.begin(), steps_.end(),
                   [](Step const& a, Step const& b) { return a.at < b.at; });
  if (!steps_.empty()) clock_.set(steps_.front().at);
  bool failed = false;  // the writer's own, until the last job below has ended
  for (std::size_t at = 0; at < steps_.size(); ++at) {
    auto const job = [this, at](ledger::WriteTx& tx) {
      auto const keep = steps_[at].act(tx);
      if (at + 1 < steps_.size()) clock_.set(steps_[at + 1].at);
      return keep;
    };
    auto const note = [&](lanes::JobEnd end, lanes::Position) {
      failed = failed || lanes::went_wrong(end);
    };
    while (!installation_.writer().post(job, note)) std::this_thread::yield();
  }
  installation_.write([](ledger::WriteTx&) { return false; });
  if (failed) throw std::runtime_error("the demo's history could not be written");
  clock_.set(until_);
  steps_.clear();
}

}  // namespace kaiku::demo
