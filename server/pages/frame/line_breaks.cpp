#include "server/pages/frame/line_breaks.hpp"

#include <algorithm>
#include <array>

namespace kaiku::pages {
namespace {

constexpr std::string_view dots = "…";
constexpr std::size_t short_code_signs = 3;

constexpr std::array<std::string_view, 5> untouched_elements{"title", "option", "textarea", "code",
                                                             "svg"};

bool is_sign_of_code(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

bool begins_short_code(std::string_view text) {
  if (!text.starts_with(dots)) return false;
  auto const signs = text.substr(dots.size());
  auto const end = std::ranges::find_if_not(signs, is_sign_of_code);
  return static_cast<std::size_t>(end - signs.begin()) == short_code_signs;
}

class Pen {
 public:
  std::string draw(std::string_view html) {
    out_.reserve(html.size() + html.size() / 16);
    while (!html.empty()) {
      auto const text = html.substr(0, html.find('<'));
      put_text(text);
      html.remove_prefix(text.size());
      auto const tag = html.substr(0, std::min(html.find('>'), html.size() - 1) + 1);
      note(tag);
      out_ += tag;
      html.remove_prefix(tag.size());
    }
    return std::move(out_);
  }

 private:
  void put_text(std::string_view text) {
    if (untouched_ > 0) {
      out_ += text;
      return;
    }
    while (!text.empty()) {
      auto const plain = text.substr(0, text.find(dots));
      out_ += plain;
      text.remove_prefix(plain.size());
      if (text.empty()) return;
      bool const is_code = begins_short_code(text);
      auto const taken = text.substr(0, dots.size() + (is_code ? short_code_signs : 0));
      if (is_code) out_ += "<span class=\"unparted\">";
      out_ += taken;
      if (is_code) out_ += "</span>";
      text.remove_prefix(taken.size());
    }
  }

  void note(std::string_view tag) {
    bool const closes = tag.starts_with("</");
    auto name = tag.substr(std::min<std::size_t>(closes ? 2 : 1, tag.size()));
    name = name.substr(0, name.find_first_of(" >\n/"));
    if (std::ranges::find(untouched_elements, name) != untouched_elements.end()) {
      untouched_ += closes ? -1 : 1;
    }
  }

  std::string out_;
  int untouched_ = 0;
};

}  // namespace

std::string with_line_breaks(std::string_view html) { return Pen().draw(html); }

}  // namespace kaiku::pages
