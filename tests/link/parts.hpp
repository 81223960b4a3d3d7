// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_LINK_PARTS_HPP
#define ZENWIRE_TESTS_LINK_PARTS_HPP

// The parts of one program, each in a translation unit of its own with other headers of zenwire; true when all went well.
bool builds_and_signs();
bool sends_and_reads();

#endif
