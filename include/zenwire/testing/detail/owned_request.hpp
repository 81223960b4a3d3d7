// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_OWNED_REQUEST_HPP
#define ZENWIRE_TESTING_DETAIL_OWNED_REQUEST_HPP

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <zenwire/http/message.hpp>
#include <zenwire/testing/fake_records.hpp>

namespace ZENWIRE_NAMESPACE::detail {

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

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
