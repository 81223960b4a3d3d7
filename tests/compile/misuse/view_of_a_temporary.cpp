// SPDX-License-Identifier: BSL-1.0
// says: deleted
// says: view() const
#include <zenwire/protocol/request.hpp>

zenwire::signed_request make();
const zenwire::request_view view = make().view();
