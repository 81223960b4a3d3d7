// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_CALL_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_CALL_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/detail/time_text.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Which page of a list was requested.
struct fake_page {
    std::int64_t number = 1;
    std::int64_t size = 20;

    /// Whether this page contains the element with that index, counted from 0.
    [[nodiscard]] bool has(std::int64_t place) const noexcept { return place / size == number - 1; }
};

/// One call of an action, while the fake cloud carries it out. Each action has a function `execute(fake_call&, parameters)`, which
/// is called when all required parameters are present. The first refusal counts, and the response is ignored then: so an action
/// that only reads may go on after a refusal, but one that changes something must stop.
class fake_call {
public:
    fake_call(fake_data_center& in, service const& of, arena& for_lists) noexcept
        : center(in), service(of), memory(for_lists) {}

    fake_data_center& center;
    zenwire::service const& service;
    /// memory for the lists and texts of the response
    arena& memory;

    /// Why the call is refused; nothing while it is not refused.
    [[nodiscard]] std::optional<fake_refusal> const& refusal() const noexcept { return refusal_; }

    /// Refuses the call, unless it is refused already.
    void refuse(fake_refusal why) {
        if (!refusal_) {
            refusal_ = std::move(why);
        }
    }
    /// Refuses the call with the code `otherwise` unless `is_true`.
    /// @param detail added to the meaning of the code; may be empty
    /// @return whether the call is still not refused
    bool refuse_unless(bool is_true, api_code otherwise, std::string_view detail = {}) {
        if (!is_true) {
            refuse(fake_refusal::of(otherwise, detail));
        }
        return !refusal_;
    }
    /// The same, with another HTTP status than the documented one of the code.
    bool refuse_unless(bool is_true, api_code otherwise, int status) {
        fake_refusal why = fake_refusal::of(otherwise);
        why.status = status;
        if (!is_true) {
            refuse(std::move(why));
        }
        return !refusal_;
    }

    /// The instance with this id. When there is none, refuses the call and returns null.
    fake_instance* find(std::string_view id) {
        fake_instance* const instance = center.find(id, service.name);
        refuse_unless(!id.empty(), api_code::invalid_parameter_less_length, instance_id_field);
        return refuse_unless(instance != nullptr, api_code::invalid_instance_not_found, id) ? instance : nullptr;
    }

    /// The requested page of a list, from the parameters `pageNum` and `pageSize`, which are both optional.
    template <class Action, class Parameters>
    [[nodiscard]] fake_page page_of(Parameters const& parameters) {
        const fake_page page{parameters.template get<&Action::page_num>().value_or(1),
                             parameters.template get<&Action::page_size>().value_or(20)};
        const bool is_valid =
            refuse_unless(page.number >= 1, api_code::invalid_parameter_less_minimum, "pageNum") &&
            refuse_unless(page.size >= 1, api_code::invalid_parameter_less_minimum, "pageSize") &&
            refuse_unless(page.size <= Action::largest_page, api_code::invalid_parameter_exceed_maximum, "pageSize");
        return is_valid ? page : fake_page();
    }

    /// A parameter that is a time; refuses the call when it is malformed.
    /// @param otherwise the time when the parameter is missing
    [[nodiscard]] unix_seconds time_of(std::optional<std::string> const& text, std::string_view name,
                                       unix_seconds otherwise) {
        const std::optional<unix_seconds> time = text ? parse_utc_time(*text) : std::optional(otherwise);
        refuse_unless(time.has_value(), api_code::invalid_parameter_date_format_error, name);
        return time.value_or(otherwise);
    }

    /// Copies a text that the response will refer to.
    [[nodiscard]] std::string_view text(std::string_view text) { return memory.append({}, text); }

private:
    std::optional<fake_refusal> refusal_{};
};

/// Adds an element to a list of the response. There is always room: the arena grows, and the fake cloud has only a few prices.
template <class List, class... Memory>
[[nodiscard]] typename List::value_type& added_to(List& list, Memory&... memory) {
    auto* const element = list.add(memory...);
    if (element == nullptr) {
        contract_violation();
    }
    return *element;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
