#include "tests/unit/print/paper.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace kaiku::print {
namespace {

constexpr double mm_per_point = 25.4 / 72;
constexpr double mm_per_inch = 25.4;

struct Said {
  std::string text;
  int status;
};

// Our own file names and numbers alone go into the command.
Said say(std::string const& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((command + " 2>/dev/null").c_str(), "r"),
                                             &pclose);
  if (!pipe) throw std::runtime_error("cannot start " + command);
  Said said{};
  std::array<char, 4096> some{};
  while (auto const size = std::fread(some.data(), 1, some.size(), pipe.get())) {
    said.text.append(some.data(), size);
  }
  said.status = pclose(pipe.release());
  return said;
}

std::string must_say(std::string const& command) {
  auto said = say(command);
  if (said.status != 0) throw std::runtime_error("failed: " + command);
  return std::move(said.text);
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string of_page(int page) {
  return " -f " + std::to_string(page) + " -l " + std::to_string(page) + " ";
}

std::string unescaped(std::string text) {
  for (auto const& [escape, character] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}) {
    for (auto at = text.find(escape); at != text.npos; at = text.find(escape, at + 1)) {
      text.replace(at, std::string_view(escape).size(), character);
    }
  }
  return text;
}

Picture picture_in(std::string const& file, double dpi) {
  std::ifstream in(file, std::ios::binary);
  std::string kind;
  int width = 0;
  int height = 0;
  int most = 0;
  in >> kind >> width >> height >> most;
  if (kind != "P5" || most != 255) throw std::runtime_error("not a grey picture: " + file);
  in.get();
  std::vector<std::uint8_t> grey{std::istreambuf_iterator<char>(in), {}};
  return {width, height, dpi, std::move(grey)};
}

// The middle of each run of dark places.
std::vector<double> middles(std::vector<bool> const& dark) {
  std::vector<double> out;
  for (std::size_t at = 0; at < dark.size(); ++at) {
    if (!dark[at]) continue;
    auto const first = at;
    while (at < dark.size() && dark[at]) ++at;
    out.push_back(static_cast<double>(first + at) / 2);
  }
  return out;
}

}  // namespace

Picture::Picture(int width, int height, double dpi, std::vector<std::uint8_t> grey)
    : width_(width), height_(height), dpi_(dpi), grey_(std::move(grey)) {
  if (grey_.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {
    throw std::runtime_error("a picture with too few or too many pixels");
  }
}

bool Picture::is_dark(int x, int y) const {
  return grey_.at(static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                  static_cast<std::size_t>(x)) < 128;
}
int Picture::pixel(double mm) const {
  return static_cast<int>(std::lround(mm * dpi_ / mm_per_inch));
}
double Picture::mm(double pixel) const { return pixel * mm_per_inch / dpi_; }

Picture Picture::part(Box const& area) const {
  int const left = std::clamp(pixel(area.x), 0, width_);
  int const top = std::clamp(pixel(area.y), 0, height_);
  int const right = std::clamp(pixel(area.x + area.width), left, width_);
  int const bottom = std::clamp(pixel(area.y + area.height), top, height_);
  std::vector<std::uint8_t> grey;
  for (int y = top; y < bottom; ++y) {
    auto const row = grey_.begin() + static_cast<std::ptrdiff_t>(y) * width_;
    grey.insert(grey.end(), row + left, row + right);
  }
  return {right - left, bottom - top, dpi_, std::move(grey)};
}

void Picture::write(std::string const& file) const {
  std::ofstream out(file, std::ios::binary);
  out << "P5\n" << width_ << ' ' << height_ << "\n255\n";
  out.write(reinterpret_cast<char const*>(grey_.data()),
            static_cast<std::streamsize>(grey_.size()));
}

Box Picture::ink_in(Box const& area) const {
  int left = width_;
  int top = height_;
  int right = -1;
  int bottom = -1;
  for (int y = pixel(area.y); y < std::min(height_, pixel(area.y + area.height)); ++y) {
    for (int x = pixel(area.x); x < std::min(width_, pixel(area.x + area.width)); ++x) {
      if (!is_dark(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = std::max(bottom, y);
    }
  }
  if (right < 0) return {};
  return {mm(left), mm(top), mm(right + 1 - left), mm(bottom + 1 - top)};
}

double Picture::ink_share(Box const& area) const {
  double ink = 0;
  double all = 0;
  for (int y = pixel(area.y); y < std::min(height_, pixel(area.y + area.height)); ++y) {
    for (int x = pixel(area.x); x < std::min(width_, pixel(area.x + area.width)); ++x) {
      ink += 255 - grey_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                         static_cast<std::size_t>(x)];
      all += 255;
    }
  }
  return all > 0 ? ink / all : 0;
}

std::vector<double> Picture::upright_lines_in(Box const& area) const {
  std::vector<bool> dark(static_cast<std::size_t>(pixel(area.width)), true);
  for (std::size_t at = 0; at < dark.size(); ++at) {
    int const x = pixel(area.x) + static_cast<int>(at);
    for (int y = pixel(area.y); y < pixel(area.y + area.height); ++y) {
      dark[at] = dark[at] && is_dark(x, y);
    }
  }
  auto found = middles(dark);
  for (double& place : found) place = mm(pixel(area.x) + place);
  return found;
}

std::vector<double> Picture::level_lines_in(Box const& area) const {
  std::vector<bool> dark(static_cast<std::size_t>(pixel(area.height)), true);
  for (std::size_t at = 0; at < dark.size(); ++at) {
    int const y = pixel(area.y) + static_cast<int>(at);
    for (int x = pixel(area.x); x < pixel(area.x + area.width); ++x) {
      dark[at] = dark[at] && is_dark(x, y);
    }
  }
  auto found = middles(dark);
  for (double& place : found) place = mm(pixel(area.y) + place);
  return found;
}

Paper::Paper(Bytes const& pdf) : file_(folder_.file("paper.pdf")) {
  std::ofstream(file_, std::ios::binary)
      .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
}

std::string Paper::about(std::string const& name) const {
  for (std::string const& line : lines_of(must_say("pdfinfo " + file_))) {
    if (!line.starts_with(name + ":")) continue;
    return line.substr(line.find_first_not_of(' ', name.size() + 1));
  }
  return "";
}

int Paper::pages() const { return std::stoi(about("Pages")); }

Size Paper::page_size() const {
  std::istringstream in(about("Page size"));  // "595.276 x 841.89 pts (A4)"
  Size size;
  std::string by;
  in >> size.width >> by >> size.height;
  return {size.width * mm_per_point, size.height * mm_per_point};
}

std::string Paper::text(int page) const {
  auto const said = must_say("pdftotext -raw" + of_page(page) + file_ + " -");
  return std::regex_replace(said, std::regex("\\s+"), " ");
}

std::vector<Word> Paper::words(int page) const {
  static std::regex const word(
      "<word xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\">(.*)"
      "</word>");
  std::vector<Word> found;
  for (std::string const& line :
       lines_of(must_say("pdftotext -bbox" + of_page(page) + file_ + " -"))) {
    std::smatch match;
    if (!std::regex_search(line, match, word)) continue;
    auto const mm = [&](std::size_t at) { return std::stod(match[at]) * mm_per_point; };
    found.push_back({unescaped(match[5]), {mm(1), mm(2), mm(3) - mm(1), mm(4) - mm(2)}});
  }
  return found;
}

Picture Paper::picture(double dpi, int page) const {
  std::string const stem = folder_.file("picture");
  must_say("pdftoppm -singlefile -gray -r " + std::to_string(dpi) + of_page(page) + file_ + " " +
           stem);
  return picture_in(stem + ".pgm", dpi);
}

std::vector<std::set<std::string>> Paper::codes_in(std::vector<Box> const& areas, int page) const {
  Picture const printed = picture(200, page);
  std::string files;
  std::map<std::string, std::size_t> area_of;
  for (std::size_t at = 0; at < areas.size(); ++at) {
    auto const file = folder_.file("area" + std::to_string(at) + ".pgm");
    printed.part(areas[at]).write(file);
    files += " " + file;
    area_of[file] = at;
  }
  static std::regex const source("<source href='(.*)'>");
  static std::regex const symbol("<symbol type='(.*?)'.*CDATA\\[(.*)\\]\\]></data>");
  std::vector<std::set<std::string>> found(areas.size());
  std::size_t at = 0;
  // Its exit tells of areas with nothing in them.
  for (std::string const& line : lines_of(say("zbarimg --nodbus --xml -q" + files).text)) {
    std::smatch match;
    if (std::regex_search(line, match, source)) at = area_of.at(match[1]);
    if (std::regex_search(line, match, symbol)) {
      found[at].insert(match[1].str() + ":" + match[2].str());
    }
  }
  return found;
}

std::set<std::string> Paper::codes(int page) const {
  auto const [width, height] = page_size();
  return codes_in({{0, 0, width, height}}, page).front();
}

std::vector<std::string> Paper::typefaces() const {
  auto lines = lines_of(must_say("pdffonts " + file_));
  lines.erase(lines.begin(), lines.begin() + 2);  // the table's head
  return lines;
}

std::string Paper::structure() const {
  std::string names;
  for (std::string const& line : lines_of(must_say("pdfinfo -struct " + file_))) {
    auto const name = line.substr(0, line.find(" (block)"));
    if (name != line) names += name.substr(name.find_first_not_of(' ')) + " ";
  }
  return names;
}

bool Paper::is_sound() const { return say("qpdf --check " + file_).status == 0; }

std::string Paper::catalogue() const {
  return must_say("qpdf --show-object=trailer " + file_) +
         must_say("qpdf --show-object=1 " + file_);
}

}  // namespace kaiku::print
