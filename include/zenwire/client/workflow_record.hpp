// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_RECORD_HPP
#define ZENWIRE_CLIENT_WORKFLOW_RECORD_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/protocol/instance_id.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a traffic_package_workflow has to remember beyond the life of its process: that an order may be under way.
struct workflow_record {
    /// What a job is to bring about.
    enum class goal : unsigned char {
        change,  ///< the instance shall have the size `target`
        cancel,  ///< the downgrade that is planned shall not take place
    };
    /// What the job is to bring about.
    goal what = goal::change;
    /// The instance.
    zenwire::instance_id instance_id;
    /// The size that it shall have; for a change only.
    traffic_package_size target{};
    /// the size before
    traffic_package_size before{};
    /// The timestamp of the order's signature: 300 s later the server accepts it no more.
    unix_seconds signed_at{};
    /// Whether that signature exists: a request with a bearer token has no timestamp, so nothing ever ends its validity.
    bool is_signed = true;
    /// how many orders were sent or are about to be
    std::uint32_t orders = 0;
    /// whether the API accepted the last of them: then there will be no other
    bool is_accepted = false;
    /// of the order that was accepted
    inline_string<limits::order_number> order_number{};
    /// Where the job goes on: `name version` of the service, and the endpoint. An order is looked for where it was sent.
    inline_string<limits::word> service;
    /// host, and `:port` when one was given
    inline_string<limits::authority> authority;

    /// The name under which a service is recorded.
    [[nodiscard]] static constexpr inline_string<limits::word> service_name(zenwire::service const& service) noexcept {
        inline_string<limits::word> text(service.name);
        text.append(" ");
        text.append(service.version);
        return text;
    }
};

/// The bytes of a workflow_record: a few hundred at most, the same on every machine, with a check sum. No secrets in them.
class workflow_bytes {
public:
    /// Writes the record.
    explicit constexpr workflow_bytes(workflow_record const& record) noexcept {
        buffer_writer out(bytes_);
        out.append(mark);
        out.append(static_cast<char>(record.what));
        append_text(out, record.service.view());
        append_text(out, record.authority.view());
        append_text(out, record.instance_id.view());
        append_number(out, static_cast<std::uint64_t>(record.target.units()));
        append_number(out, static_cast<std::uint64_t>(record.before.units()));
        append_number(out, static_cast<std::uint64_t>(record.signed_at.count()));
        append_number(out, record.orders);
        append_number(out, record.is_signed ? 1 : 0);
        append_number(out, record.is_accepted ? 1 : 0);
        append_text(out, record.order_number.view());
        const sha256_digest sum = sha256_of(out.written());
        for (std::size_t i = 0; i < check_size; ++i) {
            out.append(static_cast<char>(sum[i]));
        }
        size_ = out.size();
    }

    /// A view of this object.
    [[nodiscard]] constexpr std::span<char const> view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {bytes_, size_};
    }

    /// Reads bytes back.
    /// @return errc::invalid_parameter for bytes that are damaged, or of another version of the library
    [[nodiscard]] static constexpr expected<workflow_record> parse(std::span<char const> bytes) noexcept {
        const auto refuse = [] {
            return unexpected(error::make(errc::invalid_parameter, blame::local,
                                          "the saved bytes are damaged, or of another version of the library"));
        };
        std::string_view text(bytes.data(), bytes.size());
        text.remove_prefix(text.size() < mark.size() ? text.size() : mark.size());
        workflow_record record;
        const auto goal = static_cast<unsigned char>(text.empty() ? '\xFF' : text.front());
        text.remove_prefix(text.empty() ? 0 : 1);
        record.service.assign(take_text(text));
        record.authority.assign(take_text(text));
        record.instance_id.assign(take_text(text));
        const auto target = traffic_package_size::from_units(static_cast<std::int64_t>(take_number(text)));
        const auto before = traffic_package_size::from_units(static_cast<std::int64_t>(take_number(text)));
        record.signed_at = unix_seconds(static_cast<std::int64_t>(take_number(text)));
        record.orders = static_cast<std::uint32_t>(take_number(text));
        record.is_signed = take_number(text) != 0;
        record.is_accepted = take_number(text) != 0;
        record.order_number.assign(take_text(text));
        if (goal > static_cast<unsigned char>(workflow_record::goal::cancel) || !target || !before ||
            !record.signed_at.is_valid() || !validate_instance_id(record.instance_id)) {
            return refuse();
        }
        record.what = static_cast<workflow_record::goal>(goal);
        record.target = *target;
        record.before = *before;
        // There is one way to write a job, mark and check sum included. Bytes of any other form were not written by this code,
        // or damaged since.
        const workflow_bytes rewritten(record);
        if (std::string_view(rewritten.bytes_, rewritten.size_) != std::string_view(bytes.data(), bytes.size())) {
            return refuse();
        }
        return record;
    }

private:
    static constexpr std::string_view mark = "zenwire job 3\n";
    static constexpr std::size_t check_size = 8;
    static constexpr std::size_t number_size = 8;

    static constexpr void append_text(buffer_writer& out, std::string_view text) noexcept {
        append_number(out, text.size());
        out.append(text);
    }
    static constexpr void append_number(buffer_writer& out, std::uint64_t number) noexcept {
        for (std::size_t i = 0; i < number_size; ++i) {
            out.append(static_cast<char>(static_cast<unsigned char>(number >> (8U * i))));
        }
    }
    static constexpr std::uint64_t take_number(std::string_view& text) noexcept {
        std::uint64_t number = 0;
        const std::size_t size = text.size() < number_size ? text.size() : number_size;
        for (std::size_t i = 0; i < size; ++i) {
            number |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8U * i);
        }
        text.remove_prefix(size);
        return number;
    }
    static constexpr std::string_view take_text(std::string_view& text) noexcept {
        const std::uint64_t size = take_number(text);
        const std::string_view taken =
            text.substr(0, size < text.size() ? static_cast<std::size_t>(size) : text.size());
        text.remove_prefix(taken.size());
        return taken;
    }

    char bytes_[mark.size() + 1 + number_size + limits::word + number_size + limits::authority + number_size +
                limits::instance_id + 6 * number_size + number_size + limits::order_number + check_size]{};
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
