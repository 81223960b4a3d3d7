// SPDX-License-Identifier: BSL-1.0
#include <string>

#include <boost/json.hpp>

#include <zenwire/zenwire.hpp>

#include "row.hpp"
#include "sample.hpp"

namespace {

void add_answer_rows(std::string const& group, int status, std::string_view body) {
    bench::row(group, "zenwire",
               [=] { return zenwire::parse_response<sample::action_type>(sample::service, {status, body, {}}); });
    bench::row(group, "Boost.JSON, DOM on a stack buffer", [=] {
        unsigned char memory[4096];
        boost::json::static_resource resource(memory);
        return boost::json::parse({body.data(), body.size()}, &resource).is_object();
    });
}

}  // namespace

void bench::add_reading_rows() {
    add_answer_rows("parse_response, success", 200, sample::success);
    add_answer_rows("parse_response, API error", 404, sample::api_error);
}
