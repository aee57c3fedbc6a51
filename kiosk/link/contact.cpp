#include "kiosk/link/contact.hpp"

#include <array>
#include <chrono>
#include <utility>

namespace kaiku::kiosk {

namespace {

constexpr std::array<std::pair<Trouble, std::string_view>, 5> trouble_words{{
    {Trouble::none, "none"},
    {Trouble::revoked, "revoked"},
    {Trouble::certificate_expired, "certificate_expired"},
    {Trouble::has_to_join_again, "has_to_join_again"},
    {Trouble::not_enrolled, "not_enrolled"},
}};

}  // namespace

std::string_view stored_word(Trouble trouble) {
  for (auto const& [value, word] : trouble_words) {
    if (value == trouble) return word;
  }
  return "none";
}

Trouble trouble_from(std::string_view word) {
  for (auto const& [value, known] : trouble_words) {
    if (known == word) return value;
  }
  return Trouble::none;
}

Contact::Standing Contact::standing() const {
  std::lock_guard const hold(mutex_);
  return standing_;
}

bool Contact::online() const {
  std::lock_guard const hold(mutex_);
  return standing_.online;
}

std::uint64_t Contact::losses() const {
  std::lock_guard const hold(mutex_);
  return losses_;
}

void Contact::recall(std::optional<Instant> last_contact, std::optional<Instant> last_sync,
                     Trouble trouble) {
  std::lock_guard const hold(mutex_);
  standing_.last_contact = last_contact;
  standing_.last_sync = last_sync;
  standing_.trouble = trouble;
}

void Contact::heard(Instant at) {
  {
    std::lock_guard const hold(mutex_);
    standing_.online = true;
    standing_.last_contact = at;
    standing_.failed_tries = 0;
    standing_.next_try_us.reset();
    standing_.last_failure.clear();
    tried_ = true;
  }
  changed_.notify_all();
}

void Contact::lost(std::string const& why) {
  {
    std::lock_guard const hold(mutex_);
    standing_.online = false;
    ++standing_.failed_tries;
    ++losses_;
    standing_.last_failure = why;
    tried_ = true;
    woken_ = true;
  }
  changed_.notify_all();
}

void Contact::noted(std::string const& why) {
  std::lock_guard const hold(mutex_);
  ++standing_.failed_tries;
  standing_.last_failure = why;
}

void Contact::found_trouble(Trouble trouble) {
  std::lock_guard const hold(mutex_);
  // The weaker word for the same.
  bool const is_known = standing_.trouble == Trouble::has_to_join_again;
  if (trouble == Trouble::certificate_expired && is_known) return;
  standing_.trouble = trouble;
}

void Contact::certified_until(Instant until) {
  std::lock_guard const hold(mutex_);
  standing_.certificate_until = until;
}

void Contact::synced(Instant at) {
  std::lock_guard const hold(mutex_);
  standing_.last_sync = at;
}

void Contact::told(std::size_t entries) {
  std::lock_guard const hold(mutex_);
  standing_.entries_told += entries;
}

void Contact::will_try_at(std::int64_t monotonic_us) {
  std::lock_guard const hold(mutex_);
  standing_.next_try_us = monotonic_us;
}

void Contact::wake() {
  {
    std::lock_guard const hold(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

bool Contact::rest(std::int64_t us) {
  std::unique_lock hold(mutex_);
  changed_.wait_for(hold, std::chrono::microseconds(us), [this] { return woken_ || stopping_; });
  woken_ = false;
  return stopping_;
}

void Contact::stop() {
  {
    std::lock_guard const hold(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

bool Contact::is_stopping() const {
  std::lock_guard const hold(mutex_);
  return stopping_;
}

void Contact::wait_for_first(std::int64_t us) {
  std::unique_lock hold(mutex_);
  changed_.wait_for(hold, std::chrono::microseconds(us), [this] { return tried_ || stopping_; });
}

}  // namespace kaiku::kiosk
