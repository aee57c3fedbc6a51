// Door devices of server tests: they make their key, enrol over HTTP and prove it afterwards.
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <memory>

#include "server/access/identity/device_proof.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {

std::string certificate_request(crypto::P256PrivateKey const& key) {
  std::unique_ptr<X509_REQ, void (*)(X509_REQ*)> const request(X509_REQ_new(), &X509_REQ_free);
  std::unique_ptr<BIO, void (*)(BIO*)> const out(BIO_new(BIO_s_mem()), &BIO_free_all);
  X509_REQ_set_pubkey(request.get(), key.native());
  if (X509_REQ_sign(request.get(), key.native(), EVP_sha256()) == 0 ||
      PEM_write_bio_X509_REQ(out.get(), request.get()) != 1) {
    throw std::runtime_error("no certificate request");
  }
  char* text = nullptr;
  auto const length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

ServerTest::Device ServerTest::enrol(std::string const& code, std::string const& name) {
  Device device{crypto::P256PrivateKey::generate(), {}, {}, {}};
  auto const reply =
      post(nobody, "/api/v1/devices/enrolments",
           {{"code", code}, {"name", name}, {"csr", certificate_request(device.key)}});
  if (reply.status != 201) throw std::runtime_error("not enrolled: " + reply.text);
  device.id = DeviceId{reply.body.at("device_id").get<std::int64_t>()};
  device.enrolment = reply.body;
  device.files = {folder_.file(name + ".pem"), folder_.file(name + ".key")};
  std::ofstream(device.files.certificate) << reply.body.at("certificate").get<std::string>();
  std::ofstream(device.files.key) << device.key.pem();
  return device;
}

ClientOptions ServerTest::certificate_of(Device const& device) const {
  ClientOptions options;
  options.certificate_file = device.files.certificate;
  options.key_file = device.files.key;
  return options;
}

Reply ServerTest::on_device_listener(Device const& device, std::string_view method,
                                     std::string const& path, Json const& body) {
  TlsClient client(app_->device_port(), certificate_of(device));
  HttpHeaders headers;
  if (!body.is_null()) headers.emplace_back("Content-Type", "application/json");
  return reply_from(client.request(method, path, body.is_null() ? "" : body.dump(), headers));
}

Sender ServerTest::proof(Device const& device, std::string const& method, std::string const& path,
                         std::string const& body) {
  http::Request request;
  request.method = method == "GET"      ? http::Method::get
                   : method == "PATCH"  ? http::Method::patch
                   : method == "DELETE" ? http::Method::del
                                        : http::Method::post;
  auto const query = path.find('?');
  request.path = path.substr(0, query);
  if (query != std::string::npos) request.query = path.substr(query + 1);
  request.body = body;
  auto const nonce = random_.bytes<16>();
  return {{"Authorization",
           access::make_device_proof(device.key, device.id, request, clock_.now(), nonce)}};
}

}  // namespace kaiku::test
