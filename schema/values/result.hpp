// Errors as values: what the caller caused is a Result, what broke is an exception, a bug asserts.
#pragma once

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/values/fault_codes.hpp"
#include "schema/values/problems.hpp"

namespace kaiku {

// One fault of one field. `pointer` is a JSON pointer (RFC 6901), `detail` the end of an English
// sentence that begins with the field; it never repeats what was sent.
struct FieldFault {
  // Without a detail the code's meaning is told.
  FieldFault(std::string at, FaultCode what, std::string more = "");
  std::string pointer;
  FaultCode code;
  std::string detail;
  bool operator==(FieldFault const&) const = default;
};

// What a caller did wrong, ready to be told. Never holds a card code, token or personal fact.
struct Error {
  Problem problem = Problem::internal;
  std::string detail;
  std::vector<FieldFault> fields;
  std::optional<int> retry_after_s;

  Error() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): `return Problem::not_found;`
  Error(Problem p) : problem(p) {}
  Error(Problem p, std::string d) : problem(p), detail(std::move(d)) {}
  Error(Problem p, std::vector<FieldFault> f) : problem(p), fields(std::move(f)) {}
};

template <class T>
using Result = boost::system::result<T, Error>;

// Taking .value() of a failed Result is a bug of ours, not the caller's fault.
[[noreturn]] void throw_exception_from_error(Error const& error,
                                             boost::source_location const& where);

// A field fault alone, as the Error that carries it.
Error field_error(std::string pointer, FaultCode code, std::string detail = "");

}  // namespace kaiku
