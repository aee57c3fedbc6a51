// What needs a second person: what was asked for, by whom, and what became of it.
#pragma once

#include <optional>
#include <vector>

#include "server/domain/approval.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct Approval {
  ApprovalId id;
  domain::ApprovalKind kind = domain::ApprovalKind::batch;
  AreaId area;
  std::optional<OfficeId> office;
  std::optional<std::int64_t> count;  // of a batch
  std::optional<std::int64_t> about;  // what it is of: a batch's number, once it is made
  domain::Actor asked_by;
  Instant asked_at;
  std::optional<domain::ApprovalOutcome> outcome;
  domain::Actor decided_by;
  std::optional<Instant> decided_at;
};
domain::ApprovalState state_of(Approval const& approval, Day today);

std::optional<Approval> find_approval(ledger::ReadTx& tx, ApprovalId id);

// Of one area, or of all; the newest first, those before `before`.
std::vector<Approval> newest_approvals(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                       std::optional<ApprovalId> before, int limit);
std::int64_t count_approvals(ledger::ReadTx& tx, std::optional<AreaId> const& area);
// Those that `who` may decide on: open, and asked by somebody else.
std::int64_t count_approvals_for(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                 domain::Actor const& who, Instant now);
// What `who` has asked for, of one area or of all: open, or decided or run out since `since`; the
// newest first.
std::vector<Approval> own_approvals(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                    domain::Actor const& who, Instant since, int limit);

}  // namespace kaiku::tables
