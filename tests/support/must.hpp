// Takes the value that a test's preparation has to get, or says why there is none.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "schema/values/result.hpp"

namespace kaiku::test {

template <class T>
T must(Result<T>&& result) {
  if (!result) {
    auto const& error = result.error();
    std::string what = std::string(slug_of(error.problem)) + " " + error.detail;
    for (auto const& fault : error.fields)
      what += " " + fault.pointer + " " + std::string(word_of(fault.code));
    throw std::runtime_error("the test's network: " + what);
  }
  return *std::move(result);
}

}  // namespace kaiku::test
