// SPDX-License-Identifier: BSL-1.0
//
// Traffic packages for people: see `usage` below.

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <zenwire/client/system_runtime.hpp>
#include <zenwire/zenwire.hpp>

#include "live_transport.hpp"
#include "demo_cloud.hpp"
#include "state_file.hpp"
#include "terminal_text.hpp"

namespace {

namespace json = boost::json;

constexpr std::string_view usage = R"(Looks at, prices, changes and watches the traffic package of an instance.

    traffic_package show   [--instance ID]           what is known of one instance, or a list of all
    traffic_package price  --instance ID --size TB   what a change would do and cost; orders nothing
    traffic_package change --instance ID --size TB   changes it: looks, prices, asks, orders, and waits for the effect
    traffic_package cancel --instance ID             takes back a downgrade that waits for the next billing cycle
    traffic_package watch  --instance ID             waits until no change is under way

    --service bmc|vm     bare metal (the default) or virtual machines
    --live               the real cloud, for real money
    --endpoint HOST:PORT a server on this machine, fake_cloud_server say; with --live any https://HOST[:PORT]
                         Without --live and --endpoint it works on a cloud in memory that is gone at the end.
    --yes                change, cancel: do not ask
    --price-limit P      change: do not order when it costs more, or nobody knows what it costs
    --deadline SECONDS   change, cancel, watch: give up after that time
    --state FOLDER       where a job is kept that is under way, one for each cloud and instance;
                         $XDG_STATE_HOME/zenwire, or ~/.local/state/zenwire
    --json               one JSON object on standard output, everything else on standard error
    --verbose            shows each request and answer, secrets masked

The account comes from ZENLAYER_TOKEN, else from ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET.

Before an order is sent a file remembers it. Interrupted, by Ctrl-C, SIGTERM or a power cut, give the same command again: it looks for the
order before it sends another one, so nothing is paid twice.

Exit code: 0 done, or planned for the next billing cycle; 1 refused, declined or not sent: nothing was ordered; 2 wrong arguments;
3 nobody knows whether an order was placed: give the same command again; 4 interrupted: give the same command again to go on;
5 the change is still under way.
)";

enum exit_code : int {
    done = 0,
    not_executed = 1,
    wrong_usage = 2,
    outcome_unknown = 3,
    interrupted = 4,
    under_way = 5,
};

struct arguments {
    std::string_view command;
    std::string_view instance;
    std::string_view size;
    std::string_view service = "bmc";
    std::string_view endpoint;
    std::string_view price_limit;
    std::string_view deadline;
    std::string_view state;
    bool live = false;
    bool yes = false;
    bool json = false;
    bool verbose = false;
};

volatile std::sig_atomic_t is_interrupted = 0;

/// The first signal ends the job at the next safe point, a second one the process.
extern "C" void interrupt(int) { is_interrupted = 1; }

/// Ctrl-C and SIGTERM. They also end the wait for an answer to a question, which std::signal() would begin anew.
void catch_signals() {
    struct sigaction action = {};
    action.sa_handler = interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

/// What the program works with, whatever cloud it is.
struct surroundings {
    std::function<http_result(zenwire::request_view const&)> send;
    std::function<zenwire::unix_seconds()> now;
    /// ends early when interrupted
    std::function<void(zenwire::milliseconds)> sleep;
    zenwire::service service;
    zenwire::endpoint endpoint;
    /// where jobs are kept; nothing on the cloud in memory, which does not outlive the process
    std::optional<std::filesystem::path> state_folder{};
    std::ostream& progress;
};

/// A runtime over the surroundings.
class runtime {
public:
    explicit runtime(surroundings const& around) : around_(around) {}

    [[nodiscard]] zenwire::unix_seconds now() const { return around_.now(); }
    void sleep_for(zenwire::milliseconds time) const { around_.sleep(time); }
    [[nodiscard]] std::uint32_t jitter() { return chance_.jitter(); }

private:
    surroundings const& around_;
    zenwire::system_runtime chance_{};
};

/// A report: for people or as JSON.
struct report {
    exit_code code = done;
    std::string text{};
    json::object object{};
};

json::value size_or_null(std::optional<zenwire::traffic_package_size> size) {
    if (!size) {
        return nullptr;
    }
    return static_cast<double>(size->units()) / 1e6;
}

std::string size_or_dash(std::optional<zenwire::traffic_package_size> size) { return size ? terabytes(*size) : "-"; }

std::string decimal_text(zenwire::decimal number) {
    char memory[24];
    zenwire::buffer_writer out(memory);
    number.write_to(out);
    return std::string(out.written());
}

json::value decimal_or_null(std::optional<zenwire::decimal> number) {
    return number ? json::value(decimal_text(*number)) : json::value();
}

report make_failure(zenwire::error const& error) {
    std::ostringstream text;
    print_error(text, error);
    report result{error.outcome == zenwire::outcome::unknown && !error.reads_only ? outcome_unknown : not_executed,
                  text.str(),
                  {}};
    result.object["error"] = {{"code", json::string(to_string(error.code))},
                              {"apiCode", json::string(zenwire::api_code_spelling(error))},
                              {"httpStatus", error.http_status},
                              {"message", printable(error.message)},
                              {"requestId", printable(error.request_id)},
                              {"outcome", json::string(to_string(error.outcome))},
                              {"retryable", error.retryable()},
                              {"advice", json::string(advice_for(error))}};
    return result;
}

/// A cell of a table, filled up to its width.
std::string cell(std::string_view text, std::size_t width) {
    std::string result = printable(text);
    result.resize(std::max(width, result.size()), ' ');
    return result + "  ";
}

template <class Word>
std::string word_or_dash(std::optional<Word> const& word) {
    return word && !word->text().empty() ? printable(word->text()) : "-";
}

template <class Credential>
report show_all(zenwire::client<Credential> const& client, surroundings const& around) {
    report result;
    json::array instances;
    result.text = cell("INSTANCE", 20) + cell("NAME", 20) + cell("STATUS", 14) + cell("BILLING", 22) + "PACKAGE\n";
    constexpr std::int64_t page_size = 100;
    for (std::int64_t page = 1;; ++page) {
        const zenwire::owning action{zenwire::describe_instances{.page_num = page, .page_size = page_size}};
        const auto answer = zenwire::send_action(client, action, around.send, runtime(around));
        if (!answer) {
            return make_failure(answer.error());
        }
        zenwire::describe_instances::response const& found = **answer;
        for (zenwire::instance_info const& each : found.data_set) {
            result.text += cell(each.instance_id, 20) + cell(each.instance_name, 20) +
                           cell(word_or_dash(each.instance_status), 14) +
                           cell(word_or_dash(each.internet_charge_type), 22) + size_or_dash(each.traffic_package_size) +
                           "\n";
            instances.push_back({{"instanceId", json::string(each.instance_id)},
                                 {"instanceName", json::string(each.instance_name)},
                                 {"instanceStatus", word_or_dash(each.instance_status)},
                                 {"internetChargeType", word_or_dash(each.internet_charge_type)},
                                 {"trafficPackageSize", size_or_null(each.traffic_package_size)}});
        }
        if (found.data_set.empty() || page * page_size >= found.total_count.value_or(0)) {
            break;
        }
    }
    result.object["instances"] = std::move(instances);
    return result;
}

using internet_status = zenwire::describe_instance_internet_status;

report make_status(internet_status::response const& status) {
    report result;
    const std::string word = word_or_dash(status.modified_traffic_package_status);
    result.text =
        "instance   " + printable(status.instance_id) + " " + printable(status.instance_name) + "\n" + "package    " +
        size_or_dash(status.size) + "\n" + "change     " + word +
        (status.modified_size ? ", to " + terabytes(*status.modified_size) : "") + "\n" + "bandwidth  " +
        (status.internet_max_bandwidth_out ? std::to_string(*status.internet_max_bandwidth_out) + " Mbps" : "-") + "\n";
    result.object = {{"instanceId", json::string(status.instance_id.view())},
                     {"instanceName", json::string(status.instance_name.view())},
                     {"trafficPackageSize", size_or_null(status.size)},
                     {"modifiedTrafficPackageSize", size_or_null(status.modified_size)},
                     {"modifiedTrafficPackageStatus", word}};
    return result;
}

template <class Credential>
report show(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance) {
    const auto status = zenwire::send_action(client, internet_status{instance}, around.send, runtime(around));
    return status ? make_status(*status) : make_failure(status.error());
}

std::string_view name_of(zenwire::traffic_package_prediction::kind kind) {
    using enum zenwire::traffic_package_prediction::kind;
    switch (kind) {
    case paid_upgrade: return "paid_upgrade";
    case downgrade_next_cycle: return "downgrade_next_cycle";
    case no_change: return "no_change";
    case refused: return "refused";
    case not_documented: break;
    }
    return "not_documented";
}

json::array prices_as_json(zenwire::price_list const& prices) {
    json::array result;
    for (zenwire::price const& each : prices) {
        result.push_back({{"discountPrice", decimal_or_null(each.discount_price)},
                          {"originalPrice", decimal_or_null(each.original_price)},
                          {"discount", decimal_or_null(each.discount)}});
    }
    return result;
}

std::string prices_as_text(zenwire::price_list const& prices) {
    std::string text;
    for (zenwire::price const& each : prices) {
        if (each.discount_price || each.original_price) {
            text += "price      " + (each.discount_price ? decimal_text(*each.discount_price) : "?") +
                    " (before discount " + (each.original_price ? decimal_text(*each.original_price) : "?") + ")\n";
        }
        for (zenwire::step_price const& step : each.step_prices) {
            text += "overage    " + (step.discount_unit_price ? decimal_text(*step.discount_unit_price) : "?") +
                    " a unit from " + (step.step_start ? decimal_text(*step.step_start) : "?") + "\n";
        }
    }
    return text.empty() ? "price      none was told\n" : text;
}

template <class Credential>
report price(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance,
             zenwire::traffic_package_size size) {
    const zenwire::inquiry_price_instance_traffic_package action{instance, size};
    const auto answer = zenwire::send_action(client, action, around.send, runtime(around));
    if (!answer) {
        return make_failure(answer.error());
    }
    return {done,
            "instance   " + printable(instance) + "\nsize       " + terabytes(size) + "\n" +
                prices_as_text(answer->prices),
            {{"instanceId", json::string(instance)},
             {"trafficPackageSize", size_or_null(size)},
             {"prices", prices_as_json(answer->prices)}}};
}

template <class Credential>
report watch(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance,
             zenwire::unix_seconds deadline) {
    constexpr zenwire::milliseconds interval(5000);
    runtime clock(around);
    for (;;) {
        const auto status = zenwire::send_action(client, internet_status{instance}, around.send, clock);
        if (!status) {
            return make_failure(status.error());
        }
        const bool is_processing = status->modified_traffic_package_status ==
                                   zenwire::modification_status(zenwire::modification_status::value_type::processing);
        report result = make_status(*status);
        if (!is_processing || is_interrupted != 0 || clock.now() >= deadline) {
            result.code = !is_processing ? done : is_interrupted != 0 ? interrupted : under_way;
            return result;
        }
        around.progress << "changing from " << size_or_dash(status->size) << " to "
                        << size_or_dash(status->modified_size) << " ..." << std::endl;
        clock.sleep_for(interval);
    }
}

template <class Credential>
using workflow = zenwire::traffic_package_workflow<Credential>;

/// What the user is asked, and whether there was a yes.
template <class Credential>
bool is_confirmed(workflow<Credential> const& job, surroundings const& around, arguments const& given) {
    around.progress << "instance   " << printable(given.instance) << "\nnow        " << size_or_dash(job.state().size)
                    << "\nforesight  " << name_of(job.prediction().what) << ": " << job.prediction().reason << "\n";
    if (given.command == "change") {
        around.progress << prices_as_text(job.prices());
    }
    if (given.yes || !around.state_folder) {
        return true;
    }
    around.progress << "This may place a PAID ORDER at " << around.endpoint.scheme_text() << "://"
                    << around.endpoint.authority() << ".\nType yes to go on: " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    return line == "yes";
}

report make_verdict(zenwire::workflow_verdict const& verdict, zenwire::traffic_package_state const& state) {
    using kind = zenwire::workflow_verdict::kind;
    report result;
    std::string_view name = "unknown";
    switch (verdict.what) {
    case kind::reached: result = {done, "DONE\n", {}}, name = "reached"; break;
    case kind::planned: result = {done, "PLANNED for the next billing cycle\n", {}}, name = "planned"; break;
    case kind::in_progress: result = {under_way, "UNDER WAY: watch it\n", {}}, name = "in_progress"; break;
    case kind::not_reached:
        result = make_failure(verdict.failure.value_or(zenwire::error())), name = "not_reached";
        break;
    case kind::unknown: result = make_failure(verdict.failure.value_or(zenwire::error())); break;
    }
    result.code = verdict.what == kind::unknown       ? outcome_unknown
                  : verdict.what == kind::not_reached ? not_executed
                                                      : result.code;
    if (verdict.what == kind::unknown && !verdict.order_number.empty()) {
        result = {under_way, "UNDER WAY: the order was accepted, its effect was not seen yet. Watch it.\n", {}};
        name = "in_progress";
    }
    if (!verdict.order_number.empty()) {
        result.text += "order      " + printable(verdict.order_number) + "\n";
    }
    result.text += "package    " + size_or_dash(state.size) + "\n";
    result.object["verdict"] = json::string(name);
    result.object["orderNumber"] = json::string(verdict.order_number.view());
    result.object["trafficPackageSize"] = size_or_null(state.size);
    return result;
}

std::string_view name_of(zenwire::workflow_step::kind kind, bool is_ordered) {
    if (kind == zenwire::workflow_step::kind::wait_for) {
        return is_ordered ? "waiting for the effect ..." : "waiting ...";
    }
    return "";
}

/// Drives a job to its end, or to the next safe point after Ctrl-C. Nothing when it was interrupted.
/// @param is_ordered set when an order may have left
template <class Credential>
std::optional<zenwire::workflow_verdict> drive(workflow<Credential>& job, surroundings const& around,
                                               arguments const& given, state_file const* file, bool& is_ordered) {
    runtime clock(around);
    zenwire::workflow_step step = job.next(clock.now());
    while (step.what != zenwire::workflow_step::kind::done) {
        if (is_interrupted != 0) {
            return std::nullopt;
        }
        switch (step.what) {
        case zenwire::workflow_step::kind::send:
            is_ordered = is_ordered || job.orders() != 0;
            if (const http_result answer = around.send(job.request()); answer) {
                step = job.receive(zenwire::response_adapter(*answer).view(), clock.now(), clock.jitter());
            } else {
                step = job.send_failed(answer.error(), clock.now(), clock.jitter());
            }
            break;
        case zenwire::workflow_step::kind::wait_for:
            around.progress << name_of(step.what, job.orders() != 0) << std::endl;
            clock.sleep_for(step.wait);
            step = is_interrupted != 0 ? step : job.next(clock.now());
            break;
        case zenwire::workflow_step::kind::confirm: {
            const bool agreed = is_confirmed(job, around, given);
            step = is_interrupted != 0 ? step : job.confirm(agreed, clock.now());
            break;
        }
        case zenwire::workflow_step::kind::save:
            step = file == nullptr || file->save(job.saved_bytes()) ? job.saved(clock.now()) : job.save_failed();
            break;
        case zenwire::workflow_step::kind::done: break;
        }
    }
    return job.verdict();
}

report refuse(std::string text) {
    json::object object{{"error", {{"code", "declined"}, {"message", text}}}};
    return {not_executed, "FAILED: " + text + "\n", std::move(object)};
}

/// Whether the saved job is the one that is asked for now.
bool is_same_job(zenwire::workflow_record const& record, zenwire::workflow_record::goal goal,
                 std::optional<zenwire::traffic_package_size> size) {
    return record.what == goal && (!size || record.target == *size);
}

template <class Credential>
report order(zenwire::client<Credential> const& client, surroundings const& around, arguments const& given,
             std::optional<zenwire::traffic_package_size> size, zenwire::workflow_options const& options) {
    using goal = zenwire::workflow_record::goal;
    std::optional<state_file> file;
    std::string saved;
    if (around.state_folder) {
        // One for each cloud: an order is looked for where it was sent.
        file.emplace(*around.state_folder, std::string(around.endpoint.authority()) + "-" +
                                               std::string(around.service.name) + "-" + std::string(given.instance));
        if (!file->is_locked()) {
            return refuse("another process works on this instance, or " + around.state_folder->string() +
                          " cannot be written");
        }
        saved = file->load();
    }
    auto job = size ? workflow<Credential>::change(client, given.instance, *size, options)
                    : workflow<Credential>::cancel_downgrade(client, given.instance, options);
    if (!saved.empty()) {
        const auto record = zenwire::workflow_bytes::parse(saved);
        auto resumed = workflow<Credential>::resume(client, saved, options);
        if (!record || !resumed) {
            return refuse(file->path().string() + " is damaged: look at the instance, then remove the file");
        }
        if (!is_same_job(*record, size ? goal::change : goal::cancel, size)) {
            return refuse(record->what == goal::cancel
                              ? "a cancellation is under way: finish it first, with the command cancel"
                              : "a change to " + terabytes(record->target) + " is under way: finish it first");
        }
        around.progress << "going on with a job that was interrupted" << std::endl;
        job = *std::move(resumed);
    }
    bool is_ordered = !saved.empty();
    const auto verdict = drive(job, around, given, file ? &*file : nullptr, is_ordered);
    if (!verdict) {
        if (file && !is_ordered) {
            file->remove();
        }
        const std::string_view what = is_ordered ? "an order may be under way" : "nothing was ordered";
        return {interrupted,
                "INTERRUPTED: " + std::string(what) + ". Give the same command again to go on.\n",
                {{"verdict", "interrupted"}}};
    }
    // What nobody knows, and what goes on, must be found again.
    const bool is_over = verdict->what != zenwire::workflow_verdict::kind::unknown &&
                         verdict->what != zenwire::workflow_verdict::kind::in_progress;
    if (file && is_over) {
        file->remove();
    }
    return make_verdict(*verdict, job.state());
}

/// What the arguments say, checked.
struct task {
    surroundings around;
    std::optional<zenwire::traffic_package_size> size{};
    zenwire::workflow_options options{};
};

template <class Credential>
report run(Credential const& credential, task const& task, arguments const& given) {
    surroundings const& around = task.around;
    const zenwire::client client(around.service, around.endpoint, credential);
    if (given.command == "show") {
        return given.instance.empty() ? show_all(client, around) : show(client, around, given.instance);
    }
    if (given.command == "price") {
        return price(client, around, given.instance, *task.size);
    }
    if (given.command == "watch") {
        return watch(client, around, given.instance, task.options.deadline);
    }
    return order(client, around, given, task.size, task.options);
}

/// Throws std::runtime_error when they are not as `usage` says.
arguments parse_arguments(int count, char** values) {
    const auto fail = [](std::string const& why) { throw std::runtime_error(why); };
    arguments result;
    if (count < 2) {
        fail("a command is missing");
    }
    result.command = values[1];
    const std::pair<std::string_view, std::string_view*> texts[] = {
        {"--instance", &result.instance}, {"--size", &result.size},   {"--service", &result.service},
        {"--endpoint", &result.endpoint}, {"--state", &result.state}, {"--price-limit", &result.price_limit},
        {"--deadline", &result.deadline}};
    const std::pair<std::string_view, bool*> flags[] = {
        {"--live", &result.live}, {"--yes", &result.yes}, {"--json", &result.json}, {"--verbose", &result.verbose}};
    for (int i = 2; i < count; ++i) {
        const std::string_view name = values[i];
        bool is_known = false;
        for (auto const& [flag, place] : flags) {
            if (flag == name) {
                *place = is_known = true;
            }
        }
        for (auto const& [text, place] : texts) {
            if (text == name) {
                is_known = true;
                if (++i == count) {
                    fail("a value is missing after " + std::string(name));
                }
                *place = values[i];
            }
        }
        if (!is_known) {
            fail("unknown argument: " + std::string(name));
        }
    }
    const bool needs_size = result.command == "price" || result.command == "change";
    const bool is_known =
        needs_size || result.command == "show" || result.command == "cancel" || result.command == "watch";
    if (!is_known) {
        fail("unknown command: " + std::string(result.command));
    }
    if (result.instance.empty() && result.command != "show") {
        fail("--instance is needed");
    }
    if (needs_size == result.size.empty()) {
        fail(needs_size ? "--size is needed" : "--size is for price and change only");
    }
    if (result.service != "bmc" && result.service != "vm") {
        fail("--service must be bmc or vm");
    }
    return result;
}

bool is_loopback(zenwire::endpoint const& endpoint) {
    return endpoint.host() == "127.0.0.1" || endpoint.host() == "localhost" || endpoint.host() == "[::1]";
}

/// A job is kept per account folder of the user.
std::filesystem::path state_folder(arguments const& given) {
    if (!given.state.empty()) {
        return given.state;
    }
    if (const std::string_view base = environment("XDG_STATE_HOME"); !base.empty()) {
        return std::filesystem::path(base) / "zenwire";
    }
    return std::filesystem::path(environment("HOME")) / ".local" / "state" / "zenwire";
}

/// Throws std::runtime_error when a value is not as `usage` says.
void read_values(arguments const& given, task& task) {
    const auto fail = [](std::string const& why) { throw std::runtime_error(why); };
    if (!given.size.empty()) {
        const auto size = zenwire::traffic_package_size::parse(given.size);
        if (!size) {
            fail(std::string(size.error().message.view()));
        }
        task.size = *size;
    }
    if (!given.price_limit.empty()) {
        task.options.price_limit = zenwire::decimal::parse(given.price_limit);
        if (!task.options.price_limit) {
            fail("--price-limit must be a number");
        }
    }
    if (!given.deadline.empty()) {
        const auto seconds = zenwire::decimal::parse(given.deadline);
        if (!seconds || seconds->scale() != 0 || seconds->coefficient() < 1 || seconds->coefficient() > 1'000'000'000) {
            fail("--deadline must be a number of seconds");
        }
        task.options.deadline = zenwire::unix_seconds(task.around.now().count() + seconds->coefficient());
    }
    if (!given.endpoint.empty()) {
        auto endpoint = zenwire::endpoint::make(given.endpoint);
        if (endpoint && is_loopback(*endpoint) && given.endpoint.find("://") == std::string_view::npos) {
            endpoint = zenwire::endpoint::make("http://" + std::string(given.endpoint));
        }
        if (!endpoint) {
            fail(std::string(endpoint.error().message.view()));
        }
        if (!given.live && !is_loopback(*endpoint)) {
            fail("--endpoint of another machine needs --live: it may cost real money");
        }
        if (endpoint->transfer_scheme() == zenwire::endpoint::scheme::http && !is_loopback(*endpoint)) {
            fail("http is for this machine only: everybody on the way could read the request");
        }
        task.around.endpoint = *endpoint;
    }
}

/// Sleeps in pieces, so that Ctrl-C is seen.
void sleep_until_interrupted(zenwire::milliseconds time) {
    constexpr std::int64_t piece = 100;
    for (std::int64_t rest = time.count(); rest > 0 && is_interrupted == 0; rest -= piece) {
        zenwire::system_runtime().sleep_for(zenwire::milliseconds(std::min(rest, piece)));
    }
}

template <class Send>
std::function<http_result(zenwire::request_view const&)> shown_if(bool is_shown, Send send, std::ostream& out) {
    return [is_shown, send, &out](zenwire::request_view const& request) -> http_result {
        if (is_shown) {
            print_request(out, request);
        }
        http_result answer = send(request);
        if (is_shown && answer) {
            print_answer(out, *answer);
        } else if (is_shown) {
            out << "--- no answer: " << printable(answer.error().message) << "\n\n";
        }
        return answer;
    };
}

template <class Credential>
report run_if_valid(zenwire::expected<Credential> const& credential, task const& task, arguments const& given) {
    return credential ? run(*credential, task, given) : make_failure(credential.error());
}

zenwire::expected<zenwire::access_key> demo_key() {
    return zenwire::access_key::make(zenwire::access_key_id(demo_cloud::access_key_id),
                                     zenwire::access_key_password(demo_cloud::access_key_secret));
}

report run_in_memory(task& task, arguments const& given) {
    zenwire::fake_cloud cloud;
    cloud.set_balance_cents(demo_cloud::balance_cents);
    cloud.add(*demo_key());
    demo_cloud::furnish(cloud);
    const auto send = [&cloud](zenwire::request_view const& request) -> http_result {
        auto answer = cloud(request);
        if (!answer) {
            return zenwire::unexpected(answer.error());
        }
        http_answer result{answer->status, std::move(answer->body), {}};
        for (auto const& each : answer->fields) {
            result.fields.emplace_back(each.name, each.value);
        }
        return result;
    };
    task.around.send = shown_if(given.verbose, send, task.around.progress);
    task.around.now = [&cloud] { return cloud.now(); };
    task.around.sleep = [&cloud](zenwire::milliseconds time) { cloud.sleep_for(time); };
    read_values(given, task);
    task.around.progress << "On a cloud in memory; --live would use the real one.\n";
    return run_if_valid(demo_key(), task, given);
}

report run_on_server(task& task, arguments const& given) {
    task.around.send = shown_if(given.verbose, live_transport(), task.around.progress);
    task.around.now = [] { return zenwire::system_runtime().now(); };
    task.around.sleep = sleep_until_interrupted;
    task.around.state_folder = state_folder(given);
    read_values(given, task);
    const std::string_view token = environment("ZENLAYER_TOKEN");
    const std::string_view id = environment("ZENLAYER_ACCESS_KEY_ID");
    const std::string_view secret = environment("ZENLAYER_ACCESS_KEY_SECRET");
    if (!token.empty()) {
        return run_if_valid(zenwire::bearer_token::make(zenwire::token(token)), task, given);
    }
    if (id.empty() || secret.empty()) {
        if (given.live) {
            throw std::runtime_error(
                "--live needs ZENLAYER_TOKEN, or ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET");
        }
        return run_if_valid(demo_key(), task, given);
    }
    return run_if_valid(zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(secret)),
                        task, given);
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string_view> all(values + 1, values + count);
    if (all == std::vector<std::string_view>{"--help"}) {
        std::cout << usage;
        return done;
    }
    catch_signals();
    try {
        const arguments given = parse_arguments(count, values);
        task task{
            {.send = {},
             .now = {},
             .sleep = {},
             .service = given.service == "vm" ? zenwire::services::vm_2026_04_01 : zenwire::services::bmc_2026_02_01,
             .endpoint = {},
             .progress = given.json ? std::cerr : std::cout}};
        const report result =
            given.live || !given.endpoint.empty() ? run_on_server(task, given) : run_in_memory(task, given);
        std::cout << (given.json ? json::serialize(result.object) + "\n" : result.text) << std::flush;
        return result.code;
    } catch (std::exception const& failure) {
        std::cerr << "traffic_package: " << failure.what() << "\nTry --help.\n";
        return wrong_usage;
    }
}
