// What scanners, hands and files make of a card: the same table for every entrance of a card's
// text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/ascii.hpp"

namespace kaiku::test {

struct CardReading {
  std::string name;
  std::string text;
};

// The letters, digits and hyphens of ASCII in full width, as a keyboard for Japanese gives them.
inline std::string in_full_width(std::string_view text) {
  std::string wide;
  for (char const c : text) {
    auto const low = static_cast<unsigned>(c) - 0x20U;  // U+FF00 and so many on
    wide += '\xEF';
    wide += static_cast<char>(0xBCU + (low >> 6U));
    wide += static_cast<char>(0x80U + (low & 0x3FU));
  }
  return wide;
}

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
      {"full width", in_full_width(code)},
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

// One of each kind of good_readings, for entrances that are many or slow.
inline std::vector<CardReading> main_readings(std::string const& code, std::string const& token) {
  auto const joined = [&](std::string const& dash) {
    return code.substr(0, 4) + dash + code.substr(5, 4) + dash + code.substr(10);
  };
  auto const bare = joined("");
  auto confused = code;
  for (char& c : confused) c = c == '0' ? 'O' : c == '1' ? 'I' : c;
  auto small = ascii::lowered(bare);
  std::ranges::replace(small, '1', 'l');
  return {
      {"as printed", code},
      {"lower case", ascii::lowered(code)},
      {"O for 0, I for 1", confused},
      {"without hyphens, l for 1", small},
      {"a symbology's prefix", "]Q3" + bare + "\r"},
      {"the prefix on a Finnish keyboard", "\u00E5Q3" + bare + "\r"},
      {"between the stars of Code 39", "*" + bare + "*"},
      {"a plus for the hyphen", joined("+")},
      {"an underline for the hyphen", joined("_")},
      {"an apostrophe for the hyphen", joined("'")},
      {"an en dash", joined("\u2013")},
      {"a minus sign", joined("\u2212")},
      {"full width", in_full_width(code)},
      {"a byte order mark first", "\uFEFF" + code},
      {"zero-width spaces", joined("\u200B") + "\u200B"},
      {"no-break spaces", "\u00A0" + joined("\u00A0")},
      {"glued twice", bare + bare},
      {"the QR", token},
      {"the QR with its prefix", "]Q3" + token + "\r\n"},
      {"the QR twice", token + token},
  };
}

// A Cyrillic letter that looks like the first of the code's that has such a twin; empty when none
// of its letters has one.
inline std::string with_cyrillic_twin(std::string const& code) {
  static constexpr std::string_view latin = "ABCEHKMPTXY";
  static std::vector<std::string> const twins{"\u0410", "\u0412", "\u0421", "\u0415",
                                              "\u041D", "\u041A", "\u041C", "\u0420",
                                              "\u0422", "\u0425", "\u0423"};
  auto const at = code.find_first_of(latin);
  if (at == std::string::npos) return "";
  return code.substr(0, at) + twins.at(latin.find(code[at])) + code.substr(at + 1);
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
