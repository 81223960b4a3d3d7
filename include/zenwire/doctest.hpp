// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_DOCTEST_HPP
#define ZENWIRE_DOCTEST_HPP

/// @file
/// Lets doctest show values of this library: `api_error` in place of 19, and errors in place of `{?}`. It includes
/// zenwire/ostream.hpp, and adds a toString() for each enumeration, without which doctest shows numbers. GoogleTest and Catch2
/// need zenwire/ostream.hpp only. Opt-in: include it in all files of a test program, or in none.

#ifndef DOCTEST_LIBRARY_INCLUDED
#include <doctest/doctest.h>
#endif

#include <zenwire/action/raw_action.hpp>
#include <zenwire/action/traffic_package_prediction.hpp>
#include <zenwire/client/instance_pager.hpp>
#include <zenwire/client/workflow_record.hpp>
#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>
#include <zenwire/ostream.hpp>
#include <zenwire/testing/faults.hpp>
#include <zenwire/testing/transport_scenario.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// The text of a value, for doctest.
template <printable Value>
doctest::String shown(Value const& value) {
    const printed<Value> text(value);
    return {text.view().data(), static_cast<unsigned>(text.view().size())};
}

}  // namespace detail

/// @{
/// The name of the enumerator, for doctest.
inline doctest::String toString(raw_action_effect value) { return detail::shown(value); }
inline doctest::String toString(traffic_package_prediction::kind value) { return detail::shown(value); }
inline doctest::String toString(errc value) { return detail::shown(value); }
inline doctest::String toString(blame value) { return detail::shown(value); }
inline doctest::String toString(outcome value) { return detail::shown(value); }
inline doctest::String toString(pager_step::kind value) { return detail::shown(value); }
inline doctest::String toString(ledger_evidence::kind value) { return detail::shown(value); }
inline doctest::String toString(observed_package::change_state value) { return detail::shown(value); }
inline doctest::String toString(exchange_step::kind value) { return detail::shown(value); }
inline doctest::String toString(transport_failure value) { return detail::shown(value); }
inline doctest::String toString(workflow_record::goal value) { return detail::shown(value); }
inline doctest::String toString(workflow_record::order_state value) { return detail::shown(value); }
inline doctest::String toString(workflow_step::kind value) { return detail::shown(value); }
inline doctest::String toString(save_mode value) { return detail::shown(value); }
inline doctest::String toString(resume_check value) { return detail::shown(value); }
inline doctest::String toString(workflow_verdict::instance_kind value) { return detail::shown(value); }
inline doctest::String toString(workflow_verdict::order_kind value) { return detail::shown(value); }
inline doctest::String toString(endpoint::scheme value) { return detail::shown(value); }
inline doctest::String toString(connection_use value) { return detail::shown(value); }
inline doctest::String toString(http1_progress value) { return detail::shown(value); }
inline doctest::String toString(api_code value) { return detail::shown(value); }
inline doctest::String toString(instance_charge_type::value_type value) { return detail::shown(value); }
inline doctest::String toString(instance_status::value_type value) { return detail::shown(value); }
inline doctest::String toString(internet_charge_type::value_type value) { return detail::shown(value); }
inline doctest::String toString(modification_status::value_type value) { return detail::shown(value); }
inline doctest::String toString(content_type value) { return detail::shown(value); }
inline doctest::String toString(sell_status::value_type value) { return detail::shown(value); }
inline doctest::String toString(response_variant value) { return detail::shown(value); }
inline doctest::String toString(fake_act::kind value) { return detail::shown(value); }
inline doctest::String toString(fake_check value) { return detail::shown(value); }
inline doctest::String toString(fake_order_request::fate value) { return detail::shown(value); }
inline doctest::String toString(random_faults::range value) { return detail::shown(value); }
inline doctest::String toString(scripted_fault::kind value) { return detail::shown(value); }
inline doctest::String toString(transport_duty value) { return detail::shown(value); }
inline doctest::String toString(transport_outcome value) { return detail::shown(value); }
inline doctest::String toString(transport_scenario::place value) { return detail::shown(value); }
inline doctest::String toString(transport_scenario::tls value) { return detail::shown(value); }
inline doctest::String toString(transport_scenario::step::kind value) { return detail::shown(value); }
/// @}

}  // namespace ZENWIRE_NAMESPACE

#endif
