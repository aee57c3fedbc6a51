#include "server/api/annex.hpp"

#include "schema/values/faults.hpp"
#include "server/api/annex_json.hpp"
#include "server/api/replies.hpp"

namespace kaiku::api {

Result<http::Response> get_annex(access::Call const& call, ledger::ReadTx& tx) {
  auto const values = query_values(call, {"municipality", "as_of", "lang"});
  if (!values) return values.error();
  auto const& texts = *values;
  Faults faults;
  if (!texts[0]) faults.add("/municipality", FaultCode::required, "is missing");
  auto reader = call.caller();
  auto const language = texts[2] ? contract::language_from(*texts[2]) : reader.language;
  if (!language) faults.add("/lang", FaultCode::not_an_option);
  if (!faults.empty()) return faults.error();
  reader.language = *language;
  auto const report = reports::draw_annex(tx, {*texts[0], texts[1]}, reader, call.today());
  if (!report) return report.error();
  return ok(annex_json(*report, reader.language));
}

}  // namespace kaiku::api
