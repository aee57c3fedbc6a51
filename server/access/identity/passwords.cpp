#include "server/access/identity/passwords.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::access {
namespace {

struct FreeKdf {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

// Words that begin or make up the most common long passwords; compared without case.
constexpr std::array<std::string_view, 14> common_words{
    "password", "salasana",   "qwerty", "kaiku",   "kaikukortti", "lösenord", "letmein",
    "welcome",  "tervetuloa", "suomi",  "finland", "admin",       "12345678", "abcdefgh"};

// A common word with nothing but digits and signs around it: "Salasana2026!!".
bool is_common(std::string_view password) {
  auto const folded = ascii::lowered(password);
  for (auto const word : common_words) {
    auto const at = folded.find(word);
    if (at == std::string::npos) continue;
    auto rest = folded;
    while (rest.find(word) != std::string::npos) rest.erase(rest.find(word), word.size());
    auto const letters = std::count_if(
        rest.begin(), rest.end(), [](char c) { return ascii::is_lower(c) || (c & '\x80') != 0; });
    if (letters < 4) return true;
  }
  return false;
}

}  // namespace

Bytes scrypt(std::string_view password, ByteView salt, ScryptCost cost, std::size_t length) {
  std::unique_ptr<EVP_KDF, FreeKdf> const kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
  if (!kdf) throw std::runtime_error("this OpenSSL has no scrypt");
  std::unique_ptr<EVP_KDF_CTX, FreeKdf> const context(EVP_KDF_CTX_new(kdf.get()));
  if (!context) throw std::bad_alloc();
  // OpenSSL refuses more than 32 MiB unless told; 128·N·r bytes and as much again is what it takes.
  std::uint64_t memory = 2 * 128 * cost.n * cost.r + 1024 * 1024;
  std::string secret(password);
  Bytes salt_copy(salt.begin(), salt.end());
  std::array<OSSL_PARAM, 7> const parameters{
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, secret.data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt_copy.data(), salt_copy.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &cost.n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &cost.r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &cost.p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
      OSSL_PARAM_construct_end()};
  Bytes out(length);
  auto const done = EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.data());
  OPENSSL_cleanse(secret.data(), secret.size());
  if (done != 1) throw std::runtime_error("scrypt failed");
  return out;
}

tables::PasswordHash hash_password(std::string_view password, Random& random) {
  tables::PasswordHash made;
  made.salt = random.bytes<16>();
  auto const hash = scrypt(password, made.salt, ScryptCost{}, made.hash.size());
  std::copy(hash.begin(), hash.end(), made.hash.begin());
  return made;
}

bool password_matches(std::string_view password,
                      std::optional<tables::PasswordHash> const& stored) {
  auto const against = stored.value_or(tables::PasswordHash{});
  auto const hash = scrypt(password, against.salt, ScryptCost{}, against.hash.size());
  auto const equal = crypto::equal_constant_time(hash, against.hash);
  return equal && stored.has_value();
}

std::optional<FieldFault> password_fault(std::string_view password, std::string_view username,
                                         std::string_view pointer) {
  auto const fault = [&](FaultCode code, std::string detail = "") {
    return FieldFault{std::string(pointer), code, std::move(detail)};
  };
  auto const characters = code_points_in(password);
  if (characters < least_password_characters) {
    return fault(FaultCode::too_short, "has to have at least 12 characters");
  }
  if (characters > most_password_characters) {
    return fault(FaultCode::too_long, "may have at most 128 characters");
  }
  std::set<char> const different(password.begin(), password.end());
  if (different.size() < 5 || is_common(password)) {
    return fault(FaultCode::too_common);
  }
  if (!username.empty() &&
      ascii::lowered(password).find(ascii::lowered(username)) != std::string::npos) {
    return fault(FaultCode::has_username);
  }
  return std::nullopt;
}

}  // namespace kaiku::access
