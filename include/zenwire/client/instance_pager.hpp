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

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/owning.hpp>
#include <zenwire/client/request_exchange.hpp>

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
