#include "server/pages/coordinator/area_postcodes.hpp"
#include "server/api/areas.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "schema/crypto/crypto.hpp"
#include "server/domain/postcode_file.hpp"
#include "server/pages/coordinator/area_form.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/place_form.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::pages {
namespace {

constexpr std::array<std::string_view, 1> field_names{"rows"};
constexpr int rows_shown = 12;
// All of Finland's postcodes are a tenth of it; asked about, it has to fit the route as a text.
constexpr std::size_t largest_file = 256 * 1024;

std::string path_of(AreaId const& area) { return area_path(area) + "/postcodes"; }

std::string lines_of(tables::PostcodeRows const& rows) {
  std::string lines;
  for (auto const& [postcode, code] : rows) {
    if (!lines.empty()) lines += '\n';
    lines += postcode + ";" + code;
  }
  return lines;
}

domain::PostcodeFile read_rows(std::string_view text) {
  return domain::read_postcode_file(text, domain::LostZeros::put_back);
}

FaultCode code_of(domain::PostcodeFault fault) {
  using enum domain::PostcodeFault;
  switch (fault) {
    case not_text: return FaultCode::unreadable;
    case not_two_columns: return FaultCode::wrong_type;
    case no_header_no_row: return FaultCode::unknown_field;
    case postcode: return FaultCode::not_a_postcode;
    case municipality: return FaultCode::not_a_municipality_code;
    case no_rows: return FaultCode::required;
  }
  return FaultCode::unreadable;
}

// Every line that cannot be used, by its number.
void find_faults(std::string_view text, domain::PostcodeFile const& file,
                 std::vector<domain::Municipality> const& members, FormFaults& faults) {
  for (auto const& [number, fault] : file.bad_lines) {
    bool const is_of_all = fault == domain::PostcodeFault::no_rows;
    faults.add("rows", code_of(fault), is_of_all ? 0 : number);
  }
  if (!file.bad_lines.empty()) return;
  auto const lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  auto number = static_cast<std::int64_t>(lines - file.rows.size());  // a line of column names
  for (auto const& row : file.rows) {
    ++number;
    if (std::ranges::find(members, row.second, &domain::Municipality::code) == members.end()) {
      faults.add("rows", FaultCode::outside_area, number);
    }
  }
}

// What the rows would do, in numbers.
std::vector<std::string> preview(ledger::ReadTx& tx, tables::Area const& area,
                                 domain::PostcodeFile const& file, Language language) {
  auto const number = [&](std::size_t n) {
    return number_text(language, static_cast<std::int64_t>(n));
  };
  std::set<tables::PostcodeRows::value_type> const asked(file.rows.begin(), file.rows.end());
  auto const present = tables::postcodes_of(tx, area.id);
  auto const removed =
      std::ranges::count_if(present, [&](auto const& row) { return !asked.contains(row); });
  std::set<std::string> covered;
  for (auto const& row : asked) covered.insert(row.second);
  std::vector<std::string> lines{fill(language, Text::postcodes_preview,
                                      {{"rows", number(asked.size())},
                                       {"municipalities", number(covered.size())},
                                       {"removed", number_text(language, removed)}})};
  if (file.mended_rows > 0) {
    auto const mended = number_text(language, file.mended_rows);
    lines.push_back(fill(language, Text::postcodes_zeros, {{"n", mended}}));
  }
  std::string uncovered;
  for (auto const& [code, name] : tables::municipalities_of(tx, area.id)) {
    if (covered.contains(code)) continue;
    if (!uncovered.empty()) uncovered += ", ";
    uncovered += name.in(language);
  }
  if (!uncovered.empty()) {
    lines.push_back(fill(language, Text::postcodes_uncovered, {{"names", uncovered}}));
  }
  return lines;
}

// A file stands in for what is typed: from there on it is looked at and used as that.
void take_file(std::optional<http::PostedFile> const& file, http::FormPairs& pairs,
               FormFaults& faults) {
  if (!file) return;
  auto text = domain::text_of_file(file->content);
  bool const is_too_large = file->content.size() > largest_file;
  if (is_too_large) faults.add("file", FaultCode::too_long);
  if (!text) faults.add("file", FaultCode::unreadable);
  if (!text || is_too_large) return;
  std::erase_if(pairs, [](auto const& pair) { return pair.first == "rows"; });
  pairs.emplace_back("rows", *std::move(text));
}

}  // namespace

Result<http::Response> get_area_postcodes(access::Call const& call, ledger::ReadTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  auto frame = network_frame(call, tx, area->id);
  auto const language = frame.language;
  auto const path = path_of(area->id);
  auto const returned = returned_form(call, path, frame);
  if (returned.came == Came::to_confirm) {
    PlaceConfirm confirm;
    confirm.about = area->name.in(language);
    auto const text = http::form_value(returned.typed, "rows").value_or("");
    confirm.lines = preview(tx, *area, read_rows(text), language);
    confirm.submit = in(language, Text::postcodes_take);
    put_question(confirm, call, path, returned);
    return respond(frame, place_confirm_page(frame, confirm));
  }
  http::FormPairs const now{{"rows", lines_of(tables::postcodes_of(tx, area->id))}};
  auto const standing = standing_of(returned, now, 0, language);
  auto form = form_at(call, path, returned, standing, language);
  form.title = in(language, Text::postcodes_title);
  form.about = area->name.in(language);
  form.seen.clear();
  if (returned.came == Came::saved) {
    form.done = in(language, Text::postcodes_taken);
    put_next_step(form.next, call, tx, language, area->id);
  }
  form.intro = {std::string(in(language, Text::postcodes_intro))};
  form.parts = {{area_path(area->id), area->name.in(language)}};
  form.fields = FieldList(standing.filled)
                    .lines({.id = "rows",
                            .label = in(language, Text::postcodes_rows),
                            .hint = in(language, Text::postcodes_hint)},
                           rows_shown)
                    .file({.id = "file",
                           .label = in(language, Text::postcodes_file),
                           .hint = in(language, Text::postcodes_file_hint)})
                    .list();
  form.takes_file = true;
  form.submit = in(language, Text::postcodes_check);
  return respond(frame, place_form_page(frame, form));
}

Result<http::Response> post_area_postcodes(access::Call& call, ledger::WriteTx& tx) {
  auto const area = api::named_area(call, tx);
  if (!area) return area.error();
  auto const& posted = call.posted();
  if (!posted) return posted.error();
  FormFaults faults;
  auto pairs = posted->fields;
  take_file(posted->file, pairs, faults);
  FormValues const form(pairs);
  auto const path = path_of(area->id);
  auto const back = [&](Returned const& told) { return back_to(address_of(call, path, told)); };
  return sent_once(call, tx, pairs, path, [&]() -> Result<FormDone> {
    auto const typed = typed_fields(pairs, field_names, faults);
    auto const& text = typed.front().second;
    auto const file = read_rows(text);
    if (faults.empty()) find_faults(text, file, tables::municipalities_of(tx, area->id), faults);
    if (!faults.empty()) return FormDone{back({Came::faulty, typed, faults.all()})};
    if (goes_back(form)) return FormDone{back({Came::typed_again, typed, {}})};
    if (form[confirmed_name] != "1") return FormDone{back({Came::to_confirm, typed, {}})};
    auto const taken = use_cases::import_postcodes_of(
        tx, area->id, file.rows, crypto::sha256(bytes_of(text)), call.caller());
    if (!taken) return taken.error();
    return FormDone{see_other(address_of(call, path, {Came::saved, {}, {}}))};
  });
}

}  // namespace kaiku::pages
