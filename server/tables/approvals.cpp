#include "server/tables/approvals.hpp"

namespace kaiku::tables {
namespace {

// The columns that approval_from reads. A caller keeps the text: its address is the statement's
// key.
std::string select_approval(std::string_view rest) {
  return R"(
    SELECT approval_id, kind, area_id, office_id, count, about, asked_by, asked_at_us, outcome,
      COALESCE(decided_by, 0), decided_at_us
    FROM approval
    WHERE )" +
         std::string(rest);
}

Approval approval_from(sql::Statement const& row) {
  Approval approval;
  approval.id = row.id<ApprovalId>(0);
  approval.kind = static_cast<domain::ApprovalKind>(row.small(1));
  approval.area = AreaId{std::string(row.text(2))};
  if (!row.is_null(3)) approval.office = row.id<OfficeId>(3);
  approval.count = row.maybe_integer(4);
  approval.about = row.maybe_integer(5);
  approval.asked_by = domain::Actor::unpack(row.integer(6));
  approval.asked_at = {row.integer(7)};
  if (!row.is_null(8)) approval.outcome = static_cast<domain::ApprovalOutcome>(row.small(8));
  approval.decided_by = domain::Actor::unpack(row.integer(9));
  if (!row.is_null(10)) approval.decided_at = Instant{row.integer(10)};
  return approval;
}

std::vector<Approval> all_of(sql::Statement& query) {
  std::vector<Approval> approvals;
  while (query.step()) approvals.push_back(approval_from(query));
  return approvals;
}

// What was asked for before it has run out: its last day is whole.
Instant open_since(Instant now) {
  return start_of(helsinki_day(now) + -domain::approval_open_days);
}

}  // namespace

domain::ApprovalState state_of(Approval const& approval, Day today) {
  return domain::approval_state(approval.outcome, approval.asked_at, today);
}

std::optional<Approval> find_approval(ledger::ReadTx& tx, ApprovalId id) {
  static std::string const sql = select_approval("approval_id = ?1");
  auto query = tx.prepare(sql);
  query.with(id);
  if (!query.step()) return std::nullopt;
  return approval_from(query);
}

std::vector<Approval> newest_approvals(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                       std::optional<ApprovalId> before, int limit) {
  static std::string const sql = select_approval(R"(
    (?1 IS NULL OR area_id = ?1) AND (?2 IS NULL OR approval_id < ?2)
    ORDER BY approval_id DESC LIMIT ?3)");
  auto query = tx.prepare(sql);
  query.with(area, before, limit);
  return all_of(query);
}

std::int64_t count_approvals(ledger::ReadTx& tx, std::optional<AreaId> const& area) {
  auto query = tx.prepare("SELECT COUNT(*) FROM approval WHERE ?1 IS NULL OR area_id = ?1");
  query.with(area);
  query.step();
  return query.integer(0);
}

std::int64_t count_approvals_for(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                 domain::Actor const& who, Instant now) {
  auto query = tx.prepare(R"(
    SELECT COUNT(*)
    FROM approval
    WHERE outcome IS NULL AND asked_at_us >= ?3 AND asked_by <> ?2 AND
      (?1 IS NULL OR area_id = ?1))");
  query.with(area, who.packed(), open_since(now));
  query.step();
  return query.integer(0);
}

std::vector<Approval> own_approvals(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                    domain::Actor const& who, Instant since, int limit) {
  static std::string const sql = select_approval(R"(
    asked_by = ?2 AND COALESCE(decided_at_us >= ?3, asked_at_us >= ?4) AND
      (?1 IS NULL OR area_id = ?1)
    ORDER BY approval_id DESC LIMIT ?5)");
  auto query = tx.prepare(sql);
  query.with(area, who.packed(), since, open_since(since), limit);
  return all_of(query);
}

}  // namespace kaiku::tables
