#include "server/pages/coordinator/reads.hpp"

#include "schema/crypto/crypto.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/reads_view.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/read_words.hpp"
#include "server/tables/accounts.hpp"
#include "server/use_cases/list_reads.hpp"

namespace kaiku::pages {
namespace {

constexpr int rows_a_page = 50;
constexpr std::size_t workers_shown = 25;
constexpr int usual_days = 30;
constexpr std::size_t mark_digits = 8;

// Names cards by a key that nobody keeps: the same card is the same on this page alone.
class CardMarks {
 public:
  explicit CardMarks(access::Call const& call) : key_(call.services().random.bytes<32>()) {}
  std::string of(ledger::Ref const& card) const {
    return to_hex(crypto::hmac_sha256(key_, ByteView(card))).substr(0, mark_digits);
  }

 private:
  ByteArray<32> key_;
};

std::string card_text(Language language, tables::CardReading const& reading,
                      CardMarks const& marks) {
  if (reading.card) return marks.of(*reading.card);
  bool const is_of_many = reading.kind == domain::ReadKind::list ||
                          reading.kind == domain::ReadKind::exported ||
                          reading.kind == domain::ReadKind::sheet;
  if (!is_of_many || reading.cards == 0) return std::string(in(language, Text::reads_erased));
  return count_text(language, static_cast<std::size_t>(reading.cards), Text::reads_cards_one,
                    Text::reads_cards_many);
}

// "3" or "3,5"
std::string median_text(Language language, std::int64_t twice) {
  auto const whole = number_text(language, twice / 2);
  if (twice % 2 == 0) return whole;
  return whole + (language == Language::en ? ".5" : ",5");
}

// A day of the filter, or the usual one; a fault at its field where it is none.
Day day_of(ReadsPage& page, Language language, char const* field, std::string const& typed,
           Day usual, Day today) {
  if (typed.empty()) return usual;
  auto const day = day_from_typed(typed, today);
  if (!day) page.faults.push_back({field, std::string(in(language, Text::judged_day_fault))});
  return day.value_or(usual);
}

void offer_filter(ledger::ReadTx& tx, access::Call const& call, Language language,
                  use_cases::ReadsQuestion const& question, ReadsPage& page) {
  page.areas = area_choices(tx, call.caller(), language);
  // Over all areas it would be a list of four hundred offices.
  if (question.area) {
    for (auto const& office : tables::list_offices(tx, *question.area, tables::every_row)) {
      page.offices.push_back({std::to_string(office.id.value), office.name});
    }
  }
  sort_by_name(page.offices, [](Option const& option) { return option.label; });
  page.offices.insert(page.offices.begin(),
                      {"", std::string(in(language, Text::reads_all_offices))});
  if (question.area && question.office) {
    for (auto const& account : tables::list_accounts(tx, question.area, tables::every_row)) {
      if (account.office != question.office) continue;
      page.accounts.push_back({std::to_string(account.id.value), account.username});
    }
  }
  sort_by_name(page.accounts, [](Option const& option) { return option.label; });
  page.accounts.insert(page.accounts.begin(),
                       {"", std::string(in(language, Text::reads_all_accounts))});
  page.kinds.push_back({"", std::string(in(language, Text::reads_all_kinds))});
  for (auto const kind : domain::read_kinds) {
    page.kinds.push_back(
        {std::string(domain::word_of(kind)), std::string(read_kind_text(language, kind))});
  }
}

use_cases::ReadsQuestion question_of(ledger::ReadTx& tx, access::Call const& call,
                                     Language language, FormValues const& asked, ReadsPage& page) {
  use_cases::ReadsQuestion question;
  question.area = area_asked_for(tx, call.caller(), asked["area"]);
  if (question.area && call.caller().is_national()) page.filter.area = question.area->value;
  if (auto const office = asked.number("office")) question.office = OfficeId{*office};
  if (auto const account = asked.number("account")) question.account = AccountId{*account};
  question.kind = domain::read_kind_from(asked["kind"]);
  if (question.office) page.filter.office = asked["office"];
  if (question.account) page.filter.account = asked["account"];
  if (question.kind) page.filter.kind = asked["kind"];
  page.filter.from = asked["from"];
  page.filter.to = asked["to"];
  auto const today = call.today();
  question.to = day_of(page, language, "to", page.filter.to, today, today);
  question.from =
      day_of(page, language, "from", page.filter.from, question.to + -(usual_days - 1), today);
  question.before = asked.number("before");
  question.limit = rows_a_page;
  return question;
}

void put_list(access::Call const& call, Language language, use_cases::ReadsList list,
              ReadsPage& page) {
  page.count =
      count_text(language, static_cast<std::size_t>(list.count), Text::reads_one, Text::reads_many);
  if (list.reads.size() > static_cast<std::size_t>(rows_a_page)) {
    list.reads.pop_back();
    page.more =
        reads_address(page.filter, {{"before", std::to_string(list.reads.back().reading.seq)}});
  }
  CardMarks const marks(call);
  for (auto const& seen : list.reads) {
    page.rows.push_back({moment_text(language, seen.reading.at),
                         seen.office.empty() ? "–" : seen.office, seen.account,
                         std::string(read_kind_text(language, seen.reading.kind)),
                         card_text(language, seen.reading, marks)});
  }
  for (auto const& worker : list.workers) {
    if (page.workers.size() == workers_shown) break;
    page.workers.push_back({worker.account, worker.office, number_text(language, worker.reads),
                            median_text(language, worker.office_median_twice)});
  }
}

}  // namespace

Result<http::Response> get_reads(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto const frame = network_frame(call, tx);
  ReadsPage page;
  auto const question = question_of(tx, call, frame.language, asked, page);
  offer_filter(tx, call, frame.language, question, page);
  put_list(call, frame.language, use_cases::list_reads(tx, question, call.caller()), page);
  return respond(frame, reads_page(frame, page));
}

}  // namespace kaiku::pages
