// What happens to a form of a place between the page that shows it and the use case: its faults,
// what somebody else changed meanwhile, and how both come back to the page by its address.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/faults.hpp"
#include "server/access/call/call.hpp"
#include "server/http/form.hpp"
#include "server/ledger/transactions.hpp"
#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct FormFault {
  std::string field;  // the id of the input
  FaultCode code;
  std::int64_t line = 0;  // of a field of several lines, from 1 on
};

// The faults of one form; a field, or a line of one, has one.
class FormFaults {
 public:
  void add(std::string field, FaultCode code, std::int64_t line = 0);
  // What a reader or a use case found: "/limit/count" is the input limit_count, and
  // "/municipalities/2/code" the boxes of municipalities, which has one fault for all.
  void add(std::vector<FieldFault> const& found);
  bool empty() const { return faults_.empty(); }
  std::vector<FormFault> const& all() const { return faults_; }

 private:
  std::vector<FormFault> faults_;
};

// The named fields of a posted form, absent ones empty. Boxes of one name that were ticked are one
// field, their values a line each and in order. A personal identity code is a fault of its field
// and goes no further.
http::FormPairs typed_fields(http::FormPairs const& form, std::span<std::string_view const> names,
                             FormFaults& faults);

// A change made on a page that somebody else may have outrun: `was` is what the form showed.
struct Merged {
  http::FormPairs fields;  // today's, with what this form changed
  http::FormPairs yours;   // what this form changed and stands otherwise today
  bool changes = false;    // the form says something else than it showed
  bool clashes = false;    // and so does somebody else, of the same field
};
Merged merged(http::FormPairs const& was, http::FormPairs const& typed, http::FormPairs const& now);
// The members of `asked` that differ from those of `now`: what a PATCH would name.
nlohmann::json changed_members(nlohmann::json const& now, nlohmann::json const& asked);

// Fields of every such form beside its own: the entry that it shows, and that it was confirmed.
inline constexpr std::string_view seen_name = "seen";
inline constexpr std::string_view confirmed_name = "confirmed";

// How a form comes back to its page; `typed_again`: from the question that followed it.
enum class Came { fresh, typed_again, faulty, clashing, to_confirm, made, saved, unchanged };
struct Returned {
  Came came = Came::fresh;
  http::FormPairs typed;
  std::vector<FormFault> faults;
};
// The address of the page with what it has to know. `typed` holds no fact, only what was typed.
std::string address_of(access::Call const& call, std::string_view path, Returned const& told);
// From a question back to its form, with what was typed there; empty when no link can carry that.
// `page` is what the form's state is bound to.
std::string back_with_typed(access::Call const& call, std::string_view path, std::string_view page,
                            http::FormPairs typed);
// Whether the address leads back so, of a form that has no `Returned`.
bool is_typed_again(FormValues const& told);
// What the address says; fresh, with a notice in the frame, when it is too old.
Returned returned_form(access::Call const& call, std::string_view path, Frame& frame);

// The faults in words; those of lines name them.
PageFaults texts_of(Language language, std::vector<FormFault> const& faults);
// A number as JSON, where it is one: else the text, which a reader then refuses.
nlohmann::json number_or_text(std::string_view typed);

// What a page shows in the form's fields: what was typed where it came back with faults, else what
// holds now; `seen` is the entry that the form goes by.
struct Standing {
  Filled filled;
  std::string seen;
};
Standing standing_of(Returned const& returned, http::FormPairs const& now, std::int64_t seq,
                     Language language);

// The form of such a page, without its title, fields and button.
PlaceForm form_at(access::Call const& call, std::string path, Returned const& returned,
                  Standing const& standing, Language language);
// Puts the form that has to be confirmed into the question, with the way back to it.
void put_question(PlaceConfirm& confirm, access::Call const& call, std::string path,
                  Returned const& returned);

// The question's way back where no link can carry what was typed: its form is sent for it.
bool goes_back(FormValues const& form);

// A change of one thing by its form. The hooks have what is different from thing to thing.
struct Change {
  std::string path;
  std::span<std::string_view const> names;  // of the fields
  http::FormPairs now;
  // What the form showed, by the entry that it names; nullopt when that is none of this thing.
  std::function<std::optional<http::FormPairs>(std::int64_t seen)> shown;
  // The fields as the members of a request.
  std::function<nlohmann::json(http::FormPairs const&)> members;
  // Reads the members that change and calls the use case; a fault stands at its member.
  std::function<Result<void>(nlohmann::json const& changes)> keep;
  // Whether a person has to confirm these changes; none: nobody has to.
  std::function<bool(nlohmann::json const& changes)> asks = {};
};
// 303 to the page in any case, with what it has to say.
Result<http::Response> change_place(access::Call& call, ledger::WriteTx& tx, Change const& change);

struct Creation {
  std::string path;  // of the form
  std::span<std::string_view const> names;
  std::function<nlohmann::json(http::FormPairs const&)> members;
  // The address of what was made.
  std::function<Result<std::string>(nlohmann::json const& members)> keep;
};
Result<http::Response> make_place(access::Call& call, ledger::WriteTx& tx,
                                  Creation const& creation);

}  // namespace kaiku::pages
