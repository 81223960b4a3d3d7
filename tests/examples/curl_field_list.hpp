// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CURL_FIELD_LIST_HPP
#define ZENWIRE_TESTS_EXAMPLES_CURL_FIELD_LIST_HPP

#include <cstring>
#include <span>
#include <string>

#include <curl/curl.h>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/http/message.hpp>

/// The fields of a request as libcurl wants them, wiped in the end.
class curl_field_list {
public:
    explicit curl_field_list(zenwire::field_list const& fields) {
        // libcurl adds these of its own, unless they are asked for without a value
        for (char const* const line : {"Accept:", "Expect:", "User-Agent:"}) {
            add(line);
        }
        for (const zenwire::field each : fields) {
            // with a semicolon: a field without a value
            add(std::string(each.name).append(each.value.empty() ? ";" : ": ").append(each.value));
        }
    }
    curl_field_list(curl_field_list const&) = delete;
    curl_field_list& operator=(curl_field_list const&) = delete;
    ~curl_field_list() {
        for (curl_slist* each = list_; each != nullptr; each = each->next) {
            zenwire::secure_zero(std::span(each->data, std::strlen(each->data)));
        }
        curl_slist_free_all(list_);
    }

    [[nodiscard]] bool is_complete() const { return complete_; }
    [[nodiscard]] curl_slist* get() const { return list_; }

private:
    void add(std::string const& line) {
        curl_slist* const longer = curl_slist_append(list_, line.c_str());
        complete_ = complete_ && longer != nullptr;
        list_ = longer != nullptr ? longer : list_;
    }

    curl_slist* list_ = nullptr;
    bool complete_ = true;
};

#endif
