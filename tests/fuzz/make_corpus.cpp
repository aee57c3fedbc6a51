// Writes tests/fuzz/corpus anew: what our own encoders make, for nobody and of no venue, and a few
// texts by hand for the parsers that have no encoder. A target finds the rest from there.
//
//   build/dev/tests/fuzz/kaiku-fuzz-corpus tests/fuzz/corpus
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/contract/cards_snapshot.hpp"
#include "schema/contract/journal_entry.hpp"
#include "schema/contract/journal_upload.hpp"
#include "schema/contract/messages.hpp"
#include "schema/contract/venue_snapshot.hpp"

using namespace kaiku;

namespace {

constexpr Instant then{1'795'348'800'000'000};  // 2026-11-22
constexpr std::int64_t some_seconds = 1'795'348'800;

std::filesystem::path folder;

void write(char const* target, char const* name, std::string_view content) {
  std::filesystem::create_directories(folder / target);
  std::ofstream out(folder / target / name, std::ios::binary);
  out << content;
  if (!out.flush()) throw std::runtime_error(std::string("cannot write ") + name);
}
void write(char const* target, char const* name, Bytes const& content) {
  write(target, name, text_of(content));
}

crypto::Ed25519PrivateKey const& key() {
  static auto const made = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 5));
  return made;
}
contract::CardCode code() { return contract::CardCode::from_bits(0x1234567890); }

void cards() {
  auto const text = code().text();
  write("card_code_fuzz", "printed", text);
  write("card_code_fuzz", "without_hyphens", code().canonical());
  write("card_code_fuzz", "wrong_check", text.substr(0, text.size() - 1) + "~");
  write("card_code_fuzz", "highest",
        contract::CardCode::from_bits(contract::CardCode::max_bits).text());
  contract::CardClaims claims{AreaId{"KEHA"}, some_seconds, code(), std::nullopt};
  write("card_token_fuzz", "personal", contract::make_card_token(claims, key()));
  claims.stock = contract::StockPosition{42, 317};
  auto const stock = contract::make_card_token(claims, key());
  write("card_token_fuzz", "of_stock", stock);
  write("card_token_fuzz", "cut", stock.substr(0, stock.size() / 2));
  write("card_token_fuzz", "typed", text + "\r\n");
}

void codecs() {
  cbor::Writer writer;
  writer.array(8).integer(-6'000'000).bytes(Bytes{1, 2, 3}).text("kortti").boolean(true).null();
  writer.map(1).integer(1).integer(24).tag(18).array(0).text("");
  write("cbor_fuzz", "each_kind", std::move(writer).finish());
  write("cbor_fuzz", "not_shortest", Bytes{0x18, 0x01});
  write("cbor_fuzz", "endless", Bytes{0x9F, 0x01, 0xFF});
  write("cose_fuzz", "signed", cose::sign1_ed25519(key(), Bytes{0xA0}, bytes_of("corpus")));
}

contract::JournalEntry entry(std::int64_t sequence, decltype(contract::JournalEntry::what) what) {
  contract::JournalEntry made;
  made.device = DeviceId{7};
  made.sequence = sequence;
  made.kiosk_time = then;
  made.clock_difference_us = -250'000;
  made.what = std::move(what);
  return made;
}

void journals() {
  contract::Attempt attempt;
  attempt.card_commitment = Digest{9};
  attempt.tickets = {.adult = 1, .child = 2};
  auto const attempted = contract::encode(entry(1, attempt));
  contract::Outcome outcome;
  outcome.of = 1;
  outcome.answer = contract::Answer::ok_offline;
  outcome.offline = true;
  write("journal_entry_fuzz", "attempt", attempted);
  write("journal_entry_fuzz", "outcome", contract::encode(entry(2, outcome)));
  write("journal_entry_fuzz", "undo", contract::encode(entry(3, contract::Undo{1, "mistake"})));
  contract::JournalReply reply;
  reply.entries.push_back({1, Digest{1}, contract::EntryStanding::stored, RedemptionId{5}, {}});
  reply.contiguous_to = 1;
  reply.server_time = then;
  write("journal_upload_fuzz", "upload", contract::to_json({{attempted, Bytes(80, 3)}}).dump());
  write("journal_upload_fuzz", "reply", contract::to_json(reply).dump());
}

void messages() {
  contract::RedemptionRequest request;
  request.idempotency_key = "corpus-0001";
  request.card = code().text();
  request.venue = VenueId{1};
  write("json_fuzz", "redemption", contract::to_json(request).dump());
  contract::CheckRequest check;
  check.card = code().text();
  check.venue = VenueId{1};
  write("json_fuzz", "check", contract::to_json(check).dump());
  write("json_fuzz", "check_reply", contract::to_json(contract::CheckReply{}).dump());
  write("json_fuzz", "redemption_reply", contract::to_json(contract::RedemptionReply{}).dump());
  write("json_fuzz", "strange", R"({"a": [1e400, "\ud800", {"a": 1, "a": 2}]})");
}

void plain_redemptions() {
  contract::RedemptionRequest request;
  request.idempotency_key = "corpus-0001";
  request.card = code().text();
  request.venue = VenueId{1};
  write("plain_redemption_fuzz", "usual", contract::to_json(request).dump());
  request.event = EventId{7};
  request.kind = contract::UseKind::admission;
  request.tickets = {.adult = 1, .child = 2};
  request.attempt_hash = contract::AttemptHash{1, 2, 3};
  write("plain_redemption_fuzz", "of_a_door", contract::to_json(request).dump());
  request.occurred_at = then;
  write("plain_redemption_fuzz", "left_to_the_strict_one", contract::to_json(request).dump());
  write("plain_redemption_fuzz", "blanks",
        " {\"tickets\": {\"adult\" :1},\r\n\t\"venue_id\": 3 , \"card\":\"x\", "
        "\"idempotency_key\":\"corpus-0002\"}\n");
  write("plain_redemption_fuzz", "twice",
        R"({"idempotency_key":"corpus-0003","card":"x","card":"y","venue_id":1,)"
        R"("tickets":{"adult":1}})");
}

void postcode_files() {
  write("postcode_file_fuzz", "plain", "00100;091\n02100;049\n");
  write("postcode_file_fuzz", "of_a_spreadsheet",
        "\xef\xbb\xbf\"postinumeroalue\";\"kunta\"\r\n\"00100\";\"091\"\r\n");
  write("postcode_file_fuzz", "lost_zeros", "postcode,municipality\n100,91\n\n02100,49");
  write("postcode_file_fuzz", "blanks", "postinumero kunta\r00100 091\r  02100   049\r");
  write("postcode_file_fuzz", "latin_1", "00100;091;\305bo\nHelsinki;091\n");
  write("postcode_file_fuzz", "utf_16", std::string_view("\377\3760\0001\000\n\000", 8));
}

void snapshots() {
  contract::CardsPart full;
  full.sequence = 40;
  full.issued_at = then;
  full.local_only_areas = {AreaId{"KEHA"}};
  contract::CardRow row;
  row.last_valid = helsinki_day(then);
  for (std::uint64_t hash : {1U, 7U, 42U}) {
    row.hash = hash;
    full.rows.push_back(row);
  }
  auto delta = full;
  delta.base = 40;
  delta.sequence = 41;
  delta.removed = {99};
  delta.voids = {{1, 1, 20}};
  contract::VenuePart venue;
  venue.device = DeviceId{7};
  venue.venue = VenueId{1};
  venue.area = AreaId{"KEHA"};
  venue.issued_at = then;
  venue.day = helsinki_day(then);
  auto const raw = key().public_key().raw();
  contract::KeyList const keys{
      1,
      {{contract::KeyUse::snapshot, Bytes(raw.begin(), raw.end()), then, std::nullopt}},
      {contract::ListedStretch::of({1, contract::row_cost})}};
  venue.key_list = contract::sign_key_list(keys, key());
  // The target signs what it is given: it gets the payloads.
  auto const payload = [](Bytes const& signed_part) {
    auto const message = cose::parse_sign1(signed_part, contract::cards_file_limit).value();
    return Bytes(message.payload.begin(), message.payload.end());
  };
  write("snapshot_fuzz", "full", payload(contract::sign_cards_part(full, key())));
  write("snapshot_fuzz", "delta", payload(contract::sign_cards_part(delta, key())));
  write("snapshot_fuzz", "venue", payload(contract::sign_venue_part(venue, key())));
  write("snapshot_fuzz", "keys", payload(venue.key_list));
}

void http() {
  write("http_head_fuzz", "post",
        "POST /v1/checks HTTP/1.1\r\nHost: kaiku.example\r\nContent-Length: 2\r\n\r\n{}");
  write("http_head_fuzz", "two_lengths",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
  write("http_head_fuzz", "folded", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n");
  write("chunked_body_fuzz", "two_chunks", "5\r\nkaiku\r\n1;x=y\r\n!\r\n0\r\nA: b\r\n\r\n");
  write("chunked_body_fuzz", "too_long", "fffffffffffffffff\r\n");
  write("form_fuzz", "pairs", "card=AB%C3%A4+1&tickets=2&empty=&next=%2Fvenue");
  write("form_fuzz", "broken", "a=%zz&%&&=");
  std::string const multipart =
      "multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; ";
  write("multipart_fuzz", "file",
        multipart +
            "name=\"a\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"f\"; "
            "filename=\"f.csv\"\r\nContent-Type: text/csv\r\n\r\n00100;091\r\n\r\n--x--\r\n");
  write("multipart_fuzz", "broken", multipart + "name=\"a\r\n\r\n--x\r\n--x--");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: kaiku-fuzz-corpus FOLDER\n";
    return 2;
  }
  folder = argv[1];
  cards();
  codecs();
  journals();
  messages();
  plain_redemptions();
  postcode_files();
  snapshots();
  http();
  return 0;
}
