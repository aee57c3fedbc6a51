#include "schema/values/result.hpp"

#include <stdexcept>

namespace kaiku {

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
  throw std::logic_error(std::string("Result without value: ") +
                         std::string(slug_of(error.problem)) + " at " + where.file_name() + ":" +
                         std::to_string(where.line()));
}

Error field_error(std::string pointer, std::string code, std::string detail) {
  return Error{Problem::validation_failed,
               std::vector<FieldFault>{{std::move(pointer), std::move(code), std::move(detail)}}};
}

}  // namespace kaiku
