#include "schema/contract/plain_redemption.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string>

#include "schema/codec/personal_identity_code.hpp"
#include "schema/contract/idempotency_key.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::contract {
namespace {

constexpr std::size_t longest_card = 512;
constexpr std::size_t most_digits = 18;

// Walks over the text; after the first thing that is not plain, `plain` stays false.
class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : text_(text) {}

  bool plain() const { return plain_; }
  bool finished() {
    pass_blanks();
    return plain_ && at_ == text_.size();
  }
  void fail() { plain_ = false; }

  // Calls each(name) at the value of every member.
  template <class Each>
  void object(Each each) {
    take('{');
    if (next_is('}')) return fail();  // an empty one lacks something: the strict reader says what
    do {
      auto const name = text();
      take(':');
      if (!plain_) return;
      each(name);
    } while (plain_ && skip_if(','));
    take('}');
  }

  std::string_view text() {
    take('"');
    auto const from = at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      auto const c = static_cast<unsigned char>(text_[at_]);
      if (c < 0x20 || c > 0x7E || c == '\\') return fail(), std::string_view();
      ++at_;
    }
    auto const read = text_.substr(from, at_ - from);
    // No blank is passed over before a closing quote.
    if (at_ >= text_.size()) return fail(), std::string_view();
    ++at_;
    return read;
  }

  std::int64_t number() {
    pass_blanks();
    auto const from = at_;
    while (at_ < text_.size() && ascii::is_digit(text_[at_])) ++at_;
    auto const digits = text_.substr(from, at_ - from);
    if (digits.empty() || digits.size() > most_digits || (digits[0] == '0' && digits.size() > 1)) {
      return fail(), 0;
    }
    // What could make it another number than its digits say.
    if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == 'e' || text_[at_] == 'E')) {
      return fail(), 0;
    }
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }

 private:
  void pass_blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) {
      ++at_;
    }
  }
  bool next_is(char c) {
    pass_blanks();
    return at_ < text_.size() && text_[at_] == c;
  }
  bool skip_if(char c) {
    bool const is = next_is(c);
    if (is) ++at_;
    return is;
  }
  void take(char c) {
    if (!skip_if(c)) fail();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool plain_ = true;
};

// Shorter keys, which devices alone may have, are the strict reader's.
bool is_key(std::string_view key) {
  return is_idempotency_key(key) && !is_personal_identity_code(key);
}

bool is_card(std::string_view card) {
  return !card.empty() && card.size() <= longest_card &&
         !codec::contains_personal_identity_code(card);
}

void read_tickets(PlainReader& in, Tickets& tickets) {
  static constexpr std::array<std::pair<std::string_view, int Tickets::*>, 5> kinds{
      {{"adult", &Tickets::adult},
       {"child", &Tickets::child},
       {"assistant", &Tickets::assistant},
       {"interpreter", &Tickets::interpreter},
       {"companion", &Tickets::companion}}};
  tickets = {};
  unsigned seen = 0;
  in.object([&](std::string_view name) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (kinds[i].first != name) continue;
      auto const count = in.number();
      if (count > most_asked_of_a_kind || (seen & (1U << i)) != 0) return in.fail();
      seen |= 1U << i;
      tickets.*kinds[i].second = static_cast<int>(count);
      return;
    }
    in.fail();
  });
  if (tickets.total() == 0) in.fail();
}

void read_hash(PlainReader& in, AttemptHash& hash) {
  auto const bytes = from_hex(in.text());
  if (!bytes || bytes->size() != hash.size()) return in.fail();
  std::copy(bytes->begin(), bytes->end(), hash.begin());
}

template <class SomeId>
SomeId read_id(PlainReader& in) {
  auto const value = in.number();
  if (value < 1) in.fail();
  return SomeId{value};
}

}  // namespace

std::optional<RedemptionRequest> read_plain_redemption(std::string_view body) {
  enum Member : unsigned {
    key = 1,
    card = 2,
    venue = 4,
    tickets = 8,
    event = 16,
    kind = 32,
    hash = 64
  };
  constexpr unsigned wanted = key | card | venue | tickets;
  RedemptionRequest request;
  unsigned seen = 0;
  PlainReader in(body);
  in.object([&](std::string_view name) {
    unsigned member = 0;
    if (name == "idempotency_key") {
      member = key;
      request.idempotency_key = in.text();
    } else if (name == "card") {
      member = card;
      request.card = in.text();
    } else if (name == "venue_id") {
      member = venue;
      request.venue = read_id<VenueId>(in);
    } else if (name == "tickets") {
      member = tickets;
      read_tickets(in, request.tickets);
    } else if (name == "event_id") {
      member = event;
      request.event = read_id<EventId>(in);
    } else if (name == "kind") {
      member = kind;
      request.kind = use_kind_from(in.text());
      if (!request.kind) in.fail();
    } else if (name == "attempt_hash") {
      member = hash;
      read_hash(in, request.attempt_hash.emplace());
    }
    if (member == 0 || (seen & member) != 0) return in.fail();
    seen |= member;
  });
  if (!in.finished() || (seen & wanted) != wanted) return std::nullopt;
  if (!is_key(request.idempotency_key) || !is_card(request.card)) return std::nullopt;
  return request;
}

Result<RedemptionRequest> read_redemption_text(std::string_view body) {
  if (auto plain = read_plain_redemption(body)) return *std::move(plain);
  auto const json = codec::parse_json(body);
  if (!json) return json.error();
  return read_redemption_request(*json);
}

}  // namespace kaiku::contract
