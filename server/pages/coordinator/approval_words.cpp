#include "server/pages/coordinator/approval_words.hpp"

namespace kaiku::pages {

std::string approval_text(Language language, tables::Approval const& approval) {
  switch (approval.kind) {
    case domain::ApprovalKind::batch:
      return fill(language, Text::approval_of_batch,
                  {{"n", number_text(language, approval.count.value_or(0))}});
  }
  return {};
}

std::string_view state_text(Language language, domain::ApprovalState state) {
  switch (state) {
    case domain::ApprovalState::open: return in(language, Text::approval_open);
    case domain::ApprovalState::approved: return in(language, Text::approval_approved);
    case domain::ApprovalState::refused: return in(language, Text::approval_refused);
    case domain::ApprovalState::taken_back: return in(language, Text::approval_taken_back);
    case domain::ApprovalState::expired: return in(language, Text::approval_expired);
  }
  return {};
}

}  // namespace kaiku::pages
