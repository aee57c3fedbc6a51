// What scanners, hands and files make of a card: the same table for every entrance of a card's
// text.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "schema/values/ascii.hpp"

namespace kaiku::test {

struct CardReading {
  std::string name;
  std::string text;
};

// Ways to give a card of this code ("XXXX-XXXX-XXXX") and this QR text, each to be read as it.
inline std::vector<CardReading> good_readings(std::string const& code, std::string const& token) {
  auto const joined = [&](std::string const& dash) {
    return code.substr(0, 4) + dash + code.substr(5, 4) + dash + code.substr(10);
  };
  auto confused = ascii::lowered(joined(""));
  for (char& c : confused) c = c == '0' ? 'o' : c == '1' ? 'l' : c;
  std::vector<CardReading> readings{
      {"as printed", code},
      {"without hyphens", joined("")},
      {"lower case, o for 0, l for 1", confused},
      {"the QR", token},
      {"the QR in lower case", ascii::lowered(token)},
      {"code twice", code + code},
      {"code twice, once without hyphens", code + joined("")},
      {"code twice with a TAB between", code + "\t" + code + "\t"},
      {"code twice, each with a prefix", "]C0" + code + "]C0" + code},
      {"code twice behind one prefix", "]C0" + code + code},
      {"QR twice", token + token},
      {"QR twice with a line's end between", token + "\r\n" + token + "\r\n"},
      {"QR twice, each with a prefix", "]Q1" + token + "]Q1" + token},
      {"plus for hyphen, as a foreign layout has it", joined("+")},
      {"underline for hyphen", joined("_")},
      {"slash for hyphen", joined("/")},
      {"question mark for hyphen", joined("?")},
      {"apostrophe for hyphen", joined("'")},
      {"bars, their prefix on a Finnish keyboard", "\u00E5C0" + joined("")},
      {"bars, their prefix on a Swedish keyboard", "\u00A8C0" + joined("")},
      {"bars twice, their prefix with the shift key", "\u00C5c0" + code + "\u00C5c0" + code},
      {"the QR, its prefix on a Finnish keyboard", "\u00E5Q1" + token + "\r"},
      {"between the stars of Code 39", "*" + joined("") + "*"},
      {"a byte order mark first", "\xEF\xBB\xBF" + code},
  };
  for (std::string const dash :
       {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\u00AD", "\uFE63",
        "\uFF0D", "\u2043", " ", "\u00A0", "\u2009", "\u202F", "\u3000", "\u200B", "\u2060"}) {
    readings.push_back({"dash or space " + dash, joined(dash)});
  }
  for (std::string const around :
       {"\r", "\n", "\t", "\r\n", " ", "\v", "\f", "\x1D", "\x04", "\x7F", "\u00A0", "\u200B",
        "\u200D", "\uFEFF", "\u2028", "\u0085"}) {
    readings.push_back({"code before " + around, code + around});
    readings.push_back({"code between " + around, around + code + around});
    readings.push_back({"QR before " + around, token + around});
    readings.push_back({"QR between " + around, around + token + around});
  }
  for (std::string const prefix : {"]Q1", "]Q3", "]C0", "]d2", "]A0", "]e0"}) {
    readings.push_back({"code after " + prefix, prefix + code});
    readings.push_back({"QR after " + prefix, prefix + token + "\r"});
  }
  return readings;
}

// What no card is: each is `unreadable`, whatever its size and whatever it holds.
inline std::vector<CardReading> bad_readings(std::string const& code, std::string const& other) {
  auto mistyped = code;
  mistyped.back() = mistyped.back() == 'X' ? 'Y' : 'X';
  return {
      {"nothing", ""},
      {"blanks", " \t\r\n\u00A0\u200B"},
      {"a mistyped code", mistyped},
      {"two codes", code + other},
      {"a code and a half", code + code.substr(0, 7)},
      {"a prefix alone", "]Q1"},
      {"513 letters", std::string(513, 'A')},
      {"a health certificate's size", "HC1:" + std::string(600, 'Z')},
      {"an address", "https://example.org/?a=b"},
      {"the longest QR", std::string(4'296, 'B')},
      {"the longest QR of digits", std::string(7'089, '7')},
      {"control characters inside", "\x01\x02\x03" + std::string(600, '\x1D') + "A"},
      {"another alphabet", "\u043A\u043E\u0434"},
      {"a foreign letter in front", "\u00E4" + code},
      {"a foreign letter inside", code.substr(0, 4) + "\u0416" + code.substr(5)},
      {"a bracket inside", code.substr(0, 4) + "\u00E5" + code.substr(5)},
      {"one star alone", code + "*"},
  };
}

}  // namespace kaiku::test
