#include "schema/values/result.hpp"

#include <stdexcept>

namespace kaiku {

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
  throw std::logic_error(std::string("Result without value: ") +
                         std::string(slug_of(error.problem)) + " at " + where.file_name() + ":" +
                         std::to_string(where.line()));
}

FieldFault::FieldFault(std::string at, FaultCode what, std::string more)
    : pointer(std::move(at)), code(what), detail(std::move(more)) {
  if (detail.empty()) detail = row_of(code).meaning;
}

Error field_error(std::string pointer, FaultCode code, std::string detail) {
  return {Problem::validation_failed,
          std::vector<FieldFault>{{std::move(pointer), code, std::move(detail)}}};
}

}  // namespace kaiku
