// Every problem that the HTTP contract knows (RFC 9457): one table maps it to status, slug, title.
#pragma once

#include <array>
#include <string_view>

namespace kaiku {

enum class Problem {
  // framing and transport
  malformed_request,
  request_timeout,
  length_required,
  content_too_large,
  uri_too_long,
  unsupported_media_type,
  header_too_large,
  unknown_host,
  // content
  invalid_json,
  validation_failed,
  unreadable,
  idempotency_key_reused,
  batch_too_large,
  // who and whether
  not_signed_in,
  wrong_credentials,
  code_already_used,
  forbidden,
  csrf_failed,
  device_revoked,
  device_expired,
  too_many_requests,
  // state
  not_found,
  method_not_allowed,
  not_admitted,
  card_replaced,
  card_not_valid,
  not_blocked,
  card_ended,
  card_barred,
  no_days_left,
  already_undone,
  undo_too_late,
  conflict,
  precondition_failed,
  precondition_required,
  enrolment_code_invalid,
  device_unknown,
  csr_invalid,
  // ours
  internal,
  overloaded,
  storage_unavailable,
};

struct ProblemRow {
  Problem problem;
  int status;
  std::string_view slug;   // `type` is "/problems/" + slug
  std::string_view title;  // English, a sentence without a full stop
};

// In the order of the enum; a test walks it.
extern std::array<ProblemRow, 41> const problem_table;

ProblemRow const& row_of(Problem problem);
inline int status_of(Problem problem) { return row_of(problem).status; }
inline std::string_view slug_of(Problem problem) { return row_of(problem).slug; }

}  // namespace kaiku
