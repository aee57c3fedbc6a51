#include "server/api/approvals.hpp"

#include <nlohmann/json.hpp>

#include "server/api/replies.hpp"
#include "server/use_cases/approvals.hpp"

namespace kaiku::api {
namespace {

nlohmann::json to_json(tables::Approval const& approval, Day today) {
  nlohmann::json json{{"id", approval.id.value},
                      {"approval_id", approval.id.value},
                      {"kind", domain::word_of(approval.kind)},
                      {"state", domain::word_of(tables::state_of(approval, today))},
                      {"area_id", approval.area.value},
                      {"asked_at", to_rfc3339(approval.asked_at)},
                      {"open_until", to_iso(domain::approval_open_until(approval.asked_at))}};
  if (approval.office) json["office_id"] = approval.office->value;
  if (approval.count) json["count"] = *approval.count;
  if (approval.about) json["batch_id"] = *approval.about;
  return json;
}

}  // namespace

Result<tables::Approval> named_approval(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<ApprovalId>(0);
  if (!id) return id.error();
  return use_cases::find_visible_approval(tx, *id, call.caller());
}

Result<http::Response> get_approval(access::Call const& call, ledger::ReadTx& tx) {
  auto const approval = named_approval(call, tx);
  if (!approval) return approval.error();
  return ok(to_json(*approval, call.today()));
}

http::Response waits_for_approval(tables::Approval const& approval, Day today) {
  auto response = ok(to_json(approval, today));
  response.status = 202;
  response.with("Location", "/api/v1/approvals/" + std::to_string(approval.id.value));
  return response;
}

}  // namespace kaiku::api
