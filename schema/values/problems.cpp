#include "schema/values/problems.hpp"

#include <cassert>

namespace kaiku {

std::array<ProblemRow, 41> const problem_table{{
    {Problem::malformed_request, 400, "malformed-request", "The request is not valid HTTP"},
    {Problem::request_timeout, 408, "request-timeout", "The request did not arrive in time"},
    {Problem::length_required, 411, "length-required", "The request needs a Content-Length"},
    {Problem::content_too_large, 413, "content-too-large", "The request body is too large"},
    {Problem::uri_too_long, 414, "uri-too-long", "The request target is too long"},
    {Problem::unsupported_media_type, 415, "unsupported-media-type",
     "The request body has a media type that this route does not take"},
    {Problem::header_too_large, 431, "header-too-large", "The request header is too large"},
    {Problem::unknown_host, 421, "unknown-host", "This server does not answer for that host"},
    {Problem::invalid_json, 400, "invalid-json", "The request body is not valid JSON"},
    {Problem::validation_failed, 422, "validation-failed", "Some fields need correction"},
    {Problem::unreadable, 422, "unreadable", "The card could not be read"},
    {Problem::idempotency_key_reused, 422, "idempotency-key-reused",
     "This idempotency key was used with another body"},
    {Problem::batch_too_large, 422, "batch-too-large", "More cards than may be made at once"},
    {Problem::not_signed_in, 401, "not-signed-in", "Sign in first"},
    {Problem::wrong_credentials, 401, "wrong-credentials",
     "The user name, password or one-time code is not right"},
    {Problem::code_already_used, 401, "code-already-used", "This one-time code was already used"},
    {Problem::forbidden, 403, "forbidden", "This account may not do that"},
    {Problem::csrf_failed, 403, "csrf-failed", "The request did not come from our own page"},
    {Problem::device_revoked, 403, "device-revoked", "This device is no longer in use"},
    {Problem::device_expired, 403, "device-expired", "The device's certificate has expired"},
    {Problem::too_many_requests, 429, "too-many-requests", "Too many tries; wait a moment"},
    {Problem::not_found, 404, "not-found", "There is nothing here by that name"},
    {Problem::method_not_allowed, 405, "method-not-allowed",
     "This route does not take that method"},
    {Problem::not_admitted, 409, "not-admitted", "No ticket is given on this card now"},
    {Problem::card_replaced, 409, "card-replaced", "The card has been replaced by another"},
    {Problem::card_not_valid, 409, "card-not-valid", "The card's state does not allow that"},
    {Problem::not_blocked, 409, "not-blocked", "The card is not blocked"},
    {Problem::card_ended, 409, "card-ended", "The card's validity has ended"},
    {Problem::card_barred, 409, "card-barred", "The card is blocked for misuse"},
    {Problem::no_days_left, 409, "no-days-left", "A card issued so would be over already"},
    {Problem::already_undone, 409, "already-undone", "This use has already been undone"},
    {Problem::undo_too_late, 409, "undo-too-late", "The time for undoing this use has passed"},
    {Problem::conflict, 409, "conflict", "Something with that name exists already"},
    {Problem::precondition_failed, 412, "precondition-failed",
     "It was changed meanwhile; read it again"},
    {Problem::precondition_required, 428, "precondition-required",
     "Send If-Match with the ETag you read"},
    {Problem::enrolment_code_invalid, 422, "enrolment-code-invalid",
     "The enrolment code is unknown, used or too old"},
    {Problem::device_unknown, 409, "device-unknown", "No device of this number has this key"},
    {Problem::csr_invalid, 422, "csr-invalid", "The certificate request is not acceptable"},
    {Problem::internal, 500, "internal", "Something broke on our side"},
    {Problem::overloaded, 503, "overloaded", "The server is busy; try again shortly"},
    {Problem::storage_unavailable, 503, "storage-unavailable",
     "The ledger cannot be written right now"},
}};

ProblemRow const& row_of(Problem problem) {
  auto const& row = problem_table[static_cast<std::size_t>(problem)];
  assert(row.problem == problem);
  return row;
}

}  // namespace kaiku
