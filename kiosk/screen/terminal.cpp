#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include "kiosk/screen/terminal.hpp"

#include <langinfo.h>
#include <ncurses.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace kaiku::kiosk {

namespace {

constexpr int escape_delay_ms = 50;
constexpr wint_t escape_character = 27;

enum Colour : short { colour_good = 1, colour_warning, colour_not_now };

// UTF-8 and a font with our signs; the Linux console has the letters and no signs.
Glyphs glyphs_of_terminal() {
  char const* term = std::getenv("TERM");
  bool const utf8 = std::strcmp(::nl_langinfo(CODESET), "UTF-8") == 0;
  if (!utf8 || !term || std::strcmp(term, "dumb") == 0) return Glyphs::ascii;
  return std::strcmp(term, "linux") == 0 ? Glyphs::latin : Glyphs::full;
}

attr_t attributes_of(Style style, bool coloured) {
  auto const colour = [&](Colour number) {
    return coloured ? static_cast<attr_t>(COLOR_PAIR(number)) : attr_t{0};
  };
  switch (style) {
    case Style::plain: return A_NORMAL;
    case Style::strong: return A_BOLD;
    case Style::dim: return A_NORMAL;
    case Style::bar: return A_REVERSE;
    case Style::good: return A_BOLD | colour(colour_good);
    case Style::warning: return A_BOLD | colour(colour_warning);
    case Style::not_now: return A_BOLD | colour(colour_not_now);
  }
  return A_NORMAL;
}

std::optional<Key> function_key(wint_t code) {
  switch (code) {
    case KEY_ENTER: return Key::enter;
    case KEY_BACKSPACE:
    case KEY_DC: return Key::backspace;
    case KEY_UP: return Key::up;
    case KEY_DOWN: return Key::down;
    case KEY_F(2): return Key::f2;
    case KEY_F(3): return Key::f3;
    case KEY_F(4): return Key::f4;
    case KEY_F(5): return Key::f5;
    case KEY_F(6): return Key::f6;
    case KEY_F(7): return Key::f7;
    case KEY_F(8): return Key::f8;
    case KEY_F(9): return Key::f9;
    case KEY_F(10): return Key::f10;
    case KEY_RESIZE: return std::nullopt;
    default: return Key::other;
  }
}

}  // namespace

bool Terminal::is_there() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

Terminal::Terminal() {
  std::setlocale(LC_ALL, "");
  glyphs_ = glyphs_of_terminal();
  ::set_escdelay(escape_delay_ms);
  if (!::newterm(nullptr, stdout, stdin)) {
    throw std::runtime_error(
        "This terminal cannot show a full screen. Set TERM, for example to "
        "xterm-256color.");
  }
  // Raw: Ctrl-C, -Z, -S, -Q and -\\ are keys that mean nothing, in nobody's hands and in no QR
  // code.
  ::raw();
  ::noecho();
  ::nonl();
  ::keypad(stdscr, TRUE);
  ::nodelay(stdscr, TRUE);
  ::curs_set(0);
  coloured_ = ::has_colors() && ::start_color() == OK && ::use_default_colors() == OK;
  if (coloured_) {
    ::init_pair(colour_good, COLOR_GREEN, -1);
    ::init_pair(colour_warning, COLOR_YELLOW, -1);
    ::init_pair(colour_not_now, COLOR_CYAN, -1);
  }
}

Terminal::~Terminal() {
  // Nothing of the last visitor stays behind, not even in the scroll-back of the alternate screen.
  ::erase();
  ::refresh();
  ::endwin();
}

Size Terminal::size() const { return {::getmaxx(stdscr), ::getmaxy(stdscr)}; }

void Terminal::paint(Frame const& frame) {
  auto const shown = frame.shown_with(glyphs_);
  ::erase();
  for (int row = 0; row < shown.size().rows; ++row) {
    for (int column = 0; column < shown.size().columns;) {
      auto const style = shown.at(row, column).style;
      int const start = column;
      std::wstring run;
      while (column < shown.size().columns && shown.at(row, column).style == style) {
        run += static_cast<wchar_t>(shown.at(row, column++).character);
      }
      ::attrset(static_cast<int>(attributes_of(style, coloured_)));
      ::wmove(stdscr, row, start);
      ::waddnwstr(stdscr, run.c_str(), static_cast<int>(run.size()));
    }
  }
  ::attrset(A_NORMAL);
  ::refresh();
}

// Not beep(): where there is no bell that makes the whole screen flash.
void Terminal::click() { [[maybe_unused]] auto const wrote = ::write(STDOUT_FILENO, "\a", 1); }

// The library keeps the newest 137 keys in a ring. What is pushed back lies where they lay; a ring
// that is full takes no more keys.
void Terminal::forget_keys() {
  constexpr int most = 128;
  int pushed = 0;
  while (pushed < most && ::unget_wch(L' ') == OK) ++pushed;
  wint_t code = 0;
  while (pushed > 0 && ::wget_wch(stdscr, &code) != ERR) --pushed;
}

std::optional<TerminalKey> Terminal::next_key() {
  for (;;) {
    wint_t code = 0;
    int const kind = ::wget_wch(stdscr, &code);
    if (kind == ERR) return std::nullopt;
    if (kind == KEY_CODE_YES) {
      if (auto const key = function_key(code)) return *key;
      continue;  // a resize
    }
    if (code == '\r' || code == '\n') return Key::enter;
    if (code == escape_character) return Key::escape;
    if (code == 127 || code == '\b') return Key::backspace;
    if (code == '\t') return Key::tab;
    if (code < ' ') return Key::other;
    return static_cast<char32_t>(code);
  }
}

}  // namespace kaiku::kiosk
