// What the crypto_*.cpp files share; nobody else includes it, so OpenSSL's headers stay behind
// them.
#pragma once

#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

namespace kaiku::crypto {

template <auto free_function>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};
using MdContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;

// A refused signature or tag leaves its reason in the thread's error queue, where a TLS connection
// on the same thread would later take it for its own. This drops what was added in its scope.
class ErrorMark {
 public:
  ErrorMark() { ERR_set_mark(); }
  ~ErrorMark() { ERR_pop_to_mark(); }
  ErrorMark(ErrorMark const&) = delete;
  ErrorMark& operator=(ErrorMark const&) = delete;
};

// The machine's fault (no memory, no provider): throws with OpenSSL's own words.
[[noreturn]] inline void throw_openssl(char const* what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw std::runtime_error(std::string(what) + ": " + reason.data());
}

template <class T>
T* require(T* object, char const* what) {
  if (object == nullptr) throw_openssl(what);
  return object;
}

inline void require_ok(int result, char const* what) {
  if (result <= 0) throw_openssl(what);
}

}  // namespace kaiku::crypto
