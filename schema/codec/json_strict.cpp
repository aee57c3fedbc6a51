#include "schema/codec/json_strict.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace kaiku::codec {

namespace {

// Builds the document while nlohmann's parser, which does not recurse, reads; a `false` stops it.
class StrictBuilder final : public nlohmann::json_sax<Json> {
 public:
  Json take() { return std::move(root_); }
  std::string const& fault() const { return fault_; }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, string_t const&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::value_t::object); }
  bool start_array(std::size_t) override { return open(Json::value_t::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    auto& members = open_.back()->get_ref<Json::object_t&>();
    auto const [at, is_new] = members.emplace(std::move(name), nullptr);
    if (!is_new) fault_ = "A member name stands twice in one object.";
    member_ = &at->second;
    return is_new;
  }
  bool parse_error(std::size_t position, std::string const&,
                   nlohmann::detail::exception const&) override {
    if (fault_.empty()) fault_ = "Not valid JSON at byte " + std::to_string(position) + ".";
    return false;
  }

 private:
  // Puts a value where the document stands: at its root, into an array or behind a member name.
  template <class Value>
  Json* place(Value&& value) {
    if (open_.empty()) {
      root_ = Json(std::forward<Value>(value));
      return &root_;
    }
    if (open_.back()->is_array()) {
      return &open_.back()->get_ref<Json::array_t&>().emplace_back(std::forward<Value>(value));
    }
    *member_ = Json(std::forward<Value>(value));
    return member_;
  }
  template <class Value>
  bool put(Value&& value) {
    place(std::forward<Value>(value));
    return true;
  }
  bool open(Json::value_t type) {
    if (open_.size() == max_json_depth) {
      fault_ = "Nested deeper than " + std::to_string(max_json_depth) + " levels.";
      return false;
    }
    open_.push_back(place(type));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  // Pointers stay good: a container grows only while it is the innermost open one.
  std::vector<Json*> open_;
  Json* member_ = nullptr;
  std::string fault_;
};

}  // namespace

Result<Json> parse_json(std::string_view text) {
  // The parser would take a NUL for the end of the text, and pass over a byte order mark.
  if (text.find('\0') != std::string_view::npos) {
    return Error{Problem::invalid_json, "There is a NUL byte in the text."};
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    return Error{Problem::invalid_json, "There is a byte order mark before the text."};
  }
  StrictBuilder builder;
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) {
    return Error{Problem::invalid_json, builder.fault()};
  }
  // In place, since a Json would also pass for convertible to an Error.
  return Result<Json>{boost::system::in_place_value, builder.take()};
}

}  // namespace kaiku::codec
