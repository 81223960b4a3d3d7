// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_CLIENT_LEDGER_JOB_HPP
#define ZENWIRE_TESTS_UNIT_CLIENT_LEDGER_JOB_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "workflow_job.hpp"

/// A job that asks the ledger, and pages of a ledger.
namespace workflow_tests {

using evidence = zenwire::ledger_evidence::kind;

inline constexpr std::string_view balance = "DescribeCustomerBalance";
inline constexpr std::string_view bill = "DescribeBillDetail";
inline constexpr std::string_view movements = "DescribeTransactionHistory";
inline constexpr std::string_view ledger_actions[] = {balance, bill, movements};

inline std::string list_of(std::vector<std::string> const& entries, std::size_t total) {
    std::string text = R"("totalCount":)" + std::to_string(total) + R"(,"dataSet":[)";
    for (std::size_t i = 0; i < entries.size(); ++i) {
        text += (i == 0 ? "" : ",") + entries[i];
    }
    return text + "]";
}
inline scripted_fault page(std::vector<std::string> const& entries) { return answer(list_of(entries, entries.size())); }
inline scripted_fault first_page(std::vector<std::string> const& entries, std::size_t total) {
    return answer(list_of(entries, total));
}
inline std::string line(std::string_view order, std::string_view resource = instance_id) {
    return R"({"resourceId":")" + std::string(resource) + R"(","product":"BMC","productSubitem":"traffic","amount":80.5,)" +
           R"("deductionTime":"2023-01-10T14:33:00Z","orderSn":")" + std::string(order) + R"("})";
}
inline std::string movement(std::string_view order) {
    return R"({"uid":"u","transactionTime":"2023-01-10T14:33:01Z","description":"Bare Metal","amount":-80.5,"orderSn":")" +
           std::string(order) + R"("})";
}

/// A job whose ledger has nothing, but for what a test says.
struct ledger_job : job<> {
    zenwire::client<zenwire::access_key> ledger{zenwire::services::zbc_2024_08_08, zenwire::endpoint(), credential};
    bool has_ledger = true;
    evidence seen = evidence::nothing_new;
    std::optional<zenwire::decimal> power{};
    bool was_warned = false;

    workflow_verdict order(std::string_view terabytes = "2") {
        add_empty_pages();
        auto machine = change(terabytes);
        return drive_with_ledger(machine);
    }
    workflow_verdict go_on() {
        auto machine = resume();
        return drive_with_ledger(machine);
    }
    workflow_verdict drive_with_ledger(workflow& machine) {
        if (has_ledger) {
            REQUIRE(machine.consult(ledger).has_value());
        }
        on_confirm = [&] {
            power = machine.purchasing_power();
            was_warned = machine.may_lack_balance();
        };
        return drive(machine);
    }
    void add_empty_pages() {
        fail_from(balance, answer(R"("purchasingPower":1000)"));
        fail_from(bill, page({}));
        fail_from(movements, page({}));
    }
};

}  // namespace workflow_tests

#endif
