// SPDX-License-Identifier: BSL-1.0
// What a program without exceptions has to give Boost. zenwire never gets there.
#include <boost/throw_exception.hpp>

#include <cstdlib>

void boost::throw_exception(std::exception const&) { std::abort(); }
void boost::throw_exception(std::exception const&, boost::source_location const&) { std::abort(); }
