// The server's calls as the door makes them: typed requests in, typed replies or reasons out.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/link/door_link.hpp"
#include "kiosk/link/failure.hpp"
#include "schema/contract/journal_upload.hpp"
#include "schema/contract/messages.hpp"

namespace kaiku::kiosk {

// The server understood and said no to the request itself; not an answer about a card.
struct ServerRefusal {
  int status = 0;
  std::string slug;    // of the problem type: "validation-failed", "too-many-requests" …
  std::string detail;  // English; never holds a card code
  std::optional<int> retry_after_s;
  bool is_revoked() const { return slug == "device-revoked"; }
  bool is_expired() const { return slug == "device-expired"; }
};

struct EnrolmentReply {
  DeviceId device;
  VenueId venue;
  std::string venue_name;
  contract::Sector sector = contract::Sector::culture;
  std::string area_id;
  std::string certificate;
  std::string door_ca;
  Bytes root_key;
  Bytes sealing_key;
  std::string device_url;
  Instant server_time;
};

// A reply, the server's no, or no exchange at all.
template <class T>
using Reply = std::variant<T, ServerRefusal, LinkFailure>;
// Admitted, or not and why.
using RedemptionOutcome = std::variant<contract::RedemptionReply, contract::CheckReply>;

// Nothing newer than what was asked about.
struct Unchanged {};
// What the server has of this device's journal.
struct JournalKnown {
  std::int64_t highest = 0;
  std::int64_t contiguous_to = 0;  // nothing is missing up to here
  std::int64_t entry = 0;          // the newest entry that has arrived
  Digest hash{};                   // of that entry
  bool lacks_told = false;         // it has no more the entry that was asked for
};
// A signed part of the snapshot as it came; not yet proven.
struct SignedPart {
  Bytes bytes;
  std::optional<Instant> date;
  std::optional<JournalKnown> journal{};  // beside the venue part
  std::string leaf{};                     // beside the cards part: names the server's history
  std::string address{};                  // where the server would be asked; empty: here
};
using CardsReply = std::variant<SignedPart, Unchanged>;
struct RenewedCertificate {
  std::string certificate;  // PEM
  Instant server_time;
};

// The public listener, once, at enrolment.
// `as`: the device that the key is already, to join anew; no other is made of it.
struct EnrolmentRequest {
  std::string code;
  std::string name;
  std::string certificate_request;  // PEM
  std::optional<DeviceId> as;
};
Reply<EnrolmentReply> enrol(DoorLink& link, EnrolmentRequest const& request);

// Nobody waits at the door for the network: longer than this and the door decides by itself.
inline constexpr std::chrono::milliseconds door_patience{1'200};
// The sync works behind the door's back and may wait.
inline constexpr std::chrono::milliseconds sync_patience{5'000};

// A whole part over a slow line takes its time; silence in between is cut off sooner.
inline constexpr std::chrono::milliseconds whole_part_patience{60'000};

// The device listener. One thread; each call waits at most `patience`.
class DoorServer {
 public:
  DoorServer(DoorLink& link, VenueId venue, std::chrono::milliseconds patience);

  Reply<contract::CheckReply> check(std::string const& card, std::optional<EventId> event,
                                    contract::Tickets const& tickets);
  Reply<RedemptionOutcome> redeem(contract::RedemptionRequest const& request,
                                  std::chrono::milliseconds patience);

  // `missing`: numbers of the journal that the folder does not hold, "51-80,95-97"; empty for none.
  // `told`: "50-<32 hexadecimal>", an entry that the server has said to have; empty: not asked for.
  // `said`: of this device beside the question, "clock=1796041000; unsent=3".
  Reply<SignedPart> venue_snapshot(std::string const& missing = {}, std::string const& told = {},
                                   std::string const& said = {});
  // What changed after (epoch, since); everything, and with more patience, without.
  struct CardsKnown {
    std::int64_t epoch = 0;
    std::int64_t sequence = 0;
    std::string leaf{};  // as it came with them; empty from an older server
  };
  Reply<CardsReply> cards_snapshot(std::optional<CardsKnown> const& known);
  Reply<contract::JournalReply> upload(std::vector<contract::UploadedEntry> const& entries);
  Reply<RenewedCertificate> renew(std::string const& request_pem);

 private:
  DoorLink& link_;
  VenueId venue_;
  std::chrono::milliseconds patience_;
};

}  // namespace kaiku::kiosk
