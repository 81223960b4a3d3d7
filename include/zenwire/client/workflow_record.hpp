// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_RECORD_HPP
#define ZENWIRE_CLIENT_WORKFLOW_RECORD_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <zenwire/client/client.hpp>
#include <zenwire/client/detail/job_clock.hpp>
#include <zenwire/client/detail/record_bytes.hpp>
#include <zenwire/client/workflow_terms.hpp>
#include <zenwire/protocol/instance_id.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a look showed of a traffic package, with nothing left open.
struct observed_package {
    /// Whether the package is being changed.
    enum class change_state : unsigned char {
        idle,        ///< no change
        processing,  ///< it is being changed to `next`
        planned,     ///< it will be changed to `next` with the next billing cycle
    };
    /// The size in force.
    traffic_package_size size{};
    /// Whether it is being changed.
    change_state change = change_state::idle;
    /// What it is being changed to; a size unless it is idle.
    std::optional<traffic_package_size> next{};

    /// Whether both looks showed the same.
    [[nodiscard]] friend constexpr bool operator==(observed_package const&, observed_package const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<observed_package::change_state> detail::enum_names<observed_package::change_state>[] = {
    {observed_package::change_state::idle, "idle"},
    {observed_package::change_state::processing, "processing"},
    {observed_package::change_state::planned, "planned"},
};

namespace detail {

/// What the ledger showed before an order, so that what it shows afterwards can be called new.
struct ledger_baseline {
    /// The months whose bills were read, as 202611: the first and the last one.
    std::int64_t first_month = 0;
    /// @copydoc first_month
    std::int64_t last_month = 0;
    /// Since when the account's movements were read.
    unix_seconds since{};
    /// Whether the bills were read to their ends: else no line of a bill can be called new.
    bool has_bills = false;
    /// The same of the movements.
    bool has_movements = false;
    /// The orders that were there.
    known_orders orders{};

    /// The fields of a record, in their order.
    template <class Fields, class Self>
    static constexpr void visit(Fields& fields, Self& self) noexcept {
        fields.field(self.first_month);
        fields.field(self.last_month);
        fields.field(self.since);
        fields.field(self.has_bills);
        fields.field(self.has_movements);
        known_orders::visit(fields, self.orders);
    }
};

}  // namespace detail

/// What a traffic_package_workflow has to remember beyond the life of its process: whose order may be under way, for what, since
/// when, and what was there before. No secrets in it.
struct workflow_record {
    /// What a job is to bring about.
    enum class goal : unsigned char {
        change,  ///< the instance shall have the size `target`
        cancel,  ///< the downgrade that is planned shall not take place
    };
    /// What is known of the order.
    enum class order_state : unsigned char {
        taken,     ///< it was handed out, or was about to be: nobody knows whether it left
        refused,   ///< the API said no; the looks have to agree before that is believed
        accepted,  ///< the API said yes
    };

    /// What the job is to bring about.
    goal what = goal::change;
    /// `name version` of the service.
    inline_string<limits::word> service;
    /// Where the service is: scheme, host and, unless it is the scheme's own, port.
    endpoint_name endpoint;
    /// Who asked.
    account_fingerprint account;
    /// The instance.
    zenwire::instance_id instance_id;
    /// The size that it shall have; for a change only.
    traffic_package_size target{};
    /// What the looks before the order showed.
    observed_package before{};
    /// When they did, by the caller's clock, and by the server's where it told its time.
    unix_seconds looked_at{};
    /// @copydoc looked_at
    std::optional<unix_seconds> looked_at_by_server{};
    /// What the caller agreed to be charged at once, where that is one amount.
    std::optional<decimal> confirmed_price{};
    /// How far the server's clock is ahead of the caller's, in seconds; only where a signature was called expired, and looks that were
    /// signed by the server's time succeeded.
    std::optional<std::int64_t> clock_offset{};
    /// What the caller chose.
    workflow_options options{};
    /// When the job began, by the caller's clock.
    unix_seconds began_at{};
    /// The timestamp of the order: 300 s later the server accepts it no more.
    unix_seconds signed_at{};
    /// Whether the order has a signature: one with a bearer token has no timestamp, so nothing ever ends its validity.
    bool is_signed = true;
    /// What is known of the order.
    order_state order = order_state::taken;
    /// Of an order that was accepted.
    inline_string<limits::order_number> order_number{};
    /// The code that an order was refused with, as the API wrote it, the status of that response, and the wait that it asked for.
    inline_string<limits::api_code> refusal_code{};
    /// @copydoc refusal_code
    std::uint16_t refusal_status = 0;
    /// @copydoc refusal_code
    std::optional<std::uint32_t> refusal_wait_seconds{};

    /// What the ledger showed before the order, in a job that asks it.
    std::optional<detail::ledger_baseline> ledger{};

    /// Whether the job is one with that service, in whatever version.
    [[nodiscard]] constexpr bool is_with(zenwire::service const& wanted) const noexcept {
        const std::string_view name = service.view();
        return name.starts_with(wanted.name) && name.substr(wanted.name.size()).starts_with(' ');
    }
    /// Until when the server may accept the order, by the caller's clock; workflow_verdict::never for one with a bearer token. Without
    /// a known `clock_offset` the clocks may be as far apart as a signature allows.
    [[nodiscard]] constexpr unix_seconds acceptable_until() const noexcept {
        if (!is_signed) {
            return workflow_verdict::never;
        }
        const std::int64_t server_is_ahead = clock_offset.value_or(-signature_lifetime_seconds);
        return unix_seconds(detail::saturating_subtract(
            detail::saturating_add(signed_at.count(), signature_lifetime_seconds), server_is_ahead));
    }
    /// The name under which a service is recorded.
    [[nodiscard]] static constexpr inline_string<limits::word> service_name(zenwire::service const& service) noexcept {
        inline_string<limits::word> text(service.name);
        text.append(" ");
        text.append(service.version);
        return text;
    }
};

template <>
inline constexpr detail::enum_row<workflow_record::goal> detail::enum_names<workflow_record::goal>[] = {
    {workflow_record::goal::change, "change"},
    {workflow_record::goal::cancel, "cancel"},
};

template <>
inline constexpr detail::enum_row<workflow_record::order_state> detail::enum_names<workflow_record::order_state>[] = {
    {workflow_record::order_state::taken, "taken"},
    {workflow_record::order_state::refused, "refused"},
    {workflow_record::order_state::accepted, "accepted"},
};

/// The bytes of a workflow_record: some hundreds, at most two thousand, the same on every machine, with a check sum.
class workflow_bytes {
public:
    /// Writes the record.
    explicit constexpr workflow_bytes(workflow_record const& record) noexcept {
        buffer_writer out(bytes_);
        out.append(mark);
        detail::record_writer fields(out);
        visit(fields, record);
        out.append(detail::check_sum_of(out.written()).view());
        size_ = out.size();
    }

    /// A view of this object.
    [[nodiscard]] constexpr std::span<char const> view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {bytes_, size_};
    }

    /// Reads bytes back.
    /// @return errc::job_record_outdated for those of another version of the library: where they are of version 0.1 the message
    ///         says what they tell of an order; errc::job_record_damaged for all others
    [[nodiscard]] static constexpr expected<workflow_record> parse(std::span<char const> bytes) noexcept {
        const std::string_view text(bytes.data(), bytes.size());
        if (detail::is_former_record(text)) {
            return unexpected(detail::refusal_of_former_record(text));
        }
        if (!text.starts_with(mark)) {
            return text.starts_with(any_mark) ? refuse(errc::job_record_outdated, blame::local,
                                                       "the saved bytes are of another version of the library")
                                              : refuse(errc::job_record_damaged, blame::local,
                                                       "the saved bytes are not those of a job");
        }
        workflow_record record;
        detail::record_reader fields(text.substr(mark.size()));
        visit(fields, record);
        // There is one way to write a job, check sum included. Bytes of any other form were not written by this code, or damaged
        // since.
        const workflow_bytes rewritten(record);
        if (!is_sound(record) || std::string_view(rewritten.bytes_, rewritten.size_) != text) {
            return refuse(errc::job_record_damaged, blame::local, "the saved bytes are damaged");
        }
        return record;
    }

private:
    static constexpr std::string_view any_mark = "zenwire job ";
    static constexpr std::string_view mark = "zenwire job 5\n";
    static constexpr std::size_t check_size = 8;
    static constexpr std::size_t max_numbers = 48 + detail::known_orders::capacity;

    /// The fields, in the order in which they are written.
    template <class Fields, class Record>
    static constexpr void visit(Fields& fields, Record& record) noexcept {
        fields.field(record.what);
        fields.field(record.service);
        fields.field(record.endpoint);
        fields.field(record.account);
        fields.field(record.instance_id);
        fields.field(record.target);
        fields.field(record.before.size);
        fields.field(record.before.change);
        fields.field(record.before.next);
        fields.field(record.looked_at);
        fields.field(record.looked_at_by_server);
        fields.field(record.confirmed_price);
        fields.field(record.clock_offset);
        fields.field(record.options.deadline);
        fields.field(record.options.price_limit);
        fields.field(record.options.settle);
        fields.field(record.options.longest_watch);
        fields.field(record.options.unknown_watch);
        fields.field(record.options.first_look);
        fields.field(record.options.look_interval);
        fields.field(record.options.max_attempts);
        fields.field(record.began_at);
        fields.field(record.signed_at);
        fields.field(record.is_signed);
        fields.field(record.order);
        fields.field(record.order_number);
        fields.field(record.refusal_code);
        fields.field(record.refusal_status);
        fields.field(record.refusal_wait_seconds);
        fields.field(record.ledger);
    }

    static constexpr bool is_sound(workflow_record const& record) noexcept {
        const bool is_idle = record.before.change == observed_package::change_state::idle;
        return record.what <= workflow_record::goal::cancel && record.order <= workflow_record::order_state::accepted &&
               record.before.change <= observed_package::change_state::planned &&
               is_idle != record.before.next.has_value() && record.signed_at.is_valid() &&
               (!record.ledger || record.ledger->orders.size() <= detail::known_orders::capacity + 1) &&
               detail::check_instance_id(record.instance_id).has_value();
    }

    char bytes_[mark.size() + limits::word + endpoint_name::capacity() + account_fingerprint::capacity() +
                limits::instance_id + limits::order_number + limits::api_code + 2 * detail::decimal_size +
                8 * max_numbers + check_size]{};
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
