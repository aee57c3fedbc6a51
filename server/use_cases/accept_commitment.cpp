#include "server/use_cases/accept_commitment.hpp"

#include "server/domain/commitment.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"

namespace kaiku::use_cases {
namespace {

bool is_behind(std::int64_t accepted) { return accepted < domain::commitment_version; }

std::optional<OfficeId> office_of_worker(domain::Caller const& caller) {
  return caller.role == domain::Role::issuer_worker ? caller.office : std::nullopt;
}

}  // namespace

bool owes_commitment(ledger::ReadTx& tx, domain::Caller const& caller) {
  if (auto const id = office_of_worker(caller)) {
    auto const office = tables::find_office(tx, *id);
    return office && is_behind(office->commitment_version);
  }
  auto const id = caller.own_venue();
  auto const venue = id ? tables::find_venue(tx, *id) : std::nullopt;
  return venue && is_behind(venue->commitment_version);
}

Result<void> accept_commitment(ledger::WriteTx& tx, std::int64_t version,
                               domain::Caller const& caller) {
  auto const office = office_of_worker(caller);
  auto const venue = caller.own_venue();
  if (!office && !venue) return Error(Problem::forbidden);
  if (version != domain::commitment_version) {
    return Error(Problem::conflict, "the commitment was changed since it was shown");
  }
  if (!owes_commitment(tx, caller)) return {};
  ledger::append(tx, caller.actor, ledger::CommitmentAccepted{office, venue, version});
  return {};
}

}  // namespace kaiku::use_cases
