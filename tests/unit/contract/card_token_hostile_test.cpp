// Tokens that somebody made to hurt: each has a name, says where it must be refused, and is signed
// with our own key wherever the form alone is wrong, so that the signature cannot hide a weak
// parser.
#include <gtest/gtest.h>

#include <set>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::contract {
namespace {

crypto::Ed25519PrivateKey our_key() { return crypto::Ed25519PrivateKey::from_seed(Bytes(32, 7)); }
crypto::Ed25519PrivateKey other_key() { return crypto::Ed25519PrivateKey::from_seed(Bytes(32, 8)); }

Bytes hex(std::string const& text) { return from_hex(text).value(); }
std::string kid() { return to_hex(our_key().public_key().key_id()); }

// A byte string as hexadecimal, with a minimal head.
std::string bstr(std::string const& content) {
  cbor::Writer writer;
  writer.bytes(hex(content));
  return to_hex(std::move(writer).finish());
}

std::string const good_iss = "01644b41494e";
std::string const good_iat = "061a6afd86c0";
std::string const good_cti = "07470123456789abcd";
std::string const stock_key = "3a00010000";
std::string good_payload() { return "a3" + good_iss + good_iat + good_cti; }
std::string good_header() { return "a201320448" + kid(); }

std::string signature_over(std::string const& header, std::string const& payload) {
  return to_hex(our_key().sign(cose::sig_structure(hex(header), {}, hex(payload))));
}

std::string text_of_cose(std::string const& encoded) { return "KK1" + to_base32(hex(encoded)); }

// A COSE_Sign1 with a right signature of ours over whatever header and payload.
std::string signed_cose(std::string const& header, std::string const& payload) {
  return "d284" + bstr(header) + "a0" + bstr(payload) + bstr(signature_over(header, payload));
}
std::string with_payload(std::string const& payload) {
  return text_of_cose(signed_cose(good_header(), payload));
}
std::string with_header(std::string const& header) {
  return text_of_cose(signed_cose(header, good_payload()));
}

enum class RefusedBy { form, signature };
struct Hostile {
  std::string name;
  std::string text;
  RefusedBy by = RefusedBy::form;
};

std::vector<Hostile> wrong_texts() {
  std::string const good = with_payload(good_payload());
  std::string const body = good.substr(3);
  std::vector<Hostile> rows{
      {"empty", ""},
      {"prefix alone", "KK1"},
      {"prefix of another version", "KK2" + body},
      {"no prefix", body},
      {"prefix twice", "KK1" + good},
      {"prefix cut", good.substr(1)},
      {"letter O for nothing", "KKO" + body},
      {"URL around it", "HTTPS://KK1" + body},
      {"one character", "K"},
      {"cut by one character", good.substr(0, good.size() - 1)},
      {"cut by two characters", good.substr(0, good.size() - 2)},
      {"cut by a whole group of eight", good.substr(0, good.size() - 8)},
      {"cut in half", good.substr(0, good.size() / 2)},
      {"cut inside the protected header", good.substr(0, 20)},
      {"longer by one character", good + "A"},
      {"longer by a group", good + "AAAAAAAA"},
      {"twice", good + good},
      {"padding", good + "="},
      {"padding to a group", good + "======"},
      {"character 0", good.substr(0, 40) + "0" + good.substr(41)},
      {"character 1", good.substr(0, 40) + "1" + good.substr(41)},
      {"character 8", good.substr(0, 40) + "8" + good.substr(41)},
      {"character 9", good.substr(0, 40) + "9" + good.substr(41)},
      {"hyphen inside", good.substr(0, 40) + "-" + good.substr(40)},
      {"space inside", good.substr(0, 40) + " " + good.substr(40)},
      {"line break inside", good.substr(0, 40) + "\n" + good.substr(40)},
      {"NUL inside", good.substr(0, 40) + std::string(1, '\0') + good.substr(41)},
      {"NUL at the end", good + std::string(1, '\0')},
      {"not UTF-8", good.substr(0, 40) + "\xff" + good.substr(41)},
      {"full-width letter", good.substr(0, 40) + "\xef\xbc\xa1" + good.substr(41)},
      {"space before", " " + good},
      {"line break after", good + "\r\n"},
      {"base64 instead of base32", "KK1" + to_base64(from_base32(body).value())},
      {"hexadecimal instead of base32", "KK1" + to_hex(from_base32(body).value())},
      {"a megabyte of A", "KK1" + std::string(1'000'000, 'A')},
      {"over the limit of 1 KiB", "KK1" + to_base32(Bytes(1025))},
      {"zeros", "KK1" + to_base32(Bytes(120))},
  };
  // The last character of 106 bytes has two bits that belong to no byte; they have to be zero.
  std::string trailing = good;
  trailing.back() = static_cast<char>(trailing.back() + 1);
  rows.push_back({"trailing bits that are not zero", trailing});
  return rows;
}

std::vector<Hostile> wrong_envelopes() {
  std::string const header = good_header();
  std::string const payload = good_payload();
  std::string const good = signed_cose(header, payload);
  std::string const parts = bstr(header) + "a0" + bstr(payload);
  std::string const signature = signature_over(header, payload);
  std::string deep;
  for (int i = 0; i < 17; ++i) deep += "81";
  return {
      {"no tag", text_of_cose(good.substr(2))},
      {"tag 17", text_of_cose("d1" + good.substr(2))},
      {"tag 98 of COSE_Sign", text_of_cose("d862" + good.substr(2))},
      {"CWT tag 61 around it", text_of_cose("d83d" + good)},
      {"tag in two bytes", text_of_cose("d812" + good.substr(2))},
      {"tag twice", text_of_cose("d2" + good)},
      {"array of three", text_of_cose("d283" + parts)},
      {"array of five", text_of_cose("d285" + parts + bstr(signature) + "f6")},
      {"array count in two bytes", text_of_cose("d29804" + parts + bstr(signature))},
      {"indefinite array", text_of_cose("d29f" + parts + bstr(signature) + "ff")},
      {"array nested deep", text_of_cose(deep + good)},
      {"array nested a hundred deep", text_of_cose(std::string(200, '8'))},
      {"bytes after the message", text_of_cose(good + "00")},
      {"a second message after it", text_of_cose(good + good)},
      {"signature of 63 bytes", text_of_cose("d284" + parts + bstr(signature.substr(2)))},
      {"signature of 65 bytes", text_of_cose("d284" + parts + bstr(signature + "00"))},
      {"empty signature", text_of_cose("d284" + parts + "40")},
      {"signature as text", text_of_cose("d284" + parts + "6161")},
      {"null signature", text_of_cose("d284" + parts + "f6")},
      {"signature length in three bytes", text_of_cose("d284" + parts + "590040" + signature)},
      {"indefinite signature", text_of_cose("d284" + parts + "5f5840" + signature + "ff")},
      {"detached payload", text_of_cose("d284" + bstr(header) + "a0f6" + bstr(signature))},
      {"unprotected null",
       text_of_cose("d284" + bstr(header) + "f6" + bstr(payload) + bstr(signature))},
      {"kid in the unprotected header too",
       text_of_cose("d284" + bstr(header) + "a10448" + kid() + bstr(payload) + bstr(signature))},
      {"alg in the unprotected header too",
       text_of_cose("d284" + bstr(header) + "a10132" + bstr(payload) + bstr(signature))},
      {"alg only in the unprotected header",
       text_of_cose("d284" + bstr("a10448" + kid()) + "a10132" + bstr(payload) +
                    bstr(signature_over("a10448" + kid(), payload)))},
      {"payload length in three bytes",
       text_of_cose("d284" + bstr(header) + "a0" + "5900" + bstr(payload).substr(2, 2) + payload +
                    bstr(signature))},
  };
}

std::vector<Hostile> wrong_headers() {
  std::string const id = kid();
  return {
      {"no alg", with_header("a10448" + id)},
      {"no kid", with_header("a10132")},
      {"empty header", with_header("a0")},
      {"header of no bytes", with_header("")},
      {"alg ES256", with_header("a201260448" + id)},
      {"alg ESP256", with_header("a201280448" + id)},
      {"alg none", with_header("a201000448" + id)},
      {"alg HMAC", with_header("a201050448" + id)},
      {"alg -999", with_header("a2013903e60448" + id)},
      {"alg as text", with_header("a20167456432353531390448" + id)},
      {"alg in two bytes", with_header("a20138120448" + id)},
      {"alg null", with_header("a201f60448" + id)},
      {"unsorted header", with_header("a20448" + id + "0132")},
      {"alg twice", with_header("a3013201320448" + id)},
      {"alg twice with another value", with_header("a3013201260448" + id)},
      {"critical header", with_header("a30132028118640448" + id)},
      {"content type", with_header("a3013203000448" + id)},
      {"kid of 7 bytes", with_header("a201320447" + id.substr(2))},
      {"kid of 9 bytes", with_header("a201320449" + id + "00")},
      {"empty kid", with_header("a201320440")},
      {"kid as text", with_header("a2013204686162636465666768")},
      {"indefinite header", with_header("bf01320448" + id + "ff")},
      {"bytes after the header", with_header("a201320448" + id + "00")},
  };
}

std::vector<Hostile> wrong_claims() {
  std::string const base = good_iss + good_iat + good_cti;
  return {
      {"empty payload", with_payload("")},
      {"payload that is a list", with_payload("83" + good_iss)},
      {"no claims", with_payload("a0")},
      {"no iss", with_payload("a2" + good_iat + good_cti)},
      {"no iat", with_payload("a2" + good_iss + good_cti)},
      {"no cti", with_payload("a2" + good_iss + good_iat)},
      {"stock instead of cti", with_payload("a3" + good_iss + good_iat + stock_key + "820102")},
      {"iss of one character", with_payload("a3016141" + good_iat + good_cti)},
      {"iss of nine characters", with_payload("a30169414243444546474849" + good_iat + good_cti)},
      {"empty iss", with_payload("a30160" + good_iat + good_cti)},
      {"iss in lower case", with_payload("a301646b61696e" + good_iat + good_cti)},
      {"iss with a space", with_payload("a301644b41204e" + good_iat + good_cti)},
      {"iss with NUL", with_payload("a301644b41004e" + good_iat + good_cti)},
      {"iss with a letter outside ASCII", with_payload("a301644bc3844e" + good_iat + good_cti)},
      {"iss not UTF-8", with_payload("a301644bff494e" + good_iat + good_cti)},
      {"iss as bytes", with_payload("a301444b41494e" + good_iat + good_cti)},
      {"iss length in two bytes", with_payload("a30178044b41494e" + good_iat + good_cti)},
      {"negative iat", with_payload("a3" + good_iss + "0620" + good_cti)},
      {"iat as float", with_payload("a3" + good_iss + "06fb41daaf5db0000000" + good_cti)},
      {"iat as text", with_payload("a3" + good_iss + "066131" + good_cti)},
      {"iat after 2106", with_payload("a3" + good_iss + "061b0000000100000000" + good_cti)},
      {"iat beyond int64", with_payload("a3" + good_iss + "061bffffffffffffffff" + good_cti)},
      {"iat not minimal", with_payload("a3" + good_iss + "061b000000006afd86c0" + good_cti)},
      {"iat with tag 1", with_payload("a3" + good_iss + "06c11a6afd86c0" + good_cti)},
      {"cti of 5 bytes", with_payload("a3" + good_iss + good_iat + "07450123456789")},
      {"cti of 6 bytes", with_payload("a3" + good_iss + good_iat + "07460123456789ab")},
      {"cti of 8 bytes", with_payload("a3" + good_iss + good_iat + "0748000123456789abcd")},
      {"empty cti", with_payload("a3" + good_iss + good_iat + "0740")},
      {"cti with bit 55 set", with_payload("a3" + good_iss + good_iat + "074780000000000000")},
      {"cti with bit 55 and others set",
       with_payload("a3" + good_iss + good_iat + "0747810123456789ab")},
      {"cti of all ones", with_payload("a3" + good_iss + good_iat + "0747ffffffffffffff")},
      {"cti as integer", with_payload("a3" + good_iss + good_iat + "071b000123456789abcd")},
      {"cti as text", with_payload("a3" + good_iss + good_iat + "076741424344454647")},
      {"expiry", with_payload("a4" + good_iss + "041a70000000" + good_iat + good_cti)},
      {"subject", with_payload("a4" + good_iss + "026161" + good_iat + good_cti)},
      {"a claim of its own", with_payload("a4" + base + "1864f6")},
      {"a claim with a name", with_payload("a4" + base + "646e616d656141")},
      {"stock and another claim", with_payload("a5" + base + stock_key + "820102" + "6161f6")},
      {"stock of one number", with_payload("a4" + base + stock_key + "8101")},
      {"stock of three numbers", with_payload("a4" + base + stock_key + "83010203")},
      {"negative batch", with_payload("a4" + base + stock_key + "822001")},
      {"position of 2^32", with_payload("a4" + base + stock_key + "82011b0000000100000000")},
      {"stock null", with_payload("a4" + base + stock_key + "f6")},
      {"stock in an indefinite list", with_payload("a4" + base + stock_key + "9f0102ff")},
      {"stock not minimal", with_payload("a4" + base + stock_key + "82180102")},
      {"iss twice", with_payload("a4" + good_iss + base)},
      {"cti twice", with_payload("a4" + base + "074700000000000001")},
      {"unsorted claims", with_payload("a3" + good_iat + good_iss + good_cti)},
      {"indefinite claims", with_payload("bf" + base + "ff")},
      {"claims count too high", with_payload("a4" + base)},
      {"claims count too low", with_payload("a2" + base)},
      {"claims count in two bytes", with_payload("b803" + base)},
      {"bytes after the claims", with_payload("a3" + base + "00")},
      {"tag around the claims", with_payload("d83da3" + base)},
  };
}

std::vector<Hostile> wrong_signatures() {
  std::string const header = good_header();
  std::string const payload = good_payload();
  std::string const parts = "d284" + bstr(header) + "a0" + bstr(payload);
  auto const by_other = [&](Bytes const& message) { return to_hex(other_key().sign(message)); };
  Bytes const to_sign = cose::sig_structure(hex(header), {}, hex(payload));
  std::string const signature = signature_over(header, payload);
  std::string const other_kid = to_hex(other_key().public_key().key_id());
  CardClaims const claims{AreaId{"KAIN"}, 1'795'000'000, CardCode::from_bits(1), {}};
  auto const by = RefusedBy::signature;
  return {
      {"another key under its own id", make_card_token(claims, other_key()), by},
      {"another key under our id", text_of_cose(parts + bstr(by_other(to_sign))), by},
      {"our key under another id", with_header("a201320448" + other_kid), by},
      {"signature of zeros", text_of_cose(parts + bstr(std::string(128, '0'))), by},
      {"signature of ones", text_of_cose(parts + bstr(std::string(128, 'f'))), by},
      {"signature with its halves exchanged",
       text_of_cose(parts + bstr(signature.substr(64) + signature.substr(0, 64))), by},
      {"signature over the payload alone",
       text_of_cose(parts + bstr(to_hex(our_key().sign(hex(payload))))), by},
      {"signature with external data",
       text_of_cose(parts + bstr(to_hex(our_key().sign(
                                cose::sig_structure(hex(header), bytes_of("x"), hex(payload)))))),
       by},
      {"signature of the header with the older algorithm",
       text_of_cose(parts + bstr(signature_over("a201270448" + kid(), payload))), by},
      {"code of another card",
       text_of_cose("d284" + bstr(header) + "a0" +
                    bstr("a3" + good_iss + good_iat + "07470123456789abce") + bstr(signature)),
       by},
      {"area of another card",
       text_of_cose("d284" + bstr(header) + "a0" + bstr("a301644b41494f" + good_iat + good_cti) +
                    bstr(signature)),
       by},
      {"stock position added",
       text_of_cose("d284" + bstr(header) + "a0" +
                    bstr("a4" + good_iss + good_iat + good_cti + stock_key + "820102") +
                    bstr(signature)),
       by},
  };
}

std::vector<Hostile> all_hostile() {
  std::vector<Hostile> rows;
  for (auto const& group :
       {wrong_texts(), wrong_envelopes(), wrong_headers(), wrong_claims(), wrong_signatures()}) {
    rows.insert(rows.end(), group.begin(), group.end());
  }
  return rows;
}

TEST(HostileToken, has_a_good_twin_that_is_accepted) {
  for (std::string const& text :
       {with_payload(good_payload()), with_header("a201270448" + kid()),
        with_payload("a4" + good_iss + good_iat + good_cti + stock_key + "820102")}) {
    auto const token = parse_card_token(text);
    ASSERT_TRUE(token) << token.error().detail;
    EXPECT_TRUE(token->verify(our_key().public_key()));
  }
}

TEST(HostileToken, is_refused_by_its_form_or_by_its_signature) {
  for (Hostile const& row : all_hostile()) {
    auto const token = parse_card_token(row.text);
    if (row.by == RefusedBy::form) {
      ASSERT_FALSE(token) << row.name;
      EXPECT_EQ(token.error().problem, Problem::unreadable) << row.name;
    } else {
      ASSERT_TRUE(token) << row.name << ": " << token.error().detail;
      EXPECT_FALSE(token->verify(our_key().public_key())) << row.name;
    }
  }
}

TEST(HostileToken, comes_in_at_least_sixty_kinds_with_names_of_their_own) {
  std::set<std::string> names;
  std::set<std::string> texts;
  for (Hostile const& row : all_hostile()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(texts.insert(row.text).second) << row.name << " says what another row says";
  }
  EXPECT_GE(texts.size(), 60U);
}

}  // namespace
}  // namespace kaiku::contract
