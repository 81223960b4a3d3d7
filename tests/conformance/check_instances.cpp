// SPDX-License-Identifier: BSL-1.0

/// @file
/// Reads a response to DescribeInstances as a container and as a stream, and compares every field of every instance with
/// Boost.JSON's DOM. Unknown members of the response have names that begin with `unknown`.

#include <boost/json.hpp>

#include <cstddef>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/zenwire.hpp>

namespace {

namespace json = boost::json;

bool is_nothing(json::value const* value) {
    return value == nullptr || value->is_null() || (value->is_string() && value->as_string().empty()) ||
           (value->is_array() && value->as_array().empty());
}

bool is_same(json::value const* expected, json::value const* actual);

bool is_same_object(json::object const& expected, json::object const& actual) {
    for (auto const& [name, value] : expected) {
        if (!std::string_view(name).starts_with("unknown") && !is_same(&value, actual.if_contains(name))) {
            return false;
        }
    }
    for (auto const& [name, value] : actual) {
        if (!expected.contains(name) && !is_nothing(&value)) {
            return false;
        }
    }
    return true;
}

/// Whether two values mean the same: null, empty and absent do, and numbers of equal value.
bool is_same(json::value const* expected, json::value const* actual) {
    if (is_nothing(expected) || is_nothing(actual)) {
        return is_nothing(expected) == is_nothing(actual);
    }
    if (expected->is_object() && actual->is_object()) {
        return is_same_object(expected->as_object(), actual->as_object());
    }
    if (expected->is_array() && actual->is_array()) {
        json::array const& left = expected->as_array();
        json::array const& right = actual->as_array();
        bool same = left.size() == right.size();
        for (std::size_t i = 0; same && i < left.size(); ++i) {
            same = is_same(&left[i], &right[i]);
        }
        return same;
    }
    if (expected->is_number() && actual->is_number()) {
        return expected->to_number<double>() == actual->to_number<double>();
    }
    return *expected == *actual;
}

std::string written(zenwire::instance_info const& instance) {
    std::vector<char> memory(std::size_t{1} << 16U);
    zenwire::buffer_writer out(memory);
    zenwire::detail::json_writer json(out);
    zenwire::detail::write_json(json, instance, zenwire::services::bmc_2026_02_01);
    return std::string(out.written());
}

class checker {
public:
    void check(bool condition, std::string const& what) {
        ++(condition ? passed_ : failed_);
        if (!condition) {
            std::cout << "FAILED: " << what << '\n';
        }
    }

    /// Compares what was read with the DOM, one after the other.
    void check_instances(std::string const& form, json::array const& expected, std::vector<std::string> const& actual) {
        check(expected.size() == actual.size(), form + ": how many instances there are");
        for (std::size_t i = 0; i < expected.size() && i < actual.size(); ++i) {
            const json::value got = json::parse(actual[i]);
            check(is_same(&expected[i], &got), form + ": " + json::serialize(expected[i]) + "\n  read as " + actual[i]);
        }
    }

    [[nodiscard]] int finish() const {
        std::cout << passed_ << " passed, " << failed_ << " failed\n";
        return failed_ != 0 || passed_ == 0 ? 1 : 0;
    }

private:
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
};

/// Walks the page in `size` bytes of scratch memory: the instances that fit, and the ids of those that do not.
void walk(zenwire::response_view const& answer, std::size_t size, std::vector<std::string>& instances,
          std::vector<std::string>& incomplete, checker& checks) {
    std::vector<std::byte> scratch(size);
    const auto summary = zenwire::for_each_instance(
        answer, scratch, [&](zenwire::instance_info const& each) { instances.push_back(written(each)); },
        [&](std::string_view id, zenwire::error const& why) {
            checks.check(why.code == zenwire::errc::buffer_too_small, "an instance that does not fit says why");
            incomplete.emplace_back(id);
        });
    checks.check(summary.has_value(), "the stream is read to its end");
    if (summary) {
        checks.check(summary->count == instances.size() + incomplete.size(), "every instance is counted");
        checks.check(summary->incomplete_count == incomplete.size(), "every instance that does not fit is counted");
    }
}

}  // namespace

int main(int count, char** arguments) {
    std::ifstream file(count == 2 ? arguments[1] : "", std::ios::binary);
    if (!file) {
        std::cerr << "usage: " << arguments[0] << " ANSWER.json\n";
        return 2;
    }
    const std::string body{std::istreambuf_iterator<char>(file), {}};
    const json::value dom = json::parse(body);
    json::object const& response = dom.at("response").as_object();
    json::array const& expected = response.at("dataSet").as_array();
    const zenwire::response_view answer{200, body, {}};
    checker checks;

    const auto page = zenwire::owned_response<zenwire::describe_instances::response>::parse(answer, true);
    checks.check(page.has_value(), "the container is read");
    if (page) {
        std::vector<std::string> instances;
        for (zenwire::instance_info const& each : (*page)->data_set) {
            instances.push_back(written(each));
        }
        checks.check_instances("container", expected, instances);
        checks.check((*page)->request_id == std::string_view(dom.at("requestId").as_string()), "the request id");
        checks.check((*page)->total_count == response.at("totalCount").to_number<std::int64_t>(), "the total count");
    }

    std::vector<std::string> instances;
    std::vector<std::string> incomplete;
    walk(answer, std::size_t{64} << 10U, instances, incomplete, checks);
    checks.check(incomplete.empty(), "all instances fit into 64 KiB");
    checks.check_instances("stream", expected, instances);

    // What fits into little memory is the same as before, and the others are named, in order.
    for (const std::size_t size : {std::size_t{0}, std::size_t{256}, std::size_t{1024}}) {
        std::vector<std::string> some;
        std::vector<std::string> others;
        walk(answer, size, some, others, checks);
        std::size_t next = 0;
        std::size_t next_other = 0;
        for (std::size_t i = 0; i < instances.size(); ++i) {
            const std::string_view id = expected[i].at("instanceId").as_string();
            if (next_other < others.size() && others[next_other] == id) {
                ++next_other;
            } else {
                checks.check(next < some.size() && some[next] == instances[i], "an instance in little memory");
                ++next;
            }
        }
        checks.check(next == some.size() && next_other == others.size(), "no instance comes twice, in any memory");
    }
    return checks.finish();
}
