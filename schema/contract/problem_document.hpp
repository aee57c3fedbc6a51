// Problems as JSON (RFC 9457): the one way in which an error is told to a program.
#pragma once

#include "schema/codec/json_strict.hpp"
#include "schema/contract/answers.hpp"
#include "schema/contract/messages.hpp"
#include "schema/values/result.hpp"

namespace kaiku::contract {

// RFC 9457 document for an error: type, title, status, detail?, errors[]?, and where a domain
// answer belongs to it (unreadable, device_revoked) answer, may_override, texts.
Json problem_document(Error const& error, Language language = Language::fi);

// The 409 of a redemption: problem members of not_admitted with the reply's beside them.
Json refusal_document(CheckReply const& reply);

}  // namespace kaiku::contract
