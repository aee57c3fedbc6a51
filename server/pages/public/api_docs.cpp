#include "server/pages/public/api_docs.hpp"

#include "server/pages/public/api_docs_view.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

Result<http::Response> part_of(access::Call const& call, std::string_view part) {
  auto const frame = public_frame(call);
  auto page = api_docs_page(frame, part);
  if (!page) return Error(Problem::not_found);
  return respond(frame, std::move(*page));
}

}  // namespace

Result<http::Response> get_api_docs(access::Call const& call, ledger::ReadTx&) {
  return part_of(call, "");
}

Result<http::Response> get_api_docs_part(access::Call const& call, ledger::ReadTx&) {
  auto const& part = call.parameter(0);
  if (part.empty()) return Error(Problem::not_found);
  return part_of(call, part);
}

}  // namespace kaiku::pages
