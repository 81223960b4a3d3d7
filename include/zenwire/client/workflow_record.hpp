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

namespace ZENWIRE_NAMESPACE {

/// The state of a traffic package, from one complete look (detail::package_shown()).
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
    /// The size that the change leads to; nothing when it is idle.
    std::optional<traffic_package_size> next{};

    /// Whether both states are the same.
    [[nodiscard]] friend constexpr bool operator==(observed_package const&, observed_package const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<observed_package::change_state> detail::enum_names<observed_package::change_state>[] = {
    {observed_package::change_state::idle, "idle"}, {observed_package::change_state::processing, "processing"},
    {observed_package::change_state::planned, "planned"},
};

namespace detail {

/// What the ledger had before an order, for comparison with what it has afterwards.
struct ledger_baseline {
    /// The months whose bills were read, YYYYMM: the first and the last one.
    std::int64_t first_month = 0;
    /// @copydoc first_month
    std::int64_t last_month = 0;
    /// The start of the period whose transactions were read.
    unix_seconds since{};
    /// Whether the bills were read completely; else nobody can tell which lines of a bill are new.
    bool has_bills = false;
    /// The same for the transactions.
    bool has_transactions = false;
    /// The orders that the ledger had.
    known_orders orders{};

    /// Passes all members, in the order of the saved bytes, to a record_writer or record_reader.
    template <class Fields, class Self>
    static constexpr void visit(Fields& fields, Self& self) noexcept {
        fields.field(self.first_month);
        fields.field(self.last_month);
        fields.field(self.since);
        fields.field(self.has_bills);
        fields.field(self.has_transactions);
        known_orders::visit(fields, self.orders);
    }
};

}  // namespace detail

/// What a traffic_package_workflow must remember when its process ends: whose order may be under way, for what, since when, and the
/// state before it. It has no secrets.
struct workflow_record {
    /// The goal of a job.
    enum class goal : unsigned char {
        change,  ///< change the size to `target`
        cancel,  ///< cancel the planned downgrade
    };
    /// What is known of the order.
    enum class order_state : unsigned char {
        taken,     ///< handed out to be sent, or about to be: nobody knows whether it was sent
        refused,   ///< the API refused it; confirmed only when later looks agree
        accepted,  ///< the API accepted it
    };

    /// The goal of the job.
    goal what = goal::change;
    /// `name version` of the service.
    inline_string<limits::word> service;
    /// The name of the endpoint.
    endpoint_name endpoint;
    /// The fingerprint of the credential.
    account_fingerprint account;
    /// The instance.
    zenwire::instance_id instance_id;
    /// The size to change to; for a change only.
    traffic_package_size target{};
    /// What the looks before the order showed.
    observed_package before{};
    /// The time of these looks, by the caller's clock, and by the server's if it sent its time.
    unix_seconds looked_at{};
    /// @copydoc looked_at
    std::optional<unix_seconds> looked_at_by_server{};
    /// What the caller agreed to be charged at once, if that is a single amount.
    std::optional<decimal> confirmed_price{};
    /// How many seconds the server's clock is ahead of the caller's. Known only when the server called a signature expired.
    std::optional<std::int64_t> clock_offset{};
    /// The options of the job.
    workflow_options options{};
    /// When the job began, by the caller's clock.
    unix_seconds began_at{};
    /// The timestamp of the order. The server accepts the order until 300 s after it.
    unix_seconds signed_at{};
    /// Whether the order has a signature. An order with a bearer token has no timestamp, and never expires.
    bool is_signed = true;
    /// What is known of the order.
    order_state order = order_state::taken;
    /// The number of an order that was accepted.
    inline_string<limits::order_number> order_number{};
    /// For a refused order: the code as the API wrote it, the status of that response, and the wait that it asked for.
    inline_string<limits::api_code> refusal_code{};
    /// @copydoc refusal_code
    std::uint16_t refusal_status = 0;
    /// @copydoc refusal_code
    std::optional<std::uint32_t> refusal_wait_seconds{};

    /// What the ledger had before the order, in a job that asks it.
    std::optional<detail::ledger_baseline> ledger{};

    /// Whether the job belongs to that service, in any version.
    [[nodiscard]] constexpr bool is_for(zenwire::service const& wanted) const noexcept {
        const std::string_view name = service.view();
        return name.starts_with(wanted.name) && name.substr(wanted.name.size()).starts_with(' ');
    }
    /// Until when the server may accept the order, by the caller's clock; workflow_verdict::never for one with a bearer token. If
    /// `clock_offset` is not known, the server's clock may be behind by as much as a signature allows.
    [[nodiscard]] constexpr unix_seconds acceptable_until() const noexcept {
        if (!is_signed) {
            return workflow_verdict::never;
        }
        const std::int64_t server_ahead_seconds = clock_offset.value_or(-signature_lifetime_seconds);
        return unix_seconds(detail::saturating_subtract(
            detail::saturating_add(signed_at.count(), signature_lifetime_seconds), server_ahead_seconds));
    }
    /// The name of a service as it stands in a record.
    [[nodiscard]] static constexpr inline_string<limits::word> service_name(zenwire::service const& service) noexcept {
        inline_string<limits::word> text(service.name);
        text.append(" ");
        text.append(service.version);
        return text;
    }
};

template <>
inline constexpr detail::enum_row<workflow_record::goal> detail::enum_names<workflow_record::goal>[] = {
    {workflow_record::goal::change, "change"}, {workflow_record::goal::cancel, "cancel"},
};

template <>
inline constexpr detail::enum_row<workflow_record::order_state> detail::enum_names<workflow_record::order_state>[] = {
    {workflow_record::order_state::taken, "taken"}, {workflow_record::order_state::refused, "refused"},
    {workflow_record::order_state::accepted, "accepted"},
};

/// A workflow_record as bytes to be stored: at most two thousand, the same on every machine, with a checksum.
class workflow_bytes {
public:
    /// Writes the record.
    constexpr explicit workflow_bytes(workflow_record const& record) noexcept {
        buffer_writer out(bytes_);
        out.append(mark);
        detail::record_writer fields(out);
        visit(fields, record);
        out.append(detail::check_sum_of(out.written()).view());
        size_ = out.size();
    }

    /// The bytes. A view of this object.
    [[nodiscard]] constexpr std::span<char const> view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {bytes_, size_};
    }

    /// Reads bytes back.
    /// @return errc::job_record_outdated for bytes of another version of the library, for version 0.1 with a message that says
    ///         what is known of the order; errc::job_record_damaged for all other wrong bytes. `outcome` is the order's
    [[nodiscard]] static constexpr expected<workflow_record> parse(std::span<char const> bytes) noexcept {
        const std::string_view text(bytes.data(), bytes.size());
        if (text.starts_with(detail::former_mark)) {
            return unexpected(detail::refusal_of_former_record(text));
        }
        if (!text.starts_with(mark)) {
            return unexpected(
                text.starts_with(any_mark)
                    ? detail::refusal_of_record(errc::job_record_outdated,
                                                "the saved bytes are of another version of the library")
                    : detail::refusal_of_record(errc::job_record_damaged, "the saved bytes are not those of a job"));
        }
        workflow_record record;
        detail::record_reader fields(text.substr(mark.size()));
        visit(fields, record);
        // The reader accepts any bytes. But a job is written in only one way, so bytes that differ from the rewritten ones are
        // wrong.
        const workflow_bytes rewritten(record);
        if (!is_sound(record) || std::string_view(rewritten.bytes_, rewritten.size_) != text) {
            return unexpected(detail::refusal_of_record(errc::job_record_damaged, "the saved bytes are damaged"));
        }
        return record;
    }

private:
    static constexpr std::string_view any_mark = "zenwire job ";
    static constexpr std::string_view mark = "zenwire job 5\n";  // raise it when visit() changes; version 0.1 had 3
    static constexpr std::size_t check_size = 8;
    // visit() has at most 42 numbers beside the orders; a test writes the longest record
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

    /// Whether a job may have the values that are not free: enumerators, and what belongs together.
    static constexpr bool is_sound(workflow_record const& record) noexcept {
        const bool is_idle = record.before.change == observed_package::change_state::idle;
        return record.what <= workflow_record::goal::cancel && record.order <= workflow_record::order_state::accepted &&
               record.before.change <= observed_package::change_state::planned &&
               is_idle != record.before.next.has_value() && record.signed_at.is_valid() &&
               (!record.ledger || record.ledger->orders.size() <= detail::known_orders::capacity + 1) &&
               detail::find_flaw_of_id(record.instance_id) == nullptr;
    }

    char bytes_[mark.size() + limits::word + endpoint_name::capacity() + account_fingerprint::capacity() +
                limits::instance_id + limits::order_number + limits::api_code + 2 * detail::decimal_size +
                8 * max_numbers + check_size]{};
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
