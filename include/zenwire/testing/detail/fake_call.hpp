// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_CALL_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_CALL_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/base/contract_violation.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/detail/time_text.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The page of a list that was asked for.
struct fake_page {
    std::int64_t number = 1;
    std::int64_t size = 20;

    /// Whether the element at that place of the list, from 0, is on it.
    [[nodiscard]] bool has(std::int64_t place) const noexcept { return place / size == number - 1; }
};

/// A call of an action of a fake cloud, while it is carried out: `execute(fake_call&, parameters)` does that, for each action.
/// The parameters that are required are there. What it is refused for first is what counts, and then nobody looks at the
/// response: so an action that changes nothing need not stop at a refusal, and one that does has to.
class fake_call {
public:
    fake_call(fake_data_center& in, service const& of, arena& for_lists) noexcept
        : center(in), service(of), memory(for_lists) {}

    fake_data_center& center;
    zenwire::service const& service;
    /// for what a response refers to
    arena& memory;

    /// What the call is refused for; nothing while it is not.
    [[nodiscard]] std::optional<fake_refusal> const& refusal() const noexcept { return refusal_; }

    /// Refuses the call, unless it is refused already.
    void refuse(fake_refusal why) {
        if (!refusal_) {
            refusal_ = std::move(why);
        }
    }
    /// Refuses the call unless that is true.
    /// @param detail added to the code's meaning; may be empty
    /// @return whether it is not refused
    bool require(bool is_true, api_code otherwise, std::string_view detail = {}) {
        if (!is_true) {
            refuse(fake_refusal::of(otherwise, detail));
        }
        return !refusal_;
    }
    /// The same, with another status than that of the code's documentation.
    bool require(bool is_true, api_code otherwise, int status) {
        fake_refusal why = fake_refusal::of(otherwise);
        why.status = status;
        if (!is_true) {
            refuse(std::move(why));
        }
        return !refusal_;
    }

    /// The instance of this id; null where the call is refused, for there is none.
    fake_instance* find(std::string_view id) {
        fake_instance* const instance = center.find(id, service.name);
        require(!id.empty(), api_code::invalid_parameter_less_length, instance_id_field);
        return require(instance != nullptr, api_code::invalid_instance_not_found, id) ? instance : nullptr;
    }

    /// The page of a list of an action, by `pageNum` and `pageSize`, which may both be missing.
    template <class Action, class Parameters>
    [[nodiscard]] fake_page page_of(Parameters const& parameters) {
        const fake_page page{parameters.template get<&Action::page_num>().value_or(1),
                             parameters.template get<&Action::page_size>().value_or(20)};
        const bool is_valid =
            require(page.number >= 1, api_code::invalid_parameter_less_minimum, "pageNum") &&
            require(page.size >= 1, api_code::invalid_parameter_less_minimum, "pageSize") &&
            require(page.size <= Action::largest_page, api_code::invalid_parameter_exceed_maximum, "pageSize");
        return is_valid ? page : fake_page();
    }

    /// A parameter that is a time.
    /// @param otherwise what it is where it was left out
    [[nodiscard]] unix_seconds time_of(std::optional<std::string> const& text, std::string_view name,
                                       unix_seconds otherwise) {
        const std::optional<unix_seconds> time = text ? parse_utc_time(*text) : std::optional(otherwise);
        require(time.has_value(), api_code::invalid_parameter_date_format_error, name);
        return time.value_or(otherwise);
    }

    /// A text as the response refers to it.
    [[nodiscard]] std::string_view text(std::string_view text) { return memory.append({}, text); }

private:
    std::optional<fake_refusal> refusal_{};
};

/// A further element of a list. There is room: the memory has no limit, and prices are few.
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
