// SPDX-License-Identifier: BSL-1.0
// Made of include/zenwire/doctest.hpp by single_include/amalgamate.py. Do not edit: change the headers under include/.
#include <zenwire/zenwire.hpp>
// ---- zenwire/doctest.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_DOCTEST_HPP
#define ZENWIRE_DOCTEST_HPP

/// @file
/// Lets doctest show values of this library: `api_error` in place of 19, and errors in place of `{?}`. It includes
/// zenwire/ostream.hpp, and adds a toString() for each enumeration, without which doctest shows numbers. GoogleTest and Catch2
/// need zenwire/ostream.hpp only. Opt-in: include it in all files of a test program, or in none.

#ifndef DOCTEST_LIBRARY_INCLUDED
#include <doctest/doctest.h>
#endif

// ---- zenwire/client/instance_pager.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_INSTANCE_PAGER_HPP
#define ZENWIRE_CLIENT_INSTANCE_PAGER_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>


namespace ZENWIRE_NAMESPACE {

/// The options of an instance_pager. A *walk* reads all pages of the list once.
struct instance_pager_options {
    /// Instances in a page, 1 to 1000.
    std::int64_t page_size = describe_instances::max_page_size;
    /// Whether a list of several pages is walked again until a walk finds nothing new, so at least twice. Otherwise the pager stops
    /// after a walk in which the total count did not change; but when one instance was removed and another one added between two
    /// pages, a third one may have been missed.
    bool is_thorough = true;
    /// The most walks, when the list keeps changing.
    std::uint32_t max_walks = 5;
    /// The most pages of a walk. A list with more pages, or that claims to have more, is an error.
    std::uint32_t max_pages = 10'000;
};

/// What the owner of an instance_pager has to do next.
struct pager_step {
    /// The kinds of steps.
    enum class kind : unsigned char {
        send,      ///< send instance_pager::request(), then call receive() or send_failed()
        wait_for,  ///< let `wait` pass, then call next()
        page,      ///< take what is new by instance_pager::for_each_new(), then call next()
        done,      ///< instance_pager::result() is there
    };
    /// Which one it is.
    kind what;
    /// only for `wait_for`
    milliseconds wait{};

    /// Whether both are the same step.
    [[nodiscard]] friend constexpr bool operator==(pager_step const&, pager_step const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<pager_step::kind> detail::enum_names<pager_step::kind>[] = {
    {pager_step::kind::send, "send"},
    {pager_step::kind::wait_for, "wait_for"},
    {pager_step::kind::page, "page"},
    {pager_step::kind::done, "done"},
};

/// How an instance_pager ended.
struct instance_walk {
    /// how many instances were found
    std::size_t count = 0;
    /// how often the list was walked
    std::uint32_t walks = 0;
    /// Whether the list did not change during the last walk: then every instance that existed during all walks was found; for a
    /// list of several pages that is certain only with instance_pager_options::is_thorough.
    bool is_complete = false;
};

/// All instances that fit a filter, page by page, each once, without I/O: drive it from any event loop.
///
/// The API has pages by number only, so instances that are added or removed shift others from page to page. The pager remembers
/// the ids that it found, and walks again until a walk finds nothing new, the total count did not change, no id came twice, and
/// there were as many as counted. An instance that was found may be gone by then. It ends with errc::out_of_memory when there is
/// no memory for a page or an id, and with an error when the server's pages do not end: errc::response_too_large for more than
/// instance_pager_options::max_pages, errc::malformed_response for three pages in a row without a new instance.
///
/// Uses the heap, for a page and for all ids. Refers to the client and to the filter's texts, which must outlive it. Not part of
/// zenwire.hpp, because it needs std::map.
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
template <credential Credential, class Action = describe_instances>
class instance_pager {
public:
    /// @param filter its page number and size are ignored
    instance_pager(client<Credential> const& client ZENWIRE_LIFETIMEBOUND, Action const& filter,
                   instance_pager_options const& options = {}) noexcept
        : client_(&client), filter_(filter), options_(options) {}
    instance_pager(client<Credential> const&&, Action const&,  // the client must outlive the pager: give it a name
                   instance_pager_options const& = {}) = delete;

    /// To be called at the beginning, after each wait and after each page.
    pager_step next(unix_seconds now) noexcept;

    /// The request to send, in a step `send`. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND {
        return exchange_ ? exchange_->request() : request_view{};
    }

    /// Takes the response. Its memory is not needed afterwards.
    /// @param jitter 32 random bits, see retry_wait()
    pager_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        return step_.what == pager_step::kind::send ? follow(exchange_->receive(response, now, jitter), now) : step_;
    }

    /// To be called when there will be no response.
    /// @param jitter 32 random bits, see retry_wait()
    pager_step send_failed(transport_error const& failure, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        return step_.what == pager_step::kind::send ? follow(exchange_->send_failed(failure, jitter), now) : step_;
    }

    /// Calls `on_instance(Action::instance const&)` for each instance of the page that was not handed out before, in a step `page`.
    /// Their texts and lists live until next().
    template <class OnInstance>
    void for_each_new(OnInstance&& on_instance) const {
        for (instance const* const each : new_) {
            on_instance(*each);
        }
    }

    /// The current step.
    [[nodiscard]] pager_step step() const noexcept { return step_; }

    /// How it ended; what send_action() returns for a page that could not be read.
    [[nodiscard]] expected<instance_walk> const& result() const noexcept ZENWIRE_LIFETIMEBOUND { return result_; }

private:
    using instance = typename Action::instance;
    using page_action = owning<Action>;

    pager_step ask(unix_seconds now) noexcept;

    pager_step follow(exchange_step inner, unix_seconds now) noexcept;

    static constexpr refusal too_many_pages =
        error::make(errc::response_too_large, blame::remote,
                    "the list has more pages than instance_pager_options::max_pages", "totalCount");
    static constexpr refusal pages_repeat =
        error::make(errc::malformed_response, blame::remote, "the pages of the list repeat, and do not end", "pageNum");

    /// Checks that the walk will end. Returns what is wrong with the server's pages, or null.
    [[nodiscard]] refusal const* check_progress() noexcept;

    pager_step end_with(error failure) noexcept;

    /// Takes note of the ids on a page.
    /// @return whether there was memory for them
    bool remember_page() noexcept;

    /// What remember_page() does, and whether this was the last page. May throw.
    void look_at_page();

    /// Begins the next page or the next walk, or ends.
    pager_step turn(unix_seconds now) noexcept;

    client<Credential> const* client_;
    Action filter_;
    instance_pager_options options_;
    // a pager begins as if a wait were over
    pager_step step_{pager_step::kind::wait_for};
    std::optional<request_exchange<page_action, Credential>> exchange_{};
    std::optional<typename page_action::response> page_read_{};
    std::vector<instance const*> new_{};                           ///< of this page, not handed out before
    std::map<std::string, std::uint32_t, std::less<>> seen_in_{};  ///< each id, and the last walk that found it
    std::optional<std::int64_t> total_{};                          ///< the total count that the last page reported
    std::int64_t page_ = 1;
    std::uint32_t walk_ = 1;
    std::uint32_t repeats_ = 0;  ///< how many pages in a row had no id that is new in this walk
    bool is_progress_ = false;   ///< whether this page had one
    std::size_t count_of_walk_ = 0;
    bool list_is_unchanged_ = true;
    bool is_last_page_ = false;
    expected<instance_walk> result_ = refuse(errc::not_sent, blame::local, "the walk is not done");
};

/// Calls `on_instance(Action::instance const&)` for all instances that fit a filter, each once: drives an instance_pager with a
/// transport and a runtime. Blocks as long as transport and waits take.
/// @return how it ended; what send_action() returns for a page that could not be read
template <credential Credential, class Action = describe_instances, transport Transport, runtime Runtime,
          class OnInstance>
[[nodiscard]] expected<instance_walk> walk_instances(client<Credential> const& client, Action const& filter,
                                                     Transport&& transport, Runtime&& runtime, OnInstance&& on_instance,
                                                     instance_pager_options const& options = {}) {
    instance_pager pager(client, filter, options);
    pager_step step = pager.next(runtime.now());
    while (step.what != pager_step::kind::done) {
        if (step.what == pager_step::kind::wait_for) {
            runtime.sleep_for(step.wait);
            step = pager.next(runtime.now());
        } else if (step.what == pager_step::kind::page) {
            pager.for_each_new(on_instance);
            step = pager.next(runtime.now());
        } else if (const auto response = transport(pager.request())) {
            step = pager.receive(response_adapter(*response).view(), runtime.now(), runtime.jitter());
        } else {
            step = pager.send_failed(response.error(), runtime.now(), runtime.jitter());
        }
    }
    return pager.result();
}

/// Does not compile: says why a transport or a runtime does not meet its concept.
template <class Client, class Action, class Transport, class Runtime, class... More>
    requires detail::needs_explanation<Transport, Runtime>
expected<instance_walk> walk_instances(Client const&, Action const&, Transport&&, Runtime&&, More&&...) {
    detail::explain<Transport, Runtime>();
    return unexpected(error());
}

template <credential Credential, class Action>
pager_step instance_pager<Credential, Action>::next(unix_seconds now) noexcept {
    switch (step_.what) {
    case pager_step::kind::wait_for: return exchange_ ? follow(exchange_->next(now), now) : ask(now);
    case pager_step::kind::page: return turn(now);
    default: return step_;
    }
}

template <credential Credential, class Action>
pager_step instance_pager<Credential, Action>::ask(unix_seconds now) noexcept {
    filter_.page_num = page_;
    filter_.page_size = options_.page_size;
    exchange_.emplace(*client_, page_action{filter_});
    return follow(exchange_->next(now), now);
}

template <credential Credential, class Action>
pager_step instance_pager<Credential, Action>::follow(exchange_step inner, unix_seconds now) noexcept {
    switch (inner.what) {
    case exchange_step::kind::send: return step_ = {pager_step::kind::send};
    case exchange_step::kind::wait_for: return step_ = {pager_step::kind::wait_for, inner.wait};
    case exchange_step::kind::done: break;
    }
    if (!exchange_->result()) {
        return end_with(exchange_->result().error());
    }
    page_read_.emplace(*std::move(*exchange_).result());
    if (!remember_page()) {
        return end_with(error::make(errc::out_of_memory, blame::local, "there is no memory for the ids of a page"));
    }
    if (refusal const* const flaw = check_progress(); flaw != nullptr) {
        return end_with(*flaw);
    }
    return new_.empty() ? turn(now) : step_ = {pager_step::kind::page};
}

template <credential Credential, class Action>
refusal const* instance_pager<Credential, Action>::check_progress() noexcept {
    // a list that grows at its beginning repeats a page, but not again and again
    constexpr std::uint32_t max_repeats = 3;
    repeats_ = is_progress_ ? 0 : repeats_ + 1;
    const std::int64_t page_size = options_.page_size < 1 ? 1 : options_.page_size;
    const std::int64_t pages_told = total_.value_or(0) / page_size;
    if (pages_told > options_.max_pages || (!is_last_page_ && page_ >= options_.max_pages)) {
        return &too_many_pages;
    }
    return !is_last_page_ && repeats_ >= max_repeats ? &pages_repeat : nullptr;
}

template <credential Credential, class Action>
pager_step instance_pager<Credential, Action>::end_with(error failure) noexcept {
    new_.clear();
    failure.reads_only = true;
    result_ = unexpected(failure);
    return step_ = {pager_step::kind::done};
}

template <credential Credential, class Action>
bool instance_pager<Credential, Action>::remember_page() noexcept {
#if defined(__cpp_exceptions)
    try {
        look_at_page();
    } catch (...) {
        new_.clear();
        return false;
    }
#else
    look_at_page();
#endif
    return true;
}

template <credential Credential, class Action>
void instance_pager<Credential, Action>::look_at_page() {
    typename Action::response const& page = **page_read_;
    is_progress_ = false;
    for (instance const& each : page.data_set) {
        const auto [place, is_new] = seen_in_.try_emplace(std::string(each.instance_id), walk_);
        is_progress_ = is_progress_ || is_new || place->second != walk_;
        if (is_new) {
            new_.push_back(&each);
            list_is_unchanged_ = list_is_unchanged_ && (walk_ == 1 || !options_.is_thorough);
        } else if (place->second == walk_) {
            list_is_unchanged_ = false;
        }
        place->second = walk_;
    }
    count_of_walk_ += page.data_set.size();
    list_is_unchanged_ = list_is_unchanged_ && (page_ == 1 || page.total_count == total_);
    total_ = page.total_count;
    const bool is_full = static_cast<std::int64_t>(page.data_set.size()) >= options_.page_size;
    const bool is_counted = total_ && page_ * options_.page_size >= *total_;
    is_last_page_ = page.data_set.size() == 0 || is_counted || (!total_ && !is_full);
}

template <credential Credential, class Action>
pager_step instance_pager<Credential, Action>::turn(unix_seconds now) noexcept {
    new_.clear();
    if (!is_last_page_) {
        ++page_;
        return ask(now);
    }
    const bool is_whole = list_is_unchanged_ && (!total_ || static_cast<std::int64_t>(count_of_walk_) == *total_);
    const bool needs_proof = options_.is_thorough && walk_ == 1 && page_ > 1;
    if ((is_whole && !needs_proof) || walk_ >= options_.max_walks) {
        page_read_.reset();
        result_ = instance_walk{seen_in_.size(), walk_, is_whole && !needs_proof};
        return step_ = {pager_step::kind::done};
    }
    ++walk_;
    page_ = 1;
    repeats_ = 0;
    count_of_walk_ = 0;
    list_is_unchanged_ = true;
    return ask(now);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/doctest.hpp, continued
// ---- zenwire/ostream.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_OSTREAM_HPP
#define ZENWIRE_OSTREAM_HPP

/// @file
/// Everything that is zenwire::printable can be written to streams: `std::cerr << result.error()`. doctest, GoogleTest and Catch2
/// use this operator, too. Opt-in: include it in all files of a test program in which such values are tested, or in none.

#include <ostream>

// ---- zenwire/protocol/printable.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_PRINTABLE_HPP
#define ZENWIRE_PROTOCOL_PRINTABLE_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

namespace detail {

/// How values of a type are printed: specialisations have `print_to(buffer_writer&, value)`, and `longest`, the most bytes it
/// writes.
template <class Value>
struct printer;

}  // namespace detail

/// A type that can be printed with `zenwire/ostream.hpp` or `zenwire/format.hpp`: enumerations (by the names of their enumerators),
/// words of the API, texts, sizes (`0.15 TB`), decimals, times (`2023-07-11T06:50:36Z`, `250 ms`), endpoints, errors (as
/// describe() does), and an `expected` with such an error. Secrets cannot be printed.
template <class Value>
concept printable = requires { detail::printer<Value>::longest; };

namespace detail {

/// The most characters of a whole number.
inline constexpr std::size_t longest_number = 20;

/// A whole number with its sign.
constexpr void write_number(buffer_writer& out, std::int64_t number) noexcept {
    if (number < 0) {
        out.append('-');
    }
    out.append_decimal(magnitude_of(number));
}

/// The most characters of a name in a table, and of a number.
template <class Table>
[[nodiscard]] constexpr std::size_t longest_in(Table const& table) noexcept {
    std::size_t longest = longest_number;
    for (auto const& row : table) {
        std::string_view name;
        if constexpr (requires { row.text; }) {
            name = row.text;
        } else {
            name = row.spelling;
        }
        longest = longest < name.size() ? name.size() : longest;
    }
    return longest;
}

/// The table of an enumeration: that of api_code is of another kind.
template <class Enum>
inline constexpr auto const& names_of = enum_names<Enum>;
template <>
inline constexpr auto const& names_of<api_code> = api_codes;

/// The name of the enumerator; for a value without a name its number.
template <class Enum>
    requires(named_enum<Enum> || std::is_same_v<Enum, api_code>)
struct printer<Enum> {
    static constexpr std::size_t longest = longest_in(names_of<Enum>);
    static constexpr void print_to(buffer_writer& out, Enum value) noexcept {
        const std::string_view name = to_string(value);
        if (name.empty()) {
            out.append_decimal(static_cast<std::uint64_t>(value));
        } else {
            out.append(name);
        }
    }
};

/// The text itself.
template <std::size_t Capacity>
struct printer<inline_string<Capacity>> {
    static constexpr std::size_t longest = Capacity;
    static constexpr void print_to(buffer_writer& out, inline_string<Capacity> const& text) noexcept {
        out.append(text.view());
    }
};

/// The word as the API writes it.
template <class Words>
struct printer<open_enum<Words>> {
    static constexpr std::size_t longest_known = longest_in(Words::table);
    static constexpr std::size_t longest = limits::word < longest_known ? longest_known : limits::word;
    static constexpr void print_to(buffer_writer& out, open_enum<Words> const& word) noexcept {
        out.append(word.text().empty() ? std::string_view("unknown") : word.text());
    }
};

/// Without an exponent.
template <>
struct printer<decimal> {
    static constexpr std::size_t longest = decimal::max_digits + 3;  // a sign, a zero, a point
    static constexpr void print_to(buffer_writer& out, decimal number) noexcept { number.write_to(out); }
};

/// `250 ms`
template <>
struct printer<milliseconds> {
    static constexpr std::size_t longest = longest_number + 3;
    static constexpr void print_to(buffer_writer& out, milliseconds time) noexcept {
        write_number(out, time.count());
        out.append(std::string_view(" ms"));
    }
};

/// `2023-07-11T06:50:36Z`; outside of the years 1970 to 9999 `-1 s since 1970`.
template <>
struct printer<unix_seconds> {
    static constexpr std::string_view unit = " s since 1970";
    static constexpr std::size_t longest = longest_number + unit.size();
    static constexpr void print_to(buffer_writer& out, unix_seconds time) noexcept {
        if (time.is_valid()) {
            utc_time(time).write_to(out);
        } else {
            write_number(out, time.count());
            out.append(unit);
        }
    }
};

/// Like unix_seconds.
template <>
struct printer<utc_time> {
    static constexpr std::size_t longest = printer<unix_seconds>::longest;
    static constexpr void print_to(buffer_writer& out, utc_time time) noexcept {
        printer<unix_seconds>::print_to(out, time.seconds());
    }
};

/// `0.15 TB`
template <>
struct printer<traffic_package_size> {
    static constexpr std::string_view unit = " TB";
    static constexpr std::size_t longest = longest_number + unit.size();  // the digits of its count, and a point
    static constexpr void print_to(buffer_writer& out, traffic_package_size size) noexcept {
        size.write_to(out);
        out.append(unit);
    }
};

/// `https://console.zenlayer.com`
template <>
struct printer<endpoint> {
    static constexpr std::size_t longest = std::string_view("https://").size() + limits::authority;
    static constexpr void print_to(buffer_writer& out, endpoint const& place) noexcept {
        out.append(place.scheme_text()).append(std::string_view("://")).append(place.authority());
    }
};

/// What describe() says.
template <>
struct printer<error> {
    static constexpr std::size_t longest = error_description::capacity();
    static constexpr void print_to(buffer_writer& out, error const& failure) noexcept {
        out.append(describe(failure).view());
    }
};

/// Like the error that it is converted to.
template <>
struct printer<refusal> : printer<error> {};

/// The value, or `success` when it cannot be printed; after a failure `error: ` and the error.
template <class T, class Error>
    requires printable<Error>
struct printer<expected<T, Error>> {
    static constexpr std::string_view failure_prefix = "error: ";
    static constexpr std::string_view success = "success";
    static constexpr std::size_t longest_failure = failure_prefix.size() + printer<Error>::longest;
    static constexpr std::size_t longest = [] {
        if constexpr (printable<T>) {
            return printer<T>::longest < longest_failure ? longest_failure : printer<T>::longest;
        } else {
            return longest_failure;
        }
    }();
    static constexpr void print_to(buffer_writer& out, expected<T, Error> const& result) noexcept {
        if (!result) {
            out.append(failure_prefix);
            printer<Error>::print_to(out, result.error());
        } else if constexpr (printable<T>) {
            printer<T>::print_to(out, *result);
        } else {
            out.append(success);
        }
    }
};

/// Holds the text of a value.
template <printable Value>
class printed {
public:
    constexpr explicit printed(Value const& value) noexcept {
        buffer_writer out(memory_);
        printer<Value>::print_to(out, value);
        size_ = out.size();
    }
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {memory_, size_}; }

private:
    char memory_[printer<Value>::longest]{};
    std::size_t size_ = 0;
};

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/ostream.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// Writes a value as `printable` says. Uses width and fill of the stream.
template <printable Value>
std::ostream& operator<<(std::ostream& out, Value const& value) {
    return out << detail::printed<Value>(value).view();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/doctest.hpp, continued
// ---- zenwire/testing/faults.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAULTS_HPP
#define ZENWIRE_TESTING_FAULTS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// ---- zenwire/testing/fake_records.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_RECORDS_HPP
#define ZENWIRE_TESTING_FAKE_RECORDS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>


/// @file
/// The data of a fake_cloud: its settings, instances, orders, bookings and responses.

namespace ZENWIRE_NAMESPACE {

/// One check of ModifyInstanceTrafficPackage.
enum class fake_check : unsigned char {
    instance,     ///< the instance exists
    status,       ///< it is running or stopped
    charge_type,  ///< it is billed by traffic package
    package,      ///< it has a traffic package
    processing,   ///< no change is under way
    plan,         ///< no downgrade is planned
    step,         ///< the size is a multiple of the service's step
    minimum,      ///< the size is not below the default package
    maximum,      ///< the size is not above the largest package
};

template <>
inline constexpr detail::enum_row<fake_check> detail::enum_names<fake_check>[] = {
    {fake_check::instance, "instance"},
    {fake_check::status, "status"},
    {fake_check::charge_type, "charge_type"},
    {fake_check::package, "package"},
    {fake_check::processing, "processing"},
    {fake_check::plan, "plan"},
    {fake_check::step, "step"},
    {fake_check::minimum, "minimum"},
    {fake_check::maximum, "maximum"},
};

/// The behaviour of a fake_cloud that is not documented.
struct fake_cloud_settings {
    /// How long a change of a package is `Processing`; with 0 it is effective at once.
    std::int64_t processing_seconds = 10;
    /// The price of an upgrade for one TB, in hundredths of the currency. Fractions are rounded up.
    std::int64_t price_cents_per_terabyte = 8000;
    /// The price of one Mbps beyond the free bandwidth, in hundredths of the currency.
    std::int64_t price_cents_per_mbps = 132;
    /// The percentage of a price that is to be paid; 100 is no discount. The result is rounded up, too.
    std::int64_t percent_to_pay = 100;
    /// The code of the refusal, with status 403, of an upgrade for which the balance is too small. None is documented.
    std::string insufficient_balance_code = "OPERATION_FAILED_INSUFFICIENT_BALANCE";
    /// When a billing cycle began: 2023-01-01T00:00:00Z. Planned downgrades take effect when a cycle begins.
    std::int64_t cycle_begin = 1'672'531'200;
    std::int64_t cycle_seconds = 2'592'000;  ///< how long a billing cycle is, not 0: 30 days
    /// Whether an order for the size that the instance already has is an order like any other, at the price of the whole package.
    /// Not documented. A cloud that does not charge takes it for a repetition that changes nothing, and so hides from a
    /// test that its client ordered twice.
    bool charges_for_same_size = true;
    std::int64_t status_lag_seconds = 0;  ///< by how many seconds the internet status lags behind
    std::int64_t list_lag_seconds = 0;    ///< by how many seconds the list of instances lags behind
    /// By how many seconds bills and transactions lag behind the account's balance. Not documented.
    std::int64_t ledger_lag_seconds = 0;
    /// Whether these lists begin with the newest entry, so that new entries shift the old ones. Not documented.
    bool ledger_begins_with_newest = true;
    /// Whether signatures over values as they were sent are accepted too, besides those over values in lower case. The
    /// documentation wants lower case; the official SDKs sign `host` and `content-type` as given. What the service
    /// accepts is not known.
    bool accepts_letters_as_sent = false;
    /// By how many seconds the `date` of responses is wrong: ahead when positive.
    std::int64_t date_offset_seconds = 0;
    bool sends_date = true;           ///< whether responses have a `date`
    bool shows_modified_size = true;  ///< whether the internet status repeats the target of a change that is done
    /// The order of the checks. A check that is left out is not made; the balance comes last in any case.
    std::vector<fake_check> checks = {fake_check::instance, fake_check::status,     fake_check::charge_type,
                                      fake_check::package,  fake_check::processing, fake_check::plan,
                                      fake_check::step,     fake_check::minimum,    fake_check::maximum};
};

namespace detail {

/// A change that is under way.
template <class Value>
struct fake_change_to {
    Value target;          ///< what it leads to
    unix_seconds done_at;  ///< when that takes effect
};

}  // namespace detail

/// A change of a traffic package that is under way.
using fake_change = detail::fake_change_to<traffic_package_size>;

/// A tag of a fake_instance.
struct fake_tag {
    std::string key;    ///< 1 to 128 characters
    std::string value;  ///< 1 to 128 characters
};

/// An instance in a fake_cloud. By default it is running, prepaid, and billed by a traffic package of 1 TB.
struct fake_instance {
    std::string id{};                                   ///< its id, unique within a service
    std::string service = "bmc";                        ///< the name of the service that it belongs to: `bmc` or `vm`
    instance_status status = instance_status::running;  ///< its status
    instance_charge_type charge_type = instance_charge_type::prepaid;  ///< how it is billed
    /// how its network is billed
    zenwire::internet_charge_type internet_charge_type = zenwire::internet_charge_type::by_traffic_package;
    /// The current package; nothing when the instance has none.
    std::optional<traffic_package_size> size = *traffic_package_size::from_terabytes(1);
    traffic_package_size default_size{};  ///< the smallest package
    /// The largest package. No figure is documented.
    traffic_package_size maximum_size = *traffic_package_size::from_terabytes(1000);
    std::optional<fake_change> running_change{};  ///< the change that is under way
    /// The size that a downgrade leads to in the next billing cycle.
    std::optional<traffic_package_size> planned_size{};
    /// The size that the last change led to; nothing before the first change, and after a planned one was cancelled.
    std::optional<traffic_package_size> modified_size{};
    /// Whether packages of this instance are sold. Only the inquiry of a price checks it.
    bool is_for_sale = true;

    std::string name = "TEST";                          ///< the name that its owner gave it
    std::string hostname = "M7D-HKG-A-01";              ///< its host name
    std::string zone_id = "HKG-A";                      ///< where it is
    std::string instance_type_id = "M7D";               ///< its model
    std::string image_id = "imageId";                   ///< its image
    std::string resource_group_id = "resourceGroupId";  ///< the group that it belongs to
    std::int64_t bandwidth = 100;                       ///< in Mbps
    std::int64_t default_bandwidth = 100;               ///< in Mbps: the free bandwidth
    std::int64_t maximum_bandwidth = 10'000;            ///< in Mbps: the largest bandwidth
    /// The change of the bandwidth that is under way.
    std::optional<detail::fake_change_to<std::int64_t>> running_bandwidth_change{};
    /// The bandwidth that a downgrade leads to in the next billing cycle.
    std::optional<std::int64_t> planned_bandwidth{};
    /// The bandwidth that the last change led to; nothing before the first change, and after a planned one was cancelled.
    std::optional<std::int64_t> modified_bandwidth{};
    std::vector<std::string> subnet_ids{};            ///< the subnets that it is in
    std::vector<std::string> public_ip_addresses{};   ///< its public addresses, IPv4; the first is the primary one
    std::vector<std::string> private_ip_addresses{};  ///< its private addresses, IPv4
    std::vector<fake_tag> tags{};                     ///< its tags
};

/// What a fake_cloud sells in a zone.
struct fake_resource {
    std::string zone_id = "HKG-A";                                              ///< where it is
    std::string instance_type_id = "M7D";                                       ///< the model
    zenwire::instance_charge_type charge_type = instance_charge_type::prepaid;  ///< how it is billed
    zenwire::sell_status sell_status = zenwire::sell_status::sell;              ///< whether it can be bought
    /// how its network may be billed
    std::vector<internet_charge_type> internet_charge_types = {internet_charge_type::by_traffic_package};
    std::int64_t maximum_bandwidth = 10'000;  ///< in Mbps
    std::int64_t default_bandwidth = 100;     ///< in Mbps
    /// the smallest package of such an instance, as in the documents' example. A fake_instance has its own.
    traffic_package_size default_size = *traffic_package_size::from_terabytes(5);
    std::int64_t quantity = 11;  ///< how many there are
};

/// The state of an instance's package from some moment on, until the next one of its history.
struct fake_package_state {
    /// The present state of an instance.
    fake_package_state(unix_seconds from, fake_instance const& instance)
        : since(from), size(instance.size), running_change(instance.running_change),
          planned_size(instance.planned_size), modified_size(instance.modified_size) {}

    unix_seconds since;                                 ///< when it began
    std::optional<traffic_package_size> size;           ///< as fake_instance::size
    std::optional<fake_change> running_change;          ///< as fake_instance::running_change
    std::optional<traffic_package_size> planned_size;   ///< as fake_instance::planned_size
    std::optional<traffic_package_size> modified_size;  ///< as fake_instance::modified_size

    /// Whether no change is under way or planned.
    [[nodiscard]] bool is_idle() const noexcept { return !running_change && !planned_size; }
    /// Whether a client would see the same in both states. Their times are not compared.
    [[nodiscard]] bool shows_as(fake_package_state const& other) const noexcept {
        return size == other.size && running_change.has_value() == other.running_change.has_value() &&
               (!running_change || running_change->target == other.running_change->target) &&
               planned_size == other.planned_size && modified_size == other.modified_size;
    }
};

/// An order that was placed in a fake_cloud.
struct fake_order {
    std::string number;                        ///< 13 digits
    std::string instance_id;                   ///< the instance that it is for
    std::optional<traffic_package_size> size;  ///< the size that was ordered; nothing in an order for a bandwidth
    /// what was taken from the balance, in hundredths of the currency; 0 for a downgrade
    std::int64_t paid_cents = 0;
    unix_seconds placed_at{};                 ///< when it was placed
    bool is_cancelled = false;                ///< a downgrade that was taken back before it took effect
    std::optional<std::int64_t> bandwidth{};  ///< the bandwidth that was ordered, in Mbps
};

/// A request to a fake_cloud to change a package or bandwidth, or to cancel such a change, and its fate. Requests that were
/// `not_sent` are not listed.
struct fake_order_request {
    /// What became of it.
    enum class fate : unsigned char {
        lost,          ///< it never arrives
        on_its_way,    ///< it has not arrived yet
        refused,       ///< it arrived, and the cloud refused it at once
        too_late,      ///< it arrived with a delay, and its signature had expired
        refused_late,  ///< it arrived with a delay and was refused, but might have been executed at another moment
        executed,      ///< it was executed: at least one copy of it
    };
    std::string action;                        ///< `x-zc-action`
    unix_seconds sent_at{};                    ///< when the client sent it
    std::optional<unix_seconds> arrived_at{};  ///< when it arrived first
    fate what = fate::lost;                    ///< what became of it

    /// Whether it may cost money: it was executed, could have been, or still can be.
    [[nodiscard]] constexpr bool may_cost() const noexcept {
        return what == fate::executed || what == fate::refused_late || what == fate::on_its_way;
    }
};

template <>
inline constexpr detail::enum_row<fake_order_request::fate> detail::enum_names<fake_order_request::fate>[] = {
    {fake_order_request::fate::lost, "lost"},
    {fake_order_request::fate::on_its_way, "on_its_way"},
    {fake_order_request::fate::refused, "refused"},
    {fake_order_request::fate::too_late, "too_late"},
    {fake_order_request::fate::refused_late, "refused_late"},
    {fake_order_request::fate::executed, "executed"},
};

/// A transaction of a fake_cloud's account. All that the billing service reports, balance, transactions and bills, is
/// made from these.
struct fake_booking {
    std::string order_number{};       ///< the order that was paid; empty for a transaction without one
    std::string resource_id{};        ///< the instance
    std::string_view product{};       ///< the name of the product: the service in words
    std::string_view item{};          ///< what was bought
    std::string label{};              ///< the name of the instance
    std::string location{};           ///< where it is
    std::string resource_group_id{};  ///< the group that it belongs to
    std::int64_t cents = 0;           ///< in hundredths of the currency; negative: it was spent
    std::int64_t balance_cents = 0;   ///< the balance after it
    unix_seconds at{};                ///< when
    unix_seconds ends_at{};           ///< the end of the period that was paid for
};

/// A header field that owns its text.
struct fake_field {
    std::string name;   ///< in any letter case
    std::string value;  ///< without spaces around it
};

/// A response that owns its text: what fake_cloud returns, and what a test may tell it to return.
struct fake_response {
    int status = 200;                  ///< the HTTP status
    std::string body{};                ///< the body
    std::vector<fake_field> fields{};  ///< the header fields, in order
    /// How many bytes of the body do not arrive, although `content-length` counts them.
    std::size_t missing_size = 0;
};

namespace detail {

/// A copy of a request that outlives the request's memory.
class owned_request {
public:
    explicit owned_request(request_view const& request)
        : method_(request.method), scheme_(request.scheme), authority_(request.authority), target_(request.target),
          body_(request.body) {
        for (const field each : request.fields) {
            fields_.push_back({std::string(each.name), std::string(each.value)});
        }
    }

    /// Calls the function with a request_view of the copy.
    template <class Function>
    decltype(auto) visit(Function&& function) const {
        std::vector<field> fields;
        for (fake_field const& each : fields_) {
            fields.push_back({each.name, each.value});
        }
        request_view view{};
        view.method = method_;
        view.scheme = scheme_;
        view.authority = authority_;
        view.target = target_;
        view.fields = field_list(std::span<field const>(fields));
        view.body = body_;
        return function(std::as_const(view));
    }

private:
    std::string method_;
    std::string scheme_;
    std::string authority_;
    std::string target_;
    std::string body_;
    std::vector<fake_field> fields_;
};

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/testing/faults.hpp, continued

/// @file
/// What can go wrong with a request to a fake_cloud, by a script or at random. A new kind of fault is an enumerator and
/// a name here, and its effect in fake_cloud::operator() or fake_cloud::respond_with(); to occur at random, too, it
/// needs an enumerator of detail::chance, on the right side of `redirect`, and a case in random_faults::next().

namespace ZENWIRE_NAMESPACE {

/// What somebody else does with an instance of a fake_cloud: a colleague, another program, Zenlayer's support.
struct fake_act {
    /// The kinds of acts.
    enum class kind : unsigned char {
        order,  ///< orders `size`: an upgrade begins, or a downgrade is planned; nothing happens if the cloud would refuse that
        cancel,  ///< cancels the planned downgrade
        put,     ///< `size` is in force at once, and nothing is under way or planned
    };
    /// Which one it is.
    kind what = kind::order;
    /// The instance; all instances of the cloud when it is empty.
    std::string instance_id{};
    /// Not for `cancel`.
    traffic_package_size size{};
};

template <>
inline constexpr detail::enum_row<fake_act::kind> detail::enum_names<fake_act::kind>[] = {
    {fake_act::kind::order, "order"},
    {fake_act::kind::cancel, "cancel"},
    {fake_act::kind::put, "put"},
};

/// How a response of a fake_cloud may differ from the current documentation, and still must be understood.
enum class response_variant : unsigned char {
    numbers_as_strings,  ///< `"100"`, as in documented examples
    unknown_members,     ///< each object has one more member
    old_spellings,       ///< `FILED` for `FAILED`, `CHANGING` for `Processing`
};

template <>
inline constexpr detail::enum_row<response_variant> detail::enum_names<response_variant>[] = {
    {response_variant::numbers_as_strings, "numbers_as_strings"},
    {response_variant::unknown_members, "unknown_members"},
    {response_variant::old_spellings, "old_spellings"},
};

/// What goes wrong with one request to a fake_cloud.
struct scripted_fault {
    /// The kinds of faults.
    enum class kind : unsigned char {
        none,           ///< nothing: the cloud responds as usual
        not_sent,       ///< no connection: the request is not sent, and the transport knows it
        request_lost,   ///< the request never arrives, but the transport does not know that
        response_lost,  ///< the cloud carries the request out, but its response never arrives
        late,           ///< no response comes, and the request arrives only when `seconds` have passed
        twice,          ///< the cloud responds as usual, and the request arrives again when `seconds` have passed
        cut,            ///< of the response's body only the first `size` bytes arrive
        slow,           ///< the request is carried out at once, but its response comes when `seconds` have passed
        varied,         ///< the response is written in another way: `variant`
        canned,         ///< something before the cloud responds with `response`; the request is not carried out
        masked,         ///< the cloud carries the request out, but something before it responds with `response`
        acted,          ///< somebody else does `act` before the request arrives
        lagging,        ///< the response shows the instances as they were `seconds` before
        misdated,       ///< the `date` of the response is wrong by `seconds`: ahead when positive
        undated,        ///< the response has no `date`
        foreign,        ///< the response is about another instance
        empty,          ///< the response is well-formed and says nothing: `{}`
    };

    /// Which one it is.
    kind what = kind::none;
    /// only for `canned` and `masked`
    fake_response response{};
    /// only for `late`, `twice`, `slow`, `lagging` and `misdated`
    std::int64_t seconds = 0;
    /// only for `cut`
    std::size_t size = 0;
    /// only for `varied`
    response_variant variant{};
    /// only for `acted`
    fake_act act{};

    /// Something before the cloud responds.
    [[nodiscard]] static scripted_fault canned(fake_response response) { return {kind::canned, std::move(response)}; }
    /// The cloud carries it out, something before it responds.
    [[nodiscard]] static scripted_fault masked(fake_response response) { return {kind::masked, std::move(response)}; }
    /// The request arrives so many seconds later, and nobody responds.
    [[nodiscard]] static scripted_fault late(std::int64_t seconds) { return {kind::late, {}, seconds}; }
    /// The request arrives again so many seconds later.
    [[nodiscard]] static scripted_fault twice(std::int64_t seconds) { return {kind::twice, {}, seconds}; }
    /// The response comes so many seconds later.
    [[nodiscard]] static scripted_fault slow(std::int64_t seconds) { return {kind::slow, {}, seconds}; }
    /// Only so many bytes of the response arrive.
    [[nodiscard]] static scripted_fault cut(std::size_t size) { return {.what = kind::cut, .size = size}; }
    /// Somebody else does something before the request arrives.
    [[nodiscard]] static scripted_fault acted(fake_act act) { return {.what = kind::acted, .act = std::move(act)}; }
    /// The response shows the instances as they were so many seconds before.
    [[nodiscard]] static scripted_fault lagging(std::int64_t seconds) { return {kind::lagging, {}, seconds}; }
    /// The `date` of the response is wrong by so many seconds.
    [[nodiscard]] static scripted_fault misdated(std::int64_t seconds) { return {kind::misdated, {}, seconds}; }
    /// The response is written in another way.
    [[nodiscard]] static scripted_fault varied(response_variant how) { return {.what = kind::varied, .variant = how}; }
};

template <>
inline constexpr detail::enum_row<scripted_fault::kind> detail::enum_names<scripted_fault::kind>[] = {
    {scripted_fault::kind::none, "none"},
    {scripted_fault::kind::not_sent, "not_sent"},
    {scripted_fault::kind::request_lost, "request_lost"},
    {scripted_fault::kind::response_lost, "response_lost"},
    {scripted_fault::kind::late, "late"},
    {scripted_fault::kind::twice, "twice"},
    {scripted_fault::kind::cut, "cut"},
    {scripted_fault::kind::slow, "slow"},
    {scripted_fault::kind::varied, "varied"},
    {scripted_fault::kind::canned, "canned"},
    {scripted_fault::kind::masked, "masked"},
    {scripted_fault::kind::acted, "acted"},
    {scripted_fault::kind::lagging, "lagging"},
    {scripted_fault::kind::misdated, "misdated"},
    {scripted_fault::kind::undated, "undated"},
    {scripted_fault::kind::foreign, "foreign"},
    {scripted_fault::kind::empty, "empty"},
};

namespace detail {

/// An error that a fake_cloud is about to respond with.
struct fake_refusal {
    int status = 0;
    std::string code;
    std::string message;

    /// With the documented status and spelling.
    /// @param detail added to the code's meaning; may be empty
    [[nodiscard]] static fake_refusal of(api_code code, std::string_view detail = {}) {
        api_code_description const& row = description_of(code);
        std::string message(row.meaning);
        if (!detail.empty()) {
            message.append(": ").append(detail);
        }
        return {row.http_status == 0 ? 403 : row.http_status, std::string(row.spelling), std::move(message)};
    }
};

/// What an action does in a fake_cloud.
template <class Value>
using fake_outcome = expected<Value, fake_refusal>;

/// The outcome of an action that is refused.
[[nodiscard]] inline unexpected<fake_refusal> refuse(api_code code, std::string_view detail = {}) {
    return unexpected(fake_refusal::of(code, detail));
}

/// The text that `write_all` writes into a json_writer, of any size. `write_all` is called again with more memory if the first
/// was too little, so it must always write the same.
template <class Write>
[[nodiscard]] std::string json_text(Write const& write_all) {
    std::string text(1024, '\0');
    for (;;) {
        buffer_writer out(text);
        json_writer json(out);
        write_all(json);
        if (!out.overflowed()) {
            text.resize(out.size());
            return text;
        }
        text.resize(2 * text.size());
    }
}

/// An error in the form of the API.
[[nodiscard]] inline fake_response error_response(int status, std::string_view code, std::string_view message,
                                                  std::string_view request_id) {
    std::string body = json_text([&](json_writer& json) noexcept {
        json.begin_object();
        json.name("requestId");
        json.string(request_id);
        json.name("code");
        json.string(code);
        json.name("message");
        json.string(message);
        json.end_object();
    });
    return {status, std::move(body), {{"content-type", "application/json"}}};
}

}  // namespace detail

/// Responses of a fake_cloud, or of something in front of it, that are no result. With success() for tests without a fake_cloud.
namespace fake_responses {

/// A success: status 200, and your JSON as the object `response`, for example `{"orderNumber":"1"}`, behind a
/// `requestId`. For scripted_fault::canned(), and for a transport of your own in a test: a lambda that returns it.
/// @param response an object; what it has is not checked
[[nodiscard]] inline fake_response success(std::string_view response) {
    std::string body = R"({"requestId":"T00000000-0000-4000-8000-000000000000","response":)";
    body.append(response).append("}");
    return {200, std::move(body), {{"content-type", "application/json"}}};
}

/// An error in the form of the API, with any status and code.
[[nodiscard]] inline fake_response refusal(int status, std::string_view code, std::string_view message = "refused") {
    return detail::error_response(status, code, message, "T00000000-0000-4000-8000-000000000000");
}

/// An error of the API, with the documented status of the code.
[[nodiscard]] inline fake_response api_error(api_code code) {
    const detail::fake_refusal known = detail::fake_refusal::of(code);
    return refusal(known.status, known.code, known.message);
}

/// An HTML page, as gateways send it.
[[nodiscard]] inline fake_response html(int status) {
    return {status, "<html><body>" + std::to_string(status) + "</body></html>", {{"content-type", "text/html"}}};
}

/// 429, with `retry-after` when it is given, in seconds.
[[nodiscard]] inline fake_response too_many_requests(std::optional<int> retry_after = std::nullopt) {
    fake_response response = api_error(api_code::request_limit_exceeded);
    if (retry_after) {
        response.fields.push_back({"retry-after", std::to_string(*retry_after)});
    }
    return response;
}

/// The challenge that Cloudflare sends to clients that it takes for robots.
[[nodiscard]] inline fake_response challenge() {
    fake_response response = html(403);
    response.fields.push_back({"cf-mitigated", "challenge"});
    return response;
}

/// A redirect, which no client of the API may follow.
[[nodiscard]] inline fake_response redirect(int status) {
    fake_response response = html(status);
    response.fields.push_back({"location", "https://elsewhere.invalid/api/v2/bmc"});
    return response;
}

}  // namespace fake_responses

namespace detail {

/// Random numbers for tests: the same seed gives the same numbers on every machine (splitmix64).
class random_sequence {
public:
    /// The sequence of a seed.
    constexpr explicit random_sequence(std::uint64_t seed) noexcept : state_(seed) {}

    /// 64 bits.
    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t bits = state_;
        bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
        bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
        return bits ^ (bits >> 31U);
    }
    /// From 0 to `bound` - 1; `bound` is not 0.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }
    /// From `first` to `last`.
    constexpr std::int64_t between(std::int64_t first, std::int64_t last) noexcept {
        return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
    }
    /// True in so many cases of a hundred.
    constexpr bool percent(std::uint64_t chance) noexcept { return below(100) < chance; }

private:
    std::uint64_t state_;
};

/// What random_faults chooses from; all are equally likely. The order counts: random_faults::range::network ends with
/// `redirect`, and the constructor of random_faults names the last enumerator.
// clang-format off
enum class chance : unsigned char {
    not_sent, request_lost, response_lost, late, late_again, twice, cut, slow, varied, limit, limit_with_wait,
    executed_and_broken, broken, challenge, legal_reasons, redirect,  // so far random_faults::range::network
    acted, lagging, misdated, undated, foreign, empty, executed_and_refused,
};
// clang-format on

}  // namespace detail

/// An endless script of faults for a fake_cloud: random numbers decide, from a seed.
class random_faults {
    using chance = detail::chance;

public:
    /// What may go wrong.
    enum class range : unsigned char {
        network,  ///< only what networks and gateways do: the cloud is honest and prompt, and the client is its only user
        everything,  ///< also other actors, responses that are late, wrong or about something else, and false refusals
    };

    /// @param percent how many requests of a hundred meet a fault
    constexpr explicit random_faults(std::uint64_t seed, unsigned percent = 30, range what = range::everything) noexcept
        : random_(seed), percent_(percent),
          chances_(1 + static_cast<std::uint64_t>(what == range::network ? chance::redirect
                                                                         : chance::executed_and_refused)) {}

    /// What happens to the next request.
    [[nodiscard]] scripted_fault next() {
        if (!random_.percent(percent_)) {
            return {};
        }
        switch (static_cast<chance>(random_.below(chances_))) {
        case chance::not_sent: return {scripted_fault::kind::not_sent};
        case chance::request_lost: return {scripted_fault::kind::request_lost};
        case chance::response_lost: return {scripted_fault::kind::response_lost};
        case chance::late:
        case chance::late_again: return scripted_fault::late(random_.between(0, longest_delay));
        case chance::twice: return scripted_fault::twice(random_.between(0, longest_delay));
        case chance::cut: return scripted_fault::cut(static_cast<std::uint32_t>(random_.below(200)));
        case chance::slow: return scripted_fault::slow(random_.between(0, longest_delay));
        case chance::varied: return scripted_fault::varied(static_cast<response_variant>(random_.below(3)));
        case chance::limit: return scripted_fault::canned(fake_responses::too_many_requests());
        case chance::limit_with_wait:
            return scripted_fault::canned(
                fake_responses::too_many_requests(static_cast<int>(random_.between(0, longest_retry_after))));
        case chance::executed_and_broken: return scripted_fault::masked(server_fault());
        case chance::broken: return scripted_fault::canned(server_fault());
        case chance::challenge: return scripted_fault::canned(fake_responses::challenge());
        case chance::legal_reasons: return scripted_fault::canned(fake_responses::html(451));
        case chance::redirect: return scripted_fault::canned(fake_responses::redirect(random_.percent(50) ? 302 : 307));
        case chance::acted: return scripted_fault::acted(act());
        case chance::lagging: return scripted_fault::lagging(random_.between(0, longest_lag));
        case chance::misdated: return scripted_fault::misdated(random_.between(-one_day, one_day));
        case chance::undated: return {scripted_fault::kind::undated};
        case chance::foreign: return {scripted_fault::kind::foreign};
        case chance::empty: return {scripted_fault::kind::empty};
        case chance::executed_and_refused: break;
        }
        return scripted_fault::masked(refusal());
    }

private:
    static constexpr std::int64_t longest_delay = 400;
    static constexpr std::int64_t longest_retry_after = 90;
    static constexpr std::int64_t longest_lag = 7200;
    static constexpr std::int64_t one_day = 86'400;

    fake_response server_fault() {
        switch (random_.below(5)) {
        case 0: return fake_responses::api_error(api_code::internal_server_error);
        case 1: return fake_responses::api_error(api_code::service_temporary_unavailable);
        case 2: return fake_responses::api_error(api_code::request_timed_out);
        case 3: return fake_responses::html(200);
        default: return fake_responses::html(502);
        }
    }

    /// What hides that a request was carried out, and looks like a refusal.
    fake_response refusal() {
        switch (random_.below(4)) {
        case 0: return fake_responses::html(403);
        case 1: return fake_responses::html(429);
        case 2: return fake_responses::too_many_requests();
        default: return fake_responses::refusal(403, "OPERATION_FAILED_FOR_NO_REASON");
        }
    }

    fake_act act() {
        constexpr std::int64_t max_twentieths = 800;
        const auto what = static_cast<fake_act::kind>(random_.below(3));
        const std::int64_t twentieths = random_.between(0, max_twentieths);
        return {
            what, {}, *traffic_package_size::from_units(twentieths * traffic_package_size::units_per_terabyte / 20)};
    }

    detail::random_sequence random_;
    unsigned percent_;
    std::uint64_t chances_;
};

template <>
inline constexpr detail::enum_row<random_faults::range> detail::enum_names<random_faults::range>[] = {
    {random_faults::range::network, "network"},
    {random_faults::range::everything, "everything"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/doctest.hpp, continued
// ---- zenwire/testing/transport_scenario.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_TRANSPORT_SCENARIO_HPP
#define ZENWIRE_TESTING_TRANSPORT_SCENARIO_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>


/// @file
/// The types of transport_conformance.hpp: the duties of a transport, how a server behaves in a scenario, and what happened.

namespace ZENWIRE_NAMESPACE {

/// The duties of a transport over which orders are sent.
enum class transport_duty : unsigned char {
    sends_as_signed,          ///< method, target, fields and body arrive as they were signed, each field once
    sends_once,               ///< a request is on the wire once, whatever becomes of its connection
    follows_no_redirect,      ///< a response that points elsewhere is returned, not followed
    bounds_time,              ///< it returns within the time that it was given, however slowly bytes arrive
    bounds_size,              ///< it stops reading a response that is larger than it was allowed
    verifies_certificate,     ///< nothing is sent to a server whose certificate is not right
    not_sent_only_when_sure,  ///< it says `not_sent` only when not one byte of the request can have been sent
    says_not_sent,            ///< it says `not_sent` when that is certain: no connection, no TLS session
    returns_the_response,     ///< it returns the whole response to this request, with status and fields
    takes_no_part_for_whole,  ///< it reports a response that breaks off as `unknown`
    tries_all_addresses,      ///< a dead address of a host does not use up the time for the others
    ends_nothing,             ///< it does not throw, and neither signals nor a closed connection end the program
};

template <>
inline constexpr detail::enum_row<transport_duty> detail::enum_names<transport_duty>[] = {
    {transport_duty::sends_as_signed, "sends_as_signed"}, {transport_duty::sends_once, "sends_once"},
    {transport_duty::follows_no_redirect, "follows_no_redirect"}, {transport_duty::bounds_time, "bounds_time"},
    {transport_duty::bounds_size, "bounds_size"}, {transport_duty::verifies_certificate, "verifies_certificate"},
    {transport_duty::not_sent_only_when_sure, "not_sent_only_when_sure"},
    {transport_duty::says_not_sent, "says_not_sent"}, {transport_duty::returns_the_response, "returns_the_response"},
    {transport_duty::takes_no_part_for_whole, "takes_no_part_for_whole"},
    {transport_duty::tries_all_addresses, "tries_all_addresses"}, {transport_duty::ends_nothing, "ends_nothing"},
};

/// What a transport reported about one request. Powers of two, so that expectation::allowed can be a sum of them.
enum class transport_outcome : unsigned char {
    response = 1,  ///< it returned a response
    not_sent = 2,  ///< it failed, and said that nothing was sent
    unknown = 4,   ///< it failed, and the request may have been sent
    threw = 8,     ///< it threw
};

template <>
inline constexpr detail::enum_row<transport_outcome> detail::enum_names<transport_outcome>[] = {
    {transport_outcome::response, "response"}, {transport_outcome::not_sent, "not_sent"},
    {transport_outcome::unknown, "unknown"}, {transport_outcome::threw, "threw"},
};

/// One test of a transport: what a server does, and what the transport may report. This is data only; something else, for example a
/// server on the loopback interface, plays the server.
struct transport_scenario {
    /// Where the server is, and by which host name it is reached.
    enum class place : unsigned char {
        listening,        ///< an address of IPv4, and it accepts connections
        on_ipv6,          ///< `[::1]`, and it accepts connections
        refusing,         ///< an address of IPv4, where nobody listens
        silent,           ///< an address that accepts the first packet of a connection and never responds
        nameless,         ///< a name that does not exist
        behind_refusing,  ///< a name with two addresses: the first refuses, the second accepts
        behind_silent,    ///< a name with two addresses: the first never responds, the second accepts
    };

    /// The certificate of the server. It is used unless the first step is `stay_plain`.
    enum class tls : unsigned char {
        none,        ///< http
        right,       ///< trusted, and issued for the host
        untrusted,   ///< not signed by a trusted authority
        other_host,  ///< trusted, but issued for another host
        expired,     ///< trusted and issued for the host, but expired
    };

    /// What a server does on a connection, one step after the other. When none is left, it reads and waits until the other
    /// side closes.
    struct step {
        /// The kinds of steps.
        enum class kind : unsigned char {
            stay_plain,    ///< does no TLS handshake, although it is https; only as the first step
            read_some,     ///< waits for at least one byte, and takes what is there
            await_unread,  ///< waits until bytes of a request are there, and leaves them unread
            read_head,     ///< reads a request up to the end of its head
            read_part,     ///< reads a request up to `count` bytes of its body
            read_request,  ///< reads a whole request; sends `100 Continue` if the request asks for it
            say,           ///< writes `text`, in which `{authority}` stands for its own host and port
            trickle,       ///< writes `text` byte by byte, one every millisecond
            drip,          ///< writes `text` again and again, every `count` milliseconds, until the other side is gone
            fill,          ///< writes `text` again and again, until that is `count` bytes or the other side is gone
            pause,         ///< does nothing for `count` milliseconds
            close,        ///< ends the session, if there is TLS, and the connection, and waits for the other side's end
            end_session,  ///< ends the session of TLS, and leaves the connection open
            cut,          ///< ends the connection without ending the TLS session
            reset,        ///< ends the connection at once, so that the other side gets an error
        };

        kind what;              ///< which one it is
        std::string text{};     ///< only for `say`, `trickle`, `drip` and `fill`
        std::size_t count = 0;  ///< only for `read_part`, `drip`, `fill` and `pause`
    };

    /// What the transport may report about a request.
    struct expectation {
        unsigned allowed = 0;         ///< the allowed outcomes, as a sum of values of transport_outcome
        int status = 200;             ///< only for a response: its status
        std::string body{};           ///< only for a response: its body
        bool has_retry_after = true;  ///< only for a response: whether it has the field `retry-after: 7`

        /// Whether the transport may report that outcome.
        [[nodiscard]] constexpr bool allows(transport_outcome outcome) const noexcept {
            return (allowed & static_cast<unsigned>(outcome)) != 0;
        }
    };

    std::string name{};         ///< a sentence without its full stop; identifies the scenario
    transport_duty duty{};      ///< the duty that it tests
    std::vector<step> first{};  ///< what the server does with the first connection
    std::vector<step> later{};  ///< what it does with each further connection
    /// one for each request; the requests are sent one after the other over one transport
    std::vector<expectation> expected{};
    place where = place::listening;      ///< where the server is
    tls certificate = tls::none;         ///< its certificate
    bool is_tls_1_2 = false;             ///< whether TLS 1.2 is the newest version that it speaks
    bool has_tickets = true;             ///< whether it hands out tickets for later sessions
    milliseconds timeout{8000};          ///< the time that the transport has for each exchange
    std::size_t max_body = 65536;        ///< the largest body that the transport may take, in bytes
    milliseconds between{50};            ///< the pause between two requests
    milliseconds signal_every{0};        ///< the time between two signals that the process handles; 0 for no signals
    std::string target = "/api/v2/bmc";  ///< the path of the requests
    std::size_t padding = 0;             ///< how many bytes are added to the body of a request

    /// Whether the requests go over TLS.
    [[nodiscard]] constexpr bool is_https() const noexcept { return certificate != tls::none; }
};

template <>
inline constexpr detail::enum_row<transport_scenario::place> detail::enum_names<transport_scenario::place>[] = {
    {transport_scenario::place::listening, "listening"}, {transport_scenario::place::on_ipv6, "on_ipv6"},
    {transport_scenario::place::refusing, "refusing"}, {transport_scenario::place::silent, "silent"},
    {transport_scenario::place::nameless, "nameless"}, {transport_scenario::place::behind_refusing, "behind_refusing"},
    {transport_scenario::place::behind_silent, "behind_silent"},
};

template <>
inline constexpr detail::enum_row<transport_scenario::tls> detail::enum_names<transport_scenario::tls>[] = {
    {transport_scenario::tls::none, "none"}, {transport_scenario::tls::right, "right"},
    {transport_scenario::tls::untrusted, "untrusted"}, {transport_scenario::tls::other_host, "other_host"},
    {transport_scenario::tls::expired, "expired"},
};

template <>
inline constexpr detail::enum_row<transport_scenario::step::kind> detail::enum_names<transport_scenario::step::kind>[] = {
    {transport_scenario::step::kind::stay_plain, "stay_plain"},
    {transport_scenario::step::kind::read_some, "read_some"},
    {transport_scenario::step::kind::await_unread, "await_unread"},
    {transport_scenario::step::kind::read_head, "read_head"}, {transport_scenario::step::kind::read_part, "read_part"},
    {transport_scenario::step::kind::read_request, "read_request"}, {transport_scenario::step::kind::say, "say"},
    {transport_scenario::step::kind::trickle, "trickle"}, {transport_scenario::step::kind::drip, "drip"},
    {transport_scenario::step::kind::fill, "fill"}, {transport_scenario::step::kind::pause, "pause"},
    {transport_scenario::step::kind::close, "close"}, {transport_scenario::step::kind::end_session, "end_session"},
    {transport_scenario::step::kind::cut, "cut"}, {transport_scenario::step::kind::reset, "reset"},
};

/// What a transport reported about one request: a copy, which outlives the transport's response.
struct transport_report {
    transport_outcome outcome = transport_outcome::threw;  ///< which outcome it was
    int status = 0;                                        ///< of a response
    std::string body{};                                    ///< of a response
    std::vector<fake_field> fields{};                      ///< of a response, if the transport returns fields
    bool gives_fields = false;                             ///< whether its responses have fields, which is optional
    std::string message{};                                 ///< of a failure, for people
    milliseconds took{};                                   ///< how long it took; set by the caller, who measures it
};

/// What happened in a scenario: what the server saw, and what the transport reported.
struct transport_observation {
    std::vector<std::string> received{};  ///< all bytes that the server read, one text for each connection
    std::size_t unread = 0;        ///< on how many connections bytes of a request arrived that the server left unread
    std::uint64_t bytes_said = 0;  ///< how many bytes of responses left the server
    std::vector<transport_report> reports{};  ///< one for each request that the transport finished
    std::string abrupt_end{};                 ///< how the transport's process ended, if it crashed; else empty
    bool hung = false;  ///< whether the process had to be killed because the transport did not return
};

/// The verdict of a scenario on a transport.
struct transport_verdict {
    bool kept = true;             ///< whether all duties were kept
    transport_duty duty{};        ///< the first duty that was not kept
    std::string why{};            ///< what happened instead, for people
    std::size_t on_the_wire = 0;  ///< how many requests were sent, whole or in part
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/doctest.hpp, continued

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// The text of a value, for doctest.
template <printable Value>
doctest::String shown(Value const& value) {
    const printed<Value> text(value);
    return {text.view().data(), static_cast<unsigned>(text.view().size())};
}

}  // namespace detail

/// @{
/// The name of the enumerator, for doctest.
inline doctest::String toString(raw_action_effect value) { return detail::shown(value); }
inline doctest::String toString(traffic_package_prediction::kind value) { return detail::shown(value); }
inline doctest::String toString(errc value) { return detail::shown(value); }
inline doctest::String toString(blame value) { return detail::shown(value); }
inline doctest::String toString(outcome value) { return detail::shown(value); }
inline doctest::String toString(pager_step::kind value) { return detail::shown(value); }
inline doctest::String toString(ledger_evidence::kind value) { return detail::shown(value); }
inline doctest::String toString(observed_package::change_state value) { return detail::shown(value); }
inline doctest::String toString(exchange_step::kind value) { return detail::shown(value); }
inline doctest::String toString(transport_failure value) { return detail::shown(value); }
inline doctest::String toString(workflow_record::goal value) { return detail::shown(value); }
inline doctest::String toString(workflow_record::order_state value) { return detail::shown(value); }
inline doctest::String toString(workflow_step::kind value) { return detail::shown(value); }
inline doctest::String toString(save_mode value) { return detail::shown(value); }
inline doctest::String toString(resume_check value) { return detail::shown(value); }
inline doctest::String toString(workflow_verdict::instance_kind value) { return detail::shown(value); }
inline doctest::String toString(workflow_verdict::order_kind value) { return detail::shown(value); }
inline doctest::String toString(endpoint::scheme value) { return detail::shown(value); }
inline doctest::String toString(connection_use value) { return detail::shown(value); }
inline doctest::String toString(http1_progress value) { return detail::shown(value); }
inline doctest::String toString(api_code value) { return detail::shown(value); }
inline doctest::String toString(instance_charge_type::value_type value) { return detail::shown(value); }
inline doctest::String toString(instance_status::value_type value) { return detail::shown(value); }
inline doctest::String toString(internet_charge_type::value_type value) { return detail::shown(value); }
inline doctest::String toString(modification_status::value_type value) { return detail::shown(value); }
inline doctest::String toString(content_type value) { return detail::shown(value); }
inline doctest::String toString(sell_status::value_type value) { return detail::shown(value); }
inline doctest::String toString(response_variant value) { return detail::shown(value); }
inline doctest::String toString(fake_act::kind value) { return detail::shown(value); }
inline doctest::String toString(fake_check value) { return detail::shown(value); }
inline doctest::String toString(fake_order_request::fate value) { return detail::shown(value); }
inline doctest::String toString(random_faults::range value) { return detail::shown(value); }
inline doctest::String toString(scripted_fault::kind value) { return detail::shown(value); }
inline doctest::String toString(transport_duty value) { return detail::shown(value); }
inline doctest::String toString(transport_outcome value) { return detail::shown(value); }
inline doctest::String toString(transport_scenario::place value) { return detail::shown(value); }
inline doctest::String toString(transport_scenario::tls value) { return detail::shown(value); }
inline doctest::String toString(transport_scenario::step::kind value) { return detail::shown(value); }
/// @}

}  // namespace ZENWIRE_NAMESPACE

#endif
