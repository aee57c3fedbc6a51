// What one person may not do alone: it is asked for, and done by the act of whoever approves it.
#pragma once

#include <any>
#include <functional>
#include <optional>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/approvals.hpp"

namespace kaiku::use_cases {

// A batch of more cards than one person may make alone.
struct AskedBatch {
  AreaId area;
  std::optional<OfficeId> office;
  std::int64_t count = 0;
};
// Area and office as `area_for_batch` has judged them. batch_too_large with a fault at /count when
// nobody may make so many at once.
Result<ApprovalId> ask_for_batch(ledger::WriteTx& tx, AskedBatch const& batch,
                                 domain::Caller const& caller);

// Of the areas that the caller coordinates; Problem::not_found for any other.
Result<tables::Approval> find_visible_approval(ledger::ReadTx& tx, ApprovalId id,
                                               domain::Caller const& caller);
// Open, and asked by somebody else: the caller may approve or refuse it.
bool may_decide(tables::Approval const& approval, domain::Caller const& caller, Day today);

// What the approved act needs and what takes time to make: runs beside the writer.
std::function<std::any()> prepared_act(ledger::ReadTx& tx, tables::Approval const& approval,
                                       Random& random, Instant now);
// An approved act is carried out here and nowhere else, in the name of who approves; `prepared`
// may be empty. Only the asker takes back and only others approve or refuse: Problem::forbidden.
// Problem::conflict once it is decided or has run out.
Result<tables::Approval> decide_approval(ledger::WriteTx& tx, ApprovalId id,
                                         domain::ApprovalOutcome outcome, std::any prepared,
                                         domain::Caller const& caller);

}  // namespace kaiku::use_cases
