# SPDX-License-Identifier: BSL-1.0
#
# What a test needs and this system has not is a skip with its reason. The variable `skip` is that reason, for the tests that are
# added while it is set; while it is empty they are ordinary tests:
#
#   zenwire_skip_without("doxygen" ${ZENWIRE_DOXYGEN})   sets `skip`, or empties it
#   zenwire_add_test(NAME COMMAND...)                    adds the test, or one that is skipped and says why
#
# The file skipped_tests.txt in the build tree tells all of them, a name, a tab and a reason a line.

macro(zenwire_skip_without what)
  set(skip "no ${what}")
  foreach(found IN ITEMS ${ARGN})
    if(found)
      set(skip "")
    endif()
  endforeach()
endmacro()

function(zenwire_add_test name)
  if(skip)
    add_test(NAME "${name}" COMMAND ${CMAKE_COMMAND} -E echo "skipped: ${skip}")
    set_tests_properties("${name}" PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped: ")
    set_property(GLOBAL APPEND_STRING PROPERTY ZENWIRE_SKIPPED_TESTS "${name}\t${skip}\n")
  else()
    add_test(NAME "${name}" COMMAND ${ARGN})
  endif()
endfunction()

# To be called when all tests are added
function(zenwire_write_skipped_tests)
  get_property(skipped GLOBAL PROPERTY ZENWIRE_SKIPPED_TESTS)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/skipped_tests.txt CONTENT "${skipped}" @ONLY)
endfunction()
