// Finds the route of a path: a trie over the segments of "/api/v1/cards/{code}/blocks".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/server.hpp"

namespace kaiku::http {

// Which listeners serve a route; bits.
inline constexpr std::uint8_t on_everybody = 1;
inline constexpr std::uint8_t on_device = 2;

struct Route {
  Method method = Method::get;
  std::string_view pattern;  // static storage; a segment is a word, "{name}" or "{name}.word"
  std::uint8_t listeners = on_everybody;
  std::size_t body_limit = 0;  // bytes
};

class Router {
 public:
  // Throws std::logic_error for a malformed pattern and for two routes that answer one request.
  explicit Router(std::span<Route const> routes);

  // RoutePlan::route is the index into the span given to the constructor. A HEAD without a route of
  // its own goes to the GET. 404 when no pattern of this listener fits or a parameter is not sound
  // (wrong escape, NUL or another control character, not UTF-8); 405 with `allow` when only the
  // method is wrong. Escaped unreserved characters are the characters themselves (RFC
  // 3986 section 6.2.2.2), other escapes fit no word of a pattern. Thread-safe.
  RoutePlan plan(Listener listener, Method method, std::string_view path) const;

 private:
  struct Leaf {
    Route route;
    int index = -1;
  };
  struct Node {
    std::vector<std::pair<std::string, std::size_t>> words;
    std::vector<std::pair<std::string, std::size_t>> parameters;  // by what follows the '}'
    std::vector<Leaf> leaves;
  };

  std::size_t child_for(std::size_t node, std::string_view segment);
  void add(Route const& route, int index);
  std::size_t find(std::size_t node, std::string_view rest, std::uint8_t listener,
                   std::vector<std::string_view>& parameters) const;
  bool serves(Node const& node, std::uint8_t listener) const;

  std::vector<Node> nodes_;
};

}  // namespace kaiku::http
