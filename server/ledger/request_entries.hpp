// What the ledger says of what one person asks and another decides. How an entry is written:
// entries.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/values/ids.hpp"
#include "server/domain/approval.hpp"

namespace kaiku::ledger {

// A venue asks that a ticket be undone after its quarter of an hour: who asks is the actor.
struct UndoAsked {
  static constexpr int kind = 41;
  RedemptionId redemption;
  std::string reason;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.redemption);
    f(2, s.reason);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// A coordinator's word on it; the undoing itself is an entry of its own (UseUndone).
struct UndoDecided {
  static constexpr int kind = 42;
  UndoRequestId request;
  bool undone = false;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.request);
    f(2, s.undone);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// Somebody asks for what needs a second person. Which of the fields after `area` are there follows
// from what is asked for.
struct ApprovalAsked {
  static constexpr int kind = 43;
  domain::ApprovalKind what = domain::ApprovalKind::batch;
  AreaId area;
  std::optional<OfficeId> office;
  std::optional<std::int64_t> count;
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.what);
    f(2, s.area);
    f(3, s.office);
    f(4, s.count);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

// How it ended. An approved act is an entry of its own, of the same actor and just before this one.
struct ApprovalDecided {
  static constexpr int kind = 44;
  ApprovalId approval;
  domain::ApprovalOutcome outcome = domain::ApprovalOutcome::approved;
  std::optional<BatchId> batch;  // that was made
  template <class S, class F>
  static void public_fields(S& s, F& f) {
    f(1, s.approval);
    f(2, s.outcome);
    f(3, s.batch);
  }
  template <class S, class F>
  static void private_fields(S&, F&) {}
};

}  // namespace kaiku::ledger
