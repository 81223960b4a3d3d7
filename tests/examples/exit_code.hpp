// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_EXIT_CODE_HPP
#define ZENWIRE_TESTS_EXAMPLES_EXIT_CODE_HPP

#include <string_view>

/// How the programs end that can place an order. What each means stands in `exit_code_help`.
enum exit_code : int {
    done = 0,
    nothing_ordered = 1,
    wrong_usage = 2,
    outcome_unknown = 3,
    interrupted = 4,
    not_seen_yet = 5,
    refused_by_api = 6,
    conflict = 7,
    held_by_another = 8,
    blocked = 9,
    declined = 10,
};

/// The table for people, as --help shows it.
inline constexpr std::string_view exit_code_help = R"(Exit code:
    0  done, or planned for the next billing cycle
    1  nothing was ordered: refused before it was sent, or not sent; or what was to be read could not be
    2  wrong arguments; nothing was ordered
    3  nobody knows whether an order was placed
    4  interrupted; the last line says whether an order may be under way
    5  the order was accepted, its effect was not seen yet
    6  the API refused
    7  somebody else changed the instance meanwhile; what became of this job's order is known, and said
    8  another process works on this instance; this one ordered nothing
    9  an earlier job stands in the way, or its file cannot be trusted; this start ordered nothing
    10  the question was answered with no; nothing was ordered
)";

#endif
