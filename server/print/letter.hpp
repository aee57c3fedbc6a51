// The letter that goes home with a card: A4, printed on one side, folded inwards at a third and at
// two thirds. It has no name, no address, no card code and no QR of a card: who finds it cannot use
// the card, and who finds the card cannot replace it.
#pragma once

#include <string>
#include <string_view>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/time.hpp"

namespace kaiku::print {

inline constexpr double first_fold_mm = 99;
inline constexpr double second_fold_mm = 198;

// Eight characters. A card's code has twelve and a token many more: neither becomes one.
class RecoveryCode {
 public:
  explicit RecoveryCode(std::string_view eight);  // asserts the length and the alphabet
  std::string text() const;                       // "XXXX-XXXX"

 private:
  std::string code_;
};

// The secret part of the link to the holder's own page, "https://" host "/l/" key.
class LetterKey {
 public:
  explicit LetterKey(std::string_view key);  // asserts 22 to 64 characters of base64url
  std::string const& text() const { return key_; }

 private:
  std::string key_;
};

// No member of it can hold what is on the card.
struct Letter {
  contract::Language language;
  std::string host;  // "kaiku.example", with its port where it is not 443
  Day first_day;
  Day last_day;
  std::string office_name;     // what the office calls itself in letters
  std::string office_contact;  // may be empty
  int children = 0;            // 0: the part about them is left out
  int child_age_limit = 18;
  RecoveryCode recovery_code;
  LetterKey key;
};

// One page. Type of 12 points; smaller, down to 10, only where names are so long that it would not
// fit else. Throws std::length_error for names that do not fit even then (200 characters do).
Bytes letter_pdf(Letter const& letter);

}  // namespace kaiku::print
