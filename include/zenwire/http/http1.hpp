// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_HTTP1_HPP
#define ZENWIRE_HTTP_HTTP1_HPP

/// @file
/// HTTP/1.1 for those who have nothing but a socket: http1_request gives the bytes to write, http1_response takes the bytes
/// that were read.

#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>

#endif
