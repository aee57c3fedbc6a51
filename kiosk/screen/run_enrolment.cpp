#include <unistd.h>

#include <future>

#include "kiosk/screen/enrol_model.hpp"
#include "kiosk/screen/keyboard.hpp"
#include "kiosk/screen/run.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int tick_ms = 250;
constexpr int asking_ms = 50;

using Granted = std::variant<PendingEnrolment, EnrolmentFailure>;

// K6 while it runs: the model, and the question to the server on a thread of its own.
class EnrolLoop {
 public:
  EnrolLoop(Folder const& folder, Database& database, std::string const& device_name)
      : folder_(folder), database_(database), device_name_(device_name) {}

  EnrolModel const& model() const { return model_; }
  bool done() const { return model_.step == EnrolModel::Step::done; }
  bool left() const { return left_; }
  bool asking() const { return model_.step == EnrolModel::Step::asking; }

  void take(Keyboard::Input const& input) {
    if (auto const* key = std::get_if<KeyPress>(&input)) {
      fulfil(press(model_, key->key));
    } else if (auto const* typed = std::get_if<TypedCharacter>(&input)) {
      type(model_, typed->character);
    } else if (auto const* scanned = std::get_if<Scanned>(&input)) {
      fulfil(scan(model_, scanned->text));
    } else {
      // Pasted, most likely; the person ends it.
      for (char const c : std::get<UnfinishedScan>(input).text) {
        type(model_, static_cast<unsigned char>(c));
      }
    }
  }

  void look_for_answer() {
    using std::chrono::seconds;
    if (!answer_.valid() || answer_.wait_for(seconds(0)) != std::future_status::ready) return;
    auto granted = answer_.get();
    if (auto const* failure = std::get_if<EnrolmentFailure>(&granted)) {
      model_.step = EnrolModel::Step::code;
      model_.fault = EnrolModel::Fault::from_server;
      model_.server_fault = failure->fault;
      return;
    }
    pending_ = std::get<PendingEnrolment>(std::move(granted));
    model_.door_ca_fingerprint = pending_->door_ca_fingerprint;
    model_.server_fingerprint = pending_->server_fingerprint;
    model_.step = EnrolModel::Step::compare;
    if (pending_->proven) accept();
  }

 private:
  void fulfil(EnrolWish wish) {
    if (wish == EnrolWish::quit) left_ = true;
    if (wish == EnrolWish::accept) accept();
    if (wish != EnrolWish::ask) return;
    EnrolmentAsk ask;
    ask.server = *parse_server_address(model_.address);
    ask.text = *parse_enrolment_text(model_.code);
    ask.device_name = device_name_;
    answer_ = std::async(std::launch::async, [ask] { return ask_for_enrolment(ask); });
  }
  void accept() {
    accept_enrolment(folder_, database_, *pending_);
    set_setting(database_, "language", contract::code_of(model_.language));
    model_.venue_name = pending_->enrolment.venue_name;
    model_.step = EnrolModel::Step::done;
  }

  Folder const& folder_;
  Database& database_;
  std::string device_name_;
  EnrolModel model_;
  std::future<Granted> answer_;
  std::optional<PendingEnrolment> pending_;
  bool left_ = false;
};

}  // namespace

bool run_enrolment(Folder const& folder, Database& database, std::string const& device_name,
                   int stop_fd) {
  SystemClock const clock;
  EnrolLoop loop(folder, database, device_name);
  Terminal terminal;
  Keyboard keyboard;
  while (!loop.left() && !loop.done()) {
    terminal.paint(layout(loop.model(), terminal.size()));
    if (!wait_for_input(-1, stop_fd, keyboard.wait_ms(loop.asking() ? asking_ms : tick_ms))) {
      return false;
    }
    keyboard.read(terminal, clock, [&](Keyboard::Input const& input) { loop.take(input); });
    loop.look_for_answer();
  }
  return loop.done();
}

}  // namespace kaiku::kiosk
