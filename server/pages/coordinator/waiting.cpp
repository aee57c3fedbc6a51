#include "server/pages/coordinator/waiting.hpp"

#include "server/domain/commitment.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/approvals.hpp"
#include "server/tables/judged_uses.hpp"
#include "server/tables/messages.hpp"
#include "server/tables/service_texts.hpp"
#include "server/tables/undo_requests.hpp"

namespace kaiku::pages {

std::int64_t Waiting::lines() const {
  std::int64_t lines = lacks_settings ? 1 : 0;
  for (auto const count : {uses, undo_requests, approvals, open_links, commitments.offices,
                           commitments.venues, messages}) {
    if (count > 0) ++lines;
  }
  return lines;
}

Waiting count_waiting(access::Call const& call, ledger::ReadTx& tx,
                      std::optional<AreaId> const& area) {
  auto const& caller = call.caller();
  Waiting waiting;
  waiting.uses = tables::count_waiting_uses(tx, area);
  waiting.undo_requests = tables::count_waiting_undo_requests(tx, area);
  waiting.approvals = tables::count_approvals_for(tx, area, caller.actor, call.now());
  waiting.open_links = tables::count_open_links(tx, area);
  waiting.commitments = tables::count_open_commitments(tx, area, domain::commitment_version);
  waiting.messages = tables::count_open_messages(tx);
  waiting.lacks_settings = caller.role == domain::Role::admin && tables::lacks_service_texts(tx);
  return waiting;
}

}  // namespace kaiku::pages
