#include "server/access/identity/brakes.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "schema/crypto/crypto.hpp"

namespace kaiku::access {
namespace {

constexpr int most_doublings = 10;

Error wait_for(std::int64_t wait_us) {
  Error error(Problem::too_many_requests, "Too many tries; wait a moment before the next one");
  error.retry_after_s =
      static_cast<int>(std::max<std::int64_t>(1, (wait_us + second_us - 1) / second_us));
  return error;
}

bool is_window(Limit const& limit) { return limit.growth != Growth::doubling; }
std::int64_t window_us(Limit const& limit) {
  return limit.growth == Growth::day ? day_us : hour_us;
}

// Whose own tries a right password proves to be no guesses.
bool starts_anew(Brake brake) {
  return brake == Brake::sign_in_pair || brake == Brake::sign_in_known_browser;
}

}  // namespace

BrakeKey brake_key(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (auto const part : parts) text.append(std::to_string(part.size())).append(":").append(part);
  auto const digest = crypto::sha256(bytes_of(text));
  BrakeKey key{};
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

Try::Try(Try&& other) noexcept
    : brakes_(std::exchange(other.brakes_, nullptr)), counted_(std::move(other.counted_)) {}

Try::~Try() {
  if (brakes_ != nullptr) brakes_->settle(counted_, Brakes::End::given_back);
}

void Try::missed() {
  if (auto* const brakes = std::exchange(brakes_, nullptr)) {
    brakes->settle(counted_, Brakes::End::missed);
  }
}

void Try::right() {
  if (auto* const brakes = std::exchange(brakes_, nullptr)) {
    brakes->settle(counted_, Brakes::End::right);
  }
}

std::size_t Brakes::KeyHash::operator()(BrakeKey const& key) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, key.data(), sizeof hash);
  return hash;
}

Brakes::Brakes(Clock const& clock, std::span<Limit const> limits) : clock_(clock) {
  for (auto const& limit : limits) tables_.push_back({limit, {}, {}});
}

// An hour forgives as many misses as are free.
void Brakes::forgive(Table const& table, Row& row, std::int64_t now_us) {
  if (is_window(table.limit)) {
    auto const length_us = window_us(table.limit);
    while (!row.misses_us.empty() && row.misses_us.front() + length_us <= now_us) {
      row.misses_us.pop_front();
    }
    return;
  }
  auto const each_us = hour_us / table.limit.free;
  auto const forgiven = (now_us - row.forgiven_us) / each_us;
  row.forgiven_us += forgiven * each_us;
  row.misses = static_cast<int>(std::max<std::int64_t>(0, row.misses - forgiven));
}

// How long the delay of a row still runs; 0: none does.
std::int64_t Brakes::delay_us(Table const& table, Row const& row, std::int64_t now_us) {
  auto const free = table.limit.free;
  if (is_window(table.limit)) {
    if (row.misses_us.size() < static_cast<std::size_t>(free)) return 0;
    return row.misses_us.front() + window_us(table.limit) - now_us;
  }
  if (row.misses < free) return 0;
  auto const doublings = std::min(row.misses - free + 1, most_doublings);
  auto const delay_s = std::min(std::int64_t{1} << doublings, longest_delay_s);
  return std::max<std::int64_t>(0, row.last_us + delay_s * second_us - now_us);
}

std::int64_t Brakes::wait_us(Table& table, BrakeKey const& key, std::int64_t now_us) {
  auto const found = table.rows.find(key);
  if (found == table.rows.end()) return make_room(table, now_us) ? 0 : minute_us;
  auto& row = found->second;
  forgive(table, row, now_us);
  if (auto const delay = delay_us(table, row, now_us); delay > 0) return delay;
  auto const misses = std::max(row.misses, static_cast<int>(row.misses_us.size()));
  // Behind the free ones, one at a time: else all that waited would guess at once.
  auto const most = misses >= table.limit.free ? misses + 1 : table.limit.at_once;
  return misses + row.pending < most ? 0 : second_us;
}

// Those that tried longest ago go; never one whose delay runs or whose try is under way. False when
// there is no other, which would take more misses than the password lane can work out in an hour.
bool Brakes::make_room(Table& table, std::int64_t now_us) {
  if (table.rows.size() < table.limit.size) return true;
  auto const least = std::ranges::find_if(table.by_age, [&](auto const& key) {
    auto& row = table.rows.at(key);
    forgive(table, row, now_us);
    return row.pending == 0 && delay_us(table, row, now_us) == 0;
  });
  if (least == table.by_age.end()) return false;
  drop(table, BrakeKey(*least));
  return true;
}

Brakes::Row& Brakes::row_of(Table& table, BrakeKey const& key, std::int64_t now_us) {
  auto const [found, is_new] = table.rows.try_emplace(key);
  auto& row = found->second;
  if (is_new) {
    row.age = table.by_age.insert(table.by_age.end(), key);
    row.forgiven_us = now_us;
  } else {
    table.by_age.splice(table.by_age.end(), table.by_age, row.age);
  }
  return row;
}

void Brakes::count(Table const& table, Row& row, std::int64_t now_us) {
  auto const free = table.limit.free;
  if (is_window(table.limit)) {
    row.misses_us.push_back(now_us);
    if (row.misses_us.size() > static_cast<std::size_t>(free)) row.misses_us.pop_front();
    return;
  }
  // Beyond the longest delay counting on would only make forgiveness endless.
  row.misses = std::min(row.misses + 1, free + most_doublings);
  row.last_us = now_us;
}

void Brakes::drop(Table& table, BrakeKey const& key) {
  auto const found = table.rows.find(key);
  if (found == table.rows.end()) return;
  table.by_age.erase(found->second.age);
  table.rows.erase(found);
}

Result<Try> Brakes::begin(std::vector<Counted> counted) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  for (auto const& one : counted) {
    auto const wait = wait_us(table_of(one.brake), one.key, now_us);
    if (wait > 0) return wait_for(wait);
  }
  for (auto const& one : counted) ++row_of(table_of(one.brake), one.key, now_us).pending;
  return Try(*this, std::move(counted));
}

Result<void> Brakes::may(Counted const& counted) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  auto const wait = wait_us(table_of(counted.brake), counted.key, now_us);
  if (wait > 0) return wait_for(wait);
  return {};
}

void Brakes::missed(Counted const& counted) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  auto& table = table_of(counted.brake);
  if (!table.rows.contains(counted.key) && !make_room(table, now_us)) return;
  auto& row = row_of(table, counted.key, now_us);
  forgive(table, row, now_us);
  count(table, row, now_us);
}

void Brakes::settle(std::vector<Counted> const& counted, End end) {
  auto const now_us = clock_.monotonic_us();
  std::lock_guard const lock(mutex_);
  for (auto const& one : counted) {
    auto& table = table_of(one.brake);
    auto const found = table.rows.find(one.key);
    if (found == table.rows.end()) continue;
    auto& row = found->second;
    --row.pending;
    if (end == End::missed) count(table, row, now_us);
    if (end == End::right && starts_anew(one.brake)) row.misses = 0;
    bool const empty = row.pending == 0 && row.misses == 0 && row.misses_us.empty();
    if (empty) drop(table, BrakeKey(one.key));
  }
}

std::size_t Brakes::size(Brake brake) const {
  std::lock_guard const lock(mutex_);
  return tables_[static_cast<std::size_t>(brake)].rows.size();
}

}  // namespace kaiku::access
