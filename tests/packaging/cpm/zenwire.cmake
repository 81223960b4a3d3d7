# SPDX-License-Identifier: BSL-1.0
#
# Not run with CPM itself, which was not to be had; a test runs it with a stand-in. ZENWIRE_RELEASE is the release's tarball, or its
# address.
CPMAddPackage(
  NAME zenwire
  VERSION 0.2.0
  URL ${ZENWIRE_RELEASE}
  OPTIONS "ZENWIRE_BUILD_TESTS OFF" "ZENWIRE_INSTALL OFF")
