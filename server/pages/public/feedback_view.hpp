// A message to those who keep the service, from plain values.
#pragma once

#include <string>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct FeedbackPage {
  std::string sent;  // the number of a message that was sent; then nothing else is shown
  std::string subject;
  std::string text;
  std::string contact;
  std::string from;  // the page that it was begun on
  std::string form_id;
  PageFaults faults;
};
Page feedback_page(Frame const& frame, FeedbackPage const& model);

}  // namespace kaiku::pages
