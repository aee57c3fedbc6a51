#include "server/http/form.hpp"

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::http {
namespace {

bool is_unreserved(char c) {
  return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::optional<std::string> decoded_part(std::string_view text) {
  auto part = percent_decode(text, true);
  if (!part || !is_utf8(*part) || part->find('\0') != std::string::npos) return std::nullopt;
  return part;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      auto const high = ascii::hex_value(text[i + 1]);
      auto const low = ascii::hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
  }
  return out;
}

std::string with_unreserved_decoded(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto const high = path[i] == '%' && i + 2 < path.size() ? ascii::hex_value(path[i + 1]) : -1;
    auto const low = high >= 0 ? ascii::hex_value(path[i + 2]) : -1;
    auto const decoded = low >= 0 ? static_cast<char>(high * 16 + low) : '\0';
    bool const plain = is_unreserved(decoded);
    out.push_back(plain ? decoded : path[i]);
    if (plain) i += 2;
  }
  return out;
}

Result<FormPairs> parse_form(std::string_view text) {
  FormPairs pairs;
  while (!text.empty()) {
    auto const end = text.find('&');
    auto const piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (piece.empty()) continue;
    if (pairs.size() == max_form_pairs) {
      return Error{Problem::malformed_request, "The form has too many fields"};
    }
    auto const equals = piece.find('=');
    auto name = decoded_part(piece.substr(0, equals));
    auto value = decoded_part(equals == std::string_view::npos ? std::string_view{}
                                                               : piece.substr(equals + 1));
    if (!name || !value) {
      return Error{Problem::malformed_request, "The form has a field that cannot be decoded"};
    }
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::optional<std::string_view> form_value(FormPairs const& pairs, std::string_view name) {
  for (auto const& [known, value] : pairs) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace kaiku::http
