// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstddef>
#include <fstream>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <zenwire/zenwire.hpp>

#include "floor.hpp"
#include "row.hpp"
#include "sample.hpp"

namespace {

/// The body of the first response of a file of the tests.
std::string first_body(std::string const& file_name) {
    std::ifstream file(ZENWIRE_TESTS_DIR "/responses/" + file_name);
    std::string line;
    std::getline(file, line);
    return std::string(boost::json::parse(line).at("body").as_string());
}

/// Rows for the response to an action, which is the first of the file of that name.
template <class Action, class IsRight>
void add_rows(std::string const& name, Action const& action, IsRight is_right) {
    const std::string body = first_body(name + ".jsonl");
    const std::string group = "parse_response, " + name;
    bench::row(
        group, "zenwire", [=] { return zenwire::parse_response(action, sample::service, {200, body, {}}); },
        [=](auto const& response) { return response && is_right(*response); });
    bench::add_floor_row(group, body);
}

}  // namespace

void bench::add_action_rows() {
    using namespace zenwire;
    const std::string_view request_id = "T05992D0C-7E8B-4047-B0C0-780F2CD549D3";
    const auto has_request_id = [=](auto const& response) { return response.request_id == request_id; };
    add_rows("modify_instance_bandwidth", modify_instance_bandwidth{},
             [](auto const& response) { return response.order_number == std::string_view("xxxx"); });
    add_rows("cancel_instance_traffic_package_downgrade", cancel_instance_traffic_package_downgrade{}, has_request_id);
    add_rows("cancel_instance_bandwidth_downgrade", cancel_instance_bandwidth_downgrade{}, has_request_id);
    add_rows("inquiry_price_instance_traffic_package", inquiry_price_instance_traffic_package{},
             [](auto const& response) {
                 return response.prices.size() == 2 && response.prices[0].discount_price == decimal(7524) &&
                        response.prices[1].step_prices.size() == 1;
             });
    add_rows("inquiry_price_instance_bandwidth", inquiry_price_instance_bandwidth{}, [](auto const& response) {
        return response.prices.size() == 1 && response.prices[0].unit_price == decimal::parse("1.32");
    });
    add_rows("describe_instance_internet_status", describe_instance_internet_status{}, [](auto const& response) {
        return response.instance_name == std::string_view("xx") && response.internet_max_bandwidth_out == 100 &&
               response.modified_bandwidth_status == modification_status::enable;
    });
    add_rows("describe_instance_traffic", owning{describe_instance_traffic{}}, [](auto const& response) {
        return response->data_list.size() == 4 && response->in_95 == 144056 && response->unit == "bps";
    });
    add_rows("describe_available_resources", owning{describe_available_resources{.instance_charge_type = zenwire::instance_charge_type::prepaid}}, [](auto const& response) {
        return response->available_resources.size() == 1 &&
               response->available_resources.begin()->instance_type_id == "M7D";
    });
    add_rows("describe_instances", owning{describe_instances{}}, [](auto const& response) {
        return response->data_set.size() == 1 && response->data_set.begin()->hostname == "M7D-HKG-A-01";
    });
    static std::array<char, 1024> memory;
    add_rows("any_other_action", raw_action{"DescribeZones", "{}", raw_action_effect::reads, memory},
             [](auto const& response) { return response.json.find("HKG-A") != std::string_view::npos; });
}
