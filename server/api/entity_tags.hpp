// The lists of If-Match and If-None-Match (RFC 9110 sections 8.8.3 and 13.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace kaiku::api {

class EntityTags {
 public:
  // What a header says, all its fields together; nullopt when it is neither "*" nor a list of tags
  // in quotation marks. An absent header is an empty list.
  static std::optional<EntityTags> in(http::Request const& request, std::string_view header);

  // Each is also true for "*". `etag` is a strong tag of ours, with its quotation marks.
  bool match_strongly(std::string_view etag) const;
  bool match_weakly(std::string_view etag) const;  // W/ makes no difference

 private:
  struct Tag {
    std::string text;  // with its quotation marks
    bool weak = false;
  };
  std::vector<Tag> tags_;
  bool any_ = false;
};

}  // namespace kaiku::api
