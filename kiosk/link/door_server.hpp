// The server's calls as the door makes them: typed requests in, typed replies or reasons out.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/link/failure.hpp"
#include "kiosk/link/http_client.hpp"
#include "schema/contract/messages.hpp"

namespace kaiku::kiosk {

// The server understood and said no to the request itself; not an answer about a card.
struct ServerRefusal {
  int status = 0;
  std::string slug;    // of the problem type: "validation-failed", "too-many-requests" …
  std::string detail;  // English; never holds a card code
  std::optional<int> retry_after_s;
  bool is_too_old() const { return slug == "undo-too-late"; }
};

struct EventTitle {
  std::string fi;
  std::string sv;
  std::string en;
  bool operator==(EventTitle const&) const = default;
  std::string const& in(contract::Language language) const;
};
struct DoorEvent {
  EventId id;
  EventTitle title;
  Instant starts_at;
  contract::UseKind kind = contract::UseKind::admission;
  std::optional<int> quota;
  std::optional<int> quota_left;
  bool operator==(DoorEvent const&) const = default;
};
// What GET /door/v1/venue tells; polled while the door is idle.
struct VenueNews {
  std::string venue_name;
  contract::Sector sector = contract::Sector::culture;
  std::vector<DoorEvent> events;
  int tickets_today = 0;
  int children_today = 0;
  Instant server_time;
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

struct Undone {};

// The public listener, once, at enrolment.
Reply<EnrolmentReply> enrol(HttpClient& client, std::string const& code, std::string const& name,
                            std::string const& request_pem);

// The device listener. One thread; each call waits at most `patience`.
class DoorServer {
 public:
  DoorServer(HttpClient client, VenueId venue);

  Reply<contract::CheckReply> check(std::string const& card, std::optional<EventId> event,
                                    contract::Tickets const& tickets);
  Reply<RedemptionOutcome> redeem(contract::RedemptionRequest const& request);
  // Already undone counts as undone: the answer to an earlier try was lost.
  Reply<Undone> undo(RedemptionId redemption, std::string const& reason);
  Reply<VenueNews> venue();

  // The Date of the last answer, whole seconds.
  std::optional<Instant> server_date() const { return server_date_; }
  std::string url() const { return client_.server().url(); }

 private:
  Linked<HttpAnswer> post(std::string const& path, std::string const& body);

  HttpClient client_;
  VenueId venue_;
  std::optional<Instant> server_date_;
};

}  // namespace kaiku::kiosk
