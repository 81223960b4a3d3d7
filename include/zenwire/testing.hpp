// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_HPP
#define ZENWIRE_TESTING_HPP

/// @file
/// The cloud in memory, for the tests of programs that use the library.

#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/testing/fuzzed_transport.hpp>

#endif
