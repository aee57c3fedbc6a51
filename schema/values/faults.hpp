// Gathers the faults of one request, so that all of them are told at once.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "schema/values/result.hpp"

namespace kaiku {

// A request's first faults; the rest would only make a long answer to a bad request.
inline constexpr std::size_t max_faults = 32;

// A field has one fault: a second one at the same pointer is dropped, and so is one at an object or
// list of which a member has failed already: a title that is too long is not missing as well. Once
// there are `max_faults`, further ones are dropped too.
class Faults {
 public:
  // Without a detail the code's meaning is told.
  void add(std::string pointer, FaultCode code, std::string detail = "");
  void add(std::vector<FieldFault> const& found);
  bool empty() const { return faults_.empty(); }
  std::size_t size() const { return faults_.size(); }
  // Success when there is none, else validation_failed with all of them.
  Result<void> result() const;
  // validation_failed with all of them; only when there are some.
  Error error() const;

 private:
  std::vector<FieldFault> faults_;
};

}  // namespace kaiku
