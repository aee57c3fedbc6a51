// What operators and machines ask: is it alive, is it ready, how is it doing, what can it do.
#pragma once

#include "server/access/call/call.hpp"
#include "server/access/call/route.hpp"

namespace kaiku::api {

http::Response get_health(access::Call const& call);
http::Response get_metrics(access::Call const& call);
http::Response get_openapi(access::Call const& call);
http::Response get_security_txt(access::Call const& call);
// 503 while the database does not answer.
http::Response get_readiness(access::Call const& call);
// The newest signed checkpoint, as its file outside the database says it.
Result<http::Response> get_checkpoint(access::Call const& call, ledger::ReadTx& tx);

// schema/openapi.yaml as JSON; embedded by the build.
std::string_view openapi_json();

}  // namespace kaiku::api
