// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_REPORT_FORMAT_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_REPORT_FORMAT_HPP

#include <charconv>
#include <string>
#include <string_view>

#include <zenwire/testing/transport_conformance.hpp>

/// How the processes tell each other what they saw: texts, each behind its length.
namespace transport_conformance {

inline void put(std::string& to, std::string_view text) {
    to.append(std::to_string(text.size())).append(":").append(text);
}
inline void put(std::string& to, std::uint64_t number) { put(to, std::string_view(std::to_string(number))); }

inline void put(std::string& to, zenwire::transport_report const& report) {
    put(to, static_cast<std::uint64_t>(report.outcome));
    put(to, static_cast<std::uint64_t>(report.status));
    put(to, report.body);
    put(to, report.fields.size());
    for (auto const& each : report.fields) {
        put(to, each.name);
        put(to, each.value);
    }
    put(to, report.gives_fields ? 1U : 0U);
    put(to, report.message);
    put(to, static_cast<std::uint64_t>(report.took.count()));
}

/// Takes apart what put() made; `is_whole()` is false once something is missing.
class report_reader {
public:
    explicit report_reader(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool is_whole() const { return is_whole_; }
    [[nodiscard]] bool is_empty() const { return rest_.empty(); }

    std::string text() {
        std::size_t size = 0;
        const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), size);
        const auto colon = static_cast<std::size_t>(end - rest_.data());
        if (failure != std::errc() || colon >= rest_.size() || rest_.size() - colon - 1 < size) {
            is_whole_ = false;
            rest_ = {};
            return {};
        }
        std::string result(rest_.substr(colon + 1, size));
        rest_.remove_prefix(colon + 1 + size);
        return result;
    }

    std::uint64_t number() {
        const std::string digits = text();
        std::uint64_t result = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), result);
        return result;
    }

    zenwire::transport_report report() {
        zenwire::transport_report result;
        result.outcome = static_cast<zenwire::transport_outcome>(number());
        result.status = static_cast<int>(number());
        result.body = text();
        for (std::uint64_t left = number(); left > 0 && is_whole_; --left) {
            std::string name = text();
            result.fields.push_back({std::move(name), text()});
        }
        result.gives_fields = number() != 0;
        result.message = text();
        result.took = zenwire::milliseconds(static_cast<std::int64_t>(number()));
        return result;
    }

private:
    std::string_view rest_;
    bool is_whole_ = true;
};

}  // namespace transport_conformance

#endif
