// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_CALL_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_CALL_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/protocol/detail/long_request.hpp>
#include <zenwire/testing/detail/fake_data_center.hpp>
#include <zenwire/testing/detail/fake_json.hpp>

namespace ZENWIRE_NAMESPACE::detail {

// ---- Times as texts

inline constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// A time as the API writes it, `2023-07-11T06:50:36Z`.
[[nodiscard]] inline std::string utc_text(unix_seconds time) {
    std::string text(utc_time::size, ' ');
    buffer_writer out(text);
    utc_time(time).write_to(out);
    return text;
}

/// A time as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). Times before 1970 and after 9999, which
/// that form cannot express, become the first and the last second of that range.
[[nodiscard]] inline std::string http_date_text(unix_seconds time) {
    constexpr std::string_view day_names = "SunMonTueWedThuFriSat";
    const calendar_time date(time);
    const std::string utc = utc_text(time);
    std::string text(day_names.substr(static_cast<std::size_t>(date.weekday) * 3, 3));
    text.append(", ").append(utc, 8, 2).append(" ");
    text.append(month_names.substr(static_cast<std::size_t>(date.month - 1) * 3, 3)).append(" ");
    return text.append(utc, 0, 4).append(" ").append(utc, 11, 8).append(" GMT");
}

/// Reads a time as the API takes it, `2023-07-11T06:50:36Z`. Nothing for any other text.
[[nodiscard]] inline std::optional<unix_seconds> parse_utc_time(std::string_view text) {
    const auto is_decimal_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[19] != 'Z' ||
        !is_decimal_digit(5) || !is_decimal_digit(6)) {
        return std::nullopt;
    }
    const std::size_t month = static_cast<std::size_t>(text[5] - '0') * 10 + static_cast<std::size_t>(text[6] - '0');
    if (month < 1 || month > 12) {
        return std::nullopt;
    }
    // rewritten as an HTTP date, so that parse_http_date() checks all the rest
    std::string date = "Thu, ";
    date.append(text.substr(8, 2)).append(" ").append(month_names.substr((month - 1) * 3, 3)).append(" ");
    date.append(text.substr(0, 4)).append(" ").append(text.substr(11, 8)).append(" GMT");
    return parse_http_date(date);
}

// ---- Calls

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
    fake_call(fake_data_center& in, service const& of) noexcept : center(in), service(of) {}
    fake_call(fake_call const&) = delete;
    fake_call& operator=(fake_call const&) = delete;

    fake_data_center& center;
    zenwire::service const& service;
    /// memory for the lists and texts of the response
    arena memory{[](void* blocks, std::size_t size) noexcept {
                     return static_cast<block_list<std::allocator<char>>*>(blocks)->add(size);
                 },
                 &blocks_};

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
            refuse_unless(page.size <= Action::max_page_size, api_code::invalid_parameter_exceed_maximum, "pageSize");
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
    block_list<std::allocator<char>> blocks_{std::allocator<char>()};
    std::optional<fake_refusal> refusal_{};
};

/// Whether a value fits a filter of the request. Every value fits a filter that is missing or empty.
template <class Wanted, class Value>
[[nodiscard]] bool fits(std::optional<Wanted> const& wanted, Value const& value) noexcept {
    bool is_empty = !wanted;
    if constexpr (requires { wanted->empty(); }) {
        is_empty = is_empty || wanted->empty();
    }
    return is_empty || *wanted == value;
}

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
