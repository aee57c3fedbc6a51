// Paper is measured in millimetres from the upper left corner of a page, type in points.
#pragma once

namespace kaiku::print {

inline constexpr double points_per_mm = 72 / 25.4;

struct Point {
  double x = 0;
  double y = 0;
};
struct Size {
  double width = 0;
  double height = 0;
};
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

constexpr Point operator+(Point one, Point other) { return {one.x + other.x, one.y + other.y}; }

inline constexpr Size a4{210, 297};

}  // namespace kaiku::print
