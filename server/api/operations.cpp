#include "server/api/operations.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

#include "server/access/call/metrics_readers.hpp"
#include "server/api/replies.hpp"

namespace kaiku::api {
namespace {

http::Response text(std::string content_type, std::string body) {
  http::Response response;
  response.content_type = std::move(content_type);
  response.body = std::move(body);
  return response;
}

}  // namespace

http::Response get_health(access::Call const&) {
  return text("application/json", R"({"status":"ok"})");
}

http::Response get_metrics(access::Call const& call) {
  if (auto const allowed = access::may_read_metrics(call); !allowed) {
    return problem(allowed.error(), call.request());
  }
  return text("text/plain; version=0.0.4; charset=utf-8", call.services().metrics.text());
}

http::Response get_openapi(access::Call const&) {
  auto response = text("application/json", "");
  response.constant_body = openapi_json();
  return response.with("Cache-Control", "public, max-age=300");
}

// RFC 9116.
http::Response get_security_txt(access::Call const& call) {
  auto const expires = to_rfc3339({(call.services().clock.now().us / day_us + 180) * day_us});
  return text("text/plain; charset=utf-8", "Contact: " + call.services().site.security_contact +
                                               "\nExpires: " + expires +
                                               "\nPreferred-Languages: fi, sv, en\n");
}

// Without numbers: each would tell anybody of registrations as they happen.
http::Response get_readiness(access::Call const& call) {
  auto const* readiness = call.services().readiness;
  if (readiness != nullptr && readiness->is_ready()) return ok({{"status", "ready"}});
  return problem(Error(Problem::storage_unavailable), call.request());
}

Result<http::Response> get_checkpoint(access::Call const& call, ledger::ReadTx&) {
  std::ifstream file(call.services().site.checkpoint_file, std::ios::binary);
  if (!file) return Error(Problem::not_found, "no checkpoint has been signed yet");
  std::ostringstream note;
  note << file.rdbuf();
  return text("text/plain; charset=utf-8", note.str());
}

}  // namespace kaiku::api
