#include "schema/values/faults.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

namespace kaiku {

namespace {

// The whole body is not judged by its members: it has no name of its own that failed.
bool is_member_of(std::string_view pointer, std::string_view parent) {
  return !parent.empty() && pointer.size() > parent.size() && pointer.starts_with(parent) &&
         pointer[parent.size()] == '/';
}

}  // namespace

void Faults::add(std::string pointer, FaultCode code, std::string detail) {
  auto const is_there = [&](FieldFault const& fault) {
    return fault.pointer == pointer || is_member_of(fault.pointer, pointer);
  };
  if (faults_.size() >= max_faults || std::ranges::any_of(faults_, is_there)) return;
  faults_.emplace_back(std::move(pointer), code, std::move(detail));
}

void Faults::add(std::vector<FieldFault> const& found) {
  for (auto const& fault : found) add(fault.pointer, fault.code, fault.detail);
}

Result<void> Faults::result() const {
  if (empty()) return {};
  return error();
}

Error Faults::error() const {
  assert(!empty());
  return {Problem::validation_failed, faults_};
}

}  // namespace kaiku
