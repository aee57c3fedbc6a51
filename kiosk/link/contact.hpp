// Whether the server can be reached, as the door and the sync both see it. Nobody switches modes:
// an exchange that fails takes the door off the network, one that succeeds brings it back.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "schema/values/time.hpp"

namespace kaiku::kiosk {

// What the server holds against this device; the journal is kept for export all the same.
enum class Trouble {
  none,
  revoked,
  certificate_expired,
  not_enrolled,
  has_to_join_again,  // the certificate expired so long ago that it cannot be renewed
};
std::string_view stored_word(Trouble trouble);
Trouble trouble_from(std::string_view word);  // none for a word that is not ours

// Thread-safe.
class Contact {
 public:
  struct Standing {
    bool online = false;
    std::optional<Instant> last_contact;
    std::optional<Instant> last_sync;  // when the journal was last empty of what must be told
    Trouble trouble = Trouble::none;
    int failed_tries = 0;                      // in a row
    std::optional<std::int64_t> next_try_us;   // monotonic
    std::string last_failure;                  // English, for status; never a card code
    std::optional<Instant> certificate_until;  // of ours, the renewed one's when it was renewed
    std::size_t entries_told = 0;              // of the journal, since the program began
  };
  Standing standing() const;
  bool online() const;
  // How often somebody has lost it; tells whether that happened during an exchange of one's own.
  std::uint64_t losses() const;

  // What an earlier run left; nothing is known of the network by it.
  void recall(std::optional<Instant> last_contact, std::optional<Instant> last_sync,
              Trouble trouble);

  // The server answered. `lost`: it did not, or not in a way that a door can work with; the sync
  // stops resting and tries again in its own time.
  void heard(Instant at);
  void lost(std::string const& why);
  // Something failed that is not the network (the disk, a part of the snapshot): to be shown.
  void noted(std::string const& why);
  void found_trouble(Trouble trouble);
  void certified_until(Instant until);
  void synced(Instant at);
  void told(std::size_t entries);
  void will_try_at(std::int64_t monotonic_us);

  // The door has something for the server: the sync stops resting.
  void wake();
  // Rests until `wake`, `stop` or the time is over; true when stopped.
  bool rest(std::int64_t us);
  void stop();
  bool is_stopping() const;
  // Waits until the first exchange has ended either way, at most so long.
  void wait_for_first(std::int64_t us);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Standing standing_;
  std::uint64_t losses_ = 0;
  bool woken_ = false;
  bool stopping_ = false;
  bool tried_ = false;
};

}  // namespace kaiku::kiosk
