#include "server/pages/frame/problem_page.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Text problem_text(Problem problem) {
  switch (problem) {
    case Problem::not_found:
    case Problem::method_not_allowed: return Text::problem_not_found;
    case Problem::forbidden: return Text::problem_forbidden;
    case Problem::csrf_failed: return Text::problem_csrf;
    case Problem::content_too_large: return Text::problem_too_large;
    case Problem::header_too_large: return Text::problem_header;
    case Problem::too_many_requests: return Text::problem_too_many;
    case Problem::overloaded:
    case Problem::storage_unavailable: return Text::problem_busy;
    default: return status_of(problem) >= 500 ? Text::problem_internal : Text::problem_request;
  }
}

}  // namespace

Page problem_page_of(Frame const& frame, Problem problem, std::string_view reference) {
  Page page{.title = std::string(in(frame.language, Text::problem_title)),
            .body = embedded::problem};
  page.faulty = true;
  page.status = status_of(problem);
  page.values.set("text", std::string(in(frame.language, problem_text(problem))));
  page.values.set("start", frame.lang.empty() ? "/" : "/?lang=" + frame.lang);
  page.values.set("reference",
                  reference.empty()
                      ? Data(false)
                      : Data(fill(frame.language, Text::problem_reference, {{"id", reference}})));
  return page;
}

}  // namespace kaiku::pages
