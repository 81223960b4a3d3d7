// SPDX-License-Identifier: BSL-1.0
//
// The fake cloud behind HTTP: see `usage` below.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <zenwire/system_runtime.hpp>

#include "cloud_fixture.hpp"
#include "demo_cloud.hpp"

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

constexpr std::string_view usage =
    R"(The API of Zenlayer Cloud, as far as it is about traffic packages, bandwidths and the bill, on the loopback interface.

    fake_cloud_server [--port N] [--faults PERCENT [--seed N]] [--fixture FILE.json] [--access-key-id ID]
                      [--access-key-secret SECRET] [--token TOKEN] [--processing-seconds N] [--letters lower|as-sent]

    --port N                 where to listen on 127.0.0.1 and, where there is IPv6, on [::1]; 0, the default, picks a free port
    --fixture FILE.json      accounts, instances, prices and faults; the format is described in cloud_fixture.hpp. Without
                             it there are nine instances, one for each thing that can happen; see demo_cloud.hpp
    --access-key-id ID       accepts this access key; "demo-access-key" by default, unless the fixture has keys or tokens
    --access-key-secret S    its password; "demo-password" by default
    --token TOKEN            accepts this token; "demo-token" by default, unless the fixture has keys or tokens
    --processing-seconds N   how long a change takes; 10 by default
    --letters WHICH          the letters of the values that are signed: "lower", the default, as documented;
                             "as-sent" takes capitals too, which the official SDKs sign where host or content type have them
    --faults PERCENT         how many requests of 100 meet a random fault: lost, late and doubled requests, cut responses, 429, 5xx,
                             challenges, redirects; 0 by default: nothing goes wrong
    --seed N                 which faults they are, the same in each run; 0 by default

It prints "listening on 127.0.0.1:PORT", and stops on SIGTERM or SIGINT: then it prints a line of JSON that says what happened.
A request that gets lost is a connection that is closed without a response. Times are those of the system's clock.
)";

struct options {
    unsigned short port = 0;
    std::string fixture;
    std::optional<std::string> access_key_id;
    std::optional<std::string> access_key_secret;
    std::optional<std::string> token;
    std::optional<std::int64_t> processing_seconds;
    bool accepts_letters_as_sent = false;
    std::int64_t seed = 0;
    std::int64_t faults = 0;
};

/// A whole number from 0 to `largest`; throws when it is none.
std::int64_t number_of(std::string const& text, std::int64_t largest) {
    std::size_t used = 0;
    const long long number = text.empty() || text[0] < '0' || text[0] > '9' ? -1 : std::stoll(text, &used);
    if (number < 0 || used != text.size() || number > largest) {
        throw std::runtime_error("not a number from 0 to " + std::to_string(largest) + ": " + text);
    }
    return number;
}

options parse_options(std::vector<std::string> const& arguments) {
    options result;
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        std::string const& name = arguments[i];
        if (i + 1 == arguments.size()) {
            throw std::runtime_error("a value is missing after " + name);
        }
        std::string const& value = arguments[i + 1];
        if (name == "--port") {
            result.port = static_cast<unsigned short>(number_of(value, 65535));
        } else if (name == "--fixture") {
            result.fixture = value;
        } else if (name == "--access-key-id") {
            result.access_key_id = value;
        } else if (name == "--access-key-secret") {
            result.access_key_secret = value;
        } else if (name == "--token") {
            result.token = value;
        } else if (name == "--processing-seconds") {
            result.processing_seconds = number_of(value, 1'000'000'000);
        } else if (name == "--letters" && (value == "lower" || value == "as-sent")) {
            result.accepts_letters_as_sent = value == "as-sent";
        } else if (name == "--seed") {
            result.seed = number_of(value, INT64_MAX);
        } else if (name == "--faults") {
            result.faults = number_of(value, 100);
        } else {
            throw std::runtime_error("unknown argument: " + name);
        }
    }
    return result;
}

/// Whether the fixture says itself who may come in.
bool has_accounts(std::string const& fixture) {
    return fixture.find("\"accessKeys\"") != std::string::npos || fixture.find("\"tokens\"") != std::string::npos;
}

void add_accounts(options const& options, bool with_defaults, zenwire::fake_cloud& cloud) {
    if (with_defaults || options.access_key_id || options.access_key_secret) {
        auto key = zenwire::access_key::make(
            zenwire::access_key_id(options.access_key_id.value_or(std::string(demo_cloud::access_key_id))),
            zenwire::access_key_password(
                options.access_key_secret.value_or(std::string(demo_cloud::access_key_secret))));
        if (!key) {
            throw std::runtime_error(std::string(key.error().message.view()));
        }
        cloud.add(*std::move(key));
    }
    if (with_defaults || options.token) {
        auto token =
            zenwire::bearer_token::make(zenwire::token(options.token.value_or(std::string(demo_cloud::token))));
        if (!token) {
            throw std::runtime_error(std::string(token.error().message.view()));
        }
        cloud.add(*std::move(token));
    }
}

void fill(options const& options, zenwire::fake_cloud& cloud) {
    cloud.set_now(zenwire::system_runtime().now());
    cloud.set_balance_cents(demo_cloud::balance_cents);
    std::string fixture;
    if (options.fixture.empty()) {
        demo_cloud::furnish(cloud);
    } else {
        std::ifstream file(options.fixture, std::ios::binary);
        if (!file) {
            throw std::runtime_error("cannot read " + options.fixture);
        }
        fixture.assign(std::istreambuf_iterator<char>(file), {});
        if (const std::string complaint = cloud_fixture::apply(fixture, cloud); !complaint.empty()) {
            throw std::runtime_error(options.fixture + ": " + complaint);
        }
    }
    add_accounts(options, !has_accounts(fixture), cloud);
    if (options.accepts_letters_as_sent) {
        cloud.settings().accepts_letters_as_sent = true;
    }
    if (options.processing_seconds) {
        cloud.settings().processing_seconds = *options.processing_seconds;
    }
    if (options.faults != 0) {
        cloud.set_random_faults(
            zenwire::random_faults(static_cast<std::uint64_t>(options.seed), static_cast<unsigned>(options.faults)));
    }
}

/// The cloud by the system's clock.
class clocked_cloud {
public:
    explicit clocked_cloud(zenwire::fake_cloud& cloud) : cloud_(cloud) {}

    /// What is due happens.
    void catch_up() { cloud_.set_now(clock_.now()); }

    /// The response, and after how many seconds it comes; none when the connection shall end without one.
    std::optional<std::pair<zenwire::fake_response, std::int64_t>> answer(zenwire::request_view const& request) {
        catch_up();
        const zenwire::unix_seconds begin = cloud_.now();
        auto response = cloud_(request);
        const std::int64_t delay = cloud_.now().count() - begin.count();
        if (!response) {
            return std::nullopt;
        }
        return std::pair(*std::move(response), delay);
    }

private:
    zenwire::fake_cloud& cloud_;
    zenwire::system_runtime clock_{};
};

/// One connection: request after request, until either side has enough.
class session : public std::enable_shared_from_this<session> {
public:
    session(tcp::socket socket, clocked_cloud& cloud)
        : stream_(std::move(socket)), timer_(stream_.get_executor()), cloud_(cloud) {}

    void read() {
        parser_.emplace();
        parser_->body_limit(max_body);
        parser_->header_limit(max_head);
        stream_.expires_after(longest_silence);
        http::async_read_header(stream_, buffer_, *parser_,
                                [self = shared_from_this()](auto failure, std::size_t) { self->on_head(failure); });
    }

private:
    using error_code = boost::beast::error_code;
    static constexpr std::uint64_t max_body = std::uint64_t{1} << 20U;
    static constexpr std::uint32_t max_head = 64 * 1024;
    static constexpr std::chrono::seconds longest_silence{60};
    static constexpr std::chrono::seconds longest_farewell{2};

    void on_head(error_code failure) {
        if (failure) {
            refuse(failure);
            return;
        }
        if (boost::beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
            static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            asio::async_write(stream_, asio::buffer(go_on), [self = shared_from_this()](auto failed, std::size_t) {
                if (!failed) {
                    self->read_body();
                }
            });
            return;
        }
        read_body();
    }

    void read_body() {
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](auto failure, std::size_t) {
            if (failure) {
                self->refuse(failure);
            } else {
                self->answer();
            }
        });
    }

    void answer() {
        auto const& request = parser_->get();
        std::vector<zenwire::field> fields;
        for (auto const& each : request) {
            fields.push_back({view(each.name_string()), view(each.value())});
        }
        zenwire::request_view seen;
        seen.method = view(request.method_string());
        seen.target = view(request.target());
        seen.authority = view(request[http::field::host]);
        seen.fields = fields;
        seen.body = request.body();
        auto response = cloud_.answer(seen);
        if (!response) {
            close();
            return;
        }
        if (response->second == 0) {
            write(response->first);
            return;
        }
        stream_.expires_never();
        timer_.expires_after(std::chrono::seconds(response->second));
        timer_.async_wait([self = shared_from_this(), late = std::move(response->first)](error_code failure) {
            if (!failure) {
                self->write(late);
            }
        });
    }

    void refuse(error_code failure) {
        if (failure == http::error::end_of_stream || failure == boost::beast::error::timeout ||
            failure == asio::error::connection_reset) {
            close();
            return;
        }
        closes_ = true;
        const bool is_body = failure == http::error::body_limit;
        write(is_body || failure == http::error::header_limit
                  ? zenwire::fake_responses::refusal(is_body ? 413 : 431, "INVALID_PARAMETER_EXCEED_LENGTH",
                                                   "the fake cloud takes 1 MiB of body and 64 KiB of fields")
                  : zenwire::fake_responses::html(400));
    }

    void write(zenwire::fake_response const& response) {
        auto const& request = parser_->get();
        response_ = {};
        response_.version(11);
        response_.result(static_cast<unsigned>(response.status));
        for (zenwire::fake_field const& each : response.fields) {
            response_.insert(each.name, each.value);
        }
        const bool has_body = request.method() != http::verb::head && response.status != 204 && response.status != 304;
        if (has_body) {
            response_.body() = response.body;
            response_.content_length(response.body.size() + response.missing_size);
        }
        closes_ = closes_ || !request.keep_alive() || response.missing_size != 0;
        response_.keep_alive(!closes_);
        stream_.expires_after(longest_silence);
        http::async_write(stream_, response_, [self = shared_from_this()](auto failure, std::size_t) {
            if (failure) {
                self->close();
            } else if (self->closes_) {
                self->linger();
            } else {
                self->read();
            }
        });
    }

    /// Ends the connection when the client has, or after a while. At once it would end with a reset where the client still sends,
    /// and the response could be lost.
    void linger() {
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        stream_.expires_after(longest_farewell);
        skip();
    }
    void skip() {
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(max_head), [self = shared_from_this()](auto failure, std::size_t) {
            if (failure) {
                self->close();
            } else {
                self->skip();
            }
        });
    }

    void close() {
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
        stream_.close();
    }

    static std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

    boost::beast::tcp_stream stream_;
    asio::steady_timer timer_;
    clocked_cloud& cloud_;
    boost::beast::flat_buffer buffer_{};
    std::optional<http::request_parser<http::string_body>> parser_{};
    http::response<http::string_body> response_{};
    bool closes_ = false;
};

/// Takes connections at one address.
class listener {
public:
    listener(asio::io_context& context, tcp::endpoint const& where, clocked_cloud& cloud)
        : acceptor_(context, where), timer_(context), cloud_(cloud) {
        accept();
    }

    [[nodiscard]] unsigned short port() const { return acceptor_.local_endpoint().port(); }

private:
    static constexpr std::chrono::milliseconds rest{100};

    void accept() {
        acceptor_.async_accept([this](boost::beast::error_code failure, tcp::socket socket) {
            if (failure == asio::error::operation_aborted) {
                return;
            }
            if (failure) {
                // no more descriptors: the connection stays where it is until there is one
                timer_.expires_after(rest);
                timer_.async_wait([this](boost::beast::error_code stopped) {
                    if (!stopped) {
                        accept();
                    }
                });
                return;
            }
            socket.set_option(tcp::no_delay(true), failure);
            std::make_shared<session>(std::move(socket), cloud_)->read();
            accept();
        });
    }

    tcp::acceptor acceptor_;
    asio::steady_timer timer_;
    clocked_cloud& cloud_;
};

class server {
public:
    server(asio::io_context& context, unsigned short port, clocked_cloud& cloud) : timer_(context), cloud_(cloud) {
        // a free port of one protocol may be taken in the other
        constexpr int max_tries = 16;
        for (int i = 0; i < max_tries && !ipv6_; ++i) {
            ipv4_.emplace(context, tcp::endpoint(asio::ip::address_v4::loopback(), port), cloud);
            try {
                ipv6_.emplace(context, tcp::endpoint(asio::ip::address_v6::loopback(), ipv4_->port()), cloud);
            } catch (boost::system::system_error const& failure) {
                const bool is_taken = failure.code() == asio::error::address_in_use;
                if (is_taken && port != 0) {
                    throw;
                }
                if (!is_taken) {
                    break;
                }
            }
        }
        tick();
    }

    [[nodiscard]] unsigned short port() const { return ipv4_->port(); }

private:
    /// Late requests arrive, and cycles turn, also while nobody asks.
    void tick() {
        timer_.expires_after(std::chrono::seconds(1));
        timer_.async_wait([this](boost::beast::error_code failure) {
            if (!failure) {
                cloud_.catch_up();
                tick();
            }
        });
    }

    std::optional<listener> ipv4_{};
    std::optional<listener> ipv6_{};
    asio::steady_timer timer_;
    clocked_cloud& cloud_;
};

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments == std::vector<std::string>{"--help"}) {
        std::cout << usage;
        return 0;
    }
    try {
        const options options = parse_options(arguments);
        zenwire::fake_cloud cloud;
        fill(options, cloud);
        clocked_cloud clocked(cloud);
        asio::io_context context(1);
        const server server(context, options.port, clocked);
        asio::signal_set signals(context, SIGTERM, SIGINT);
        signals.async_wait([&](boost::beast::error_code, int) { context.stop(); });
        std::cout << "listening on 127.0.0.1:" << server.port() << std::endl;
        context.run();
        std::cout << cloud_fixture::summary(cloud) << std::endl;
    } catch (std::exception const& failure) {
        std::cerr << "fake_cloud_server: " << failure.what() << "\nTry --help.\n";
        return 2;
    }
    return 0;
}
