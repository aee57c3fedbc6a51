#include "kiosk/till/pin.hpp"

#include <algorithm>
#include <charconv>

#include "schema/crypto/crypto.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::kiosk {

namespace {

constexpr std::string_view scheme = "pbkdf2-sha256$";
constexpr int iterations = 100'000;
constexpr int most_iterations = 10'000'000;
constexpr std::size_t salt_size = 16;
constexpr int most_doublings = 5;

std::string_view take_part(std::string_view& rest) {
  auto const end = std::min(rest.find('$'), rest.size());
  auto const part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

bool is_pin(std::string_view typed) {
  return typed.size() >= shortest_pin && typed.size() <= longest_pin && ascii::is_digits(typed);
}

std::string make_pin_record(std::string_view pin, Random& random) {
  auto const salt = random.bytes<salt_size>();
  auto const digest = crypto::pbkdf2_hmac_sha256(pin, salt, iterations);
  return std::string(scheme) + std::to_string(iterations) + "$" + to_hex(salt) + "$" +
         to_hex(digest);
}

bool pin_fits(std::string_view record, std::string_view pin) {
  if (!record.starts_with(scheme)) return false;
  auto rest = record.substr(scheme.size());
  auto const number = take_part(rest);
  int rounds = 0;
  auto const [end, fault] = std::from_chars(number.data(), number.data() + number.size(), rounds);
  auto const salt = from_hex(take_part(rest));
  auto const digest = from_hex(rest);
  bool const whole = fault == std::errc{} && end == number.data() + number.size() && rounds > 0 &&
                     rounds <= most_iterations && salt && digest;
  if (!whole) return false;
  return crypto::equal_constant_time(crypto::pbkdf2_hmac_sha256(pin, *salt, rounds), *digest);
}

std::int64_t pin_delay_us(int failures) {
  if (failures < free_pin_tries) return 0;
  int const doublings = std::min(failures - free_pin_tries + 1, most_doublings);
  std::int64_t const delay_us = std::int64_t{1'000'000} << doublings;
  return std::min(delay_us, longest_pin_delay_us);
}

}  // namespace kaiku::kiosk
