// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_PAGE_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_PAGE_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/contract_violation.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/testing/detail/fake_refusal.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The page of a list that was asked for.
struct fake_page {
    std::int64_t number = 1;
    std::int64_t size = 20;

    /// By `pageNum` and `pageSize`, which may both be missing.
    [[nodiscard]] static fake_outcome<fake_page> of(std::optional<std::int64_t> number,
                                                    std::optional<std::int64_t> size, std::int64_t largest) {
        const fake_page page{number.value_or(1), size.value_or(20)};
        if (page.number < 1 || page.size < 1) {
            return refuse(api_code::invalid_parameter_less_minimum, page.number < 1 ? "pageNum" : "pageSize");
        }
        if (page.size > largest) {
            return refuse(api_code::invalid_parameter_exceed_maximum, "pageSize");
        }
        return page;
    }

    /// Whether the element at that place of the list, from 0, is on it.
    [[nodiscard]] bool has(std::int64_t place) const noexcept { return place / size == number - 1; }
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
