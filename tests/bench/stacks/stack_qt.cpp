// SPDX-License-Identifier: BSL-1.0
#include <QCoreApplication>

#include "../../examples/qt_transport.hpp"
#include "stack_bench.hpp"

int main(int count, char** arguments) {
    using namespace stack_bench;
    const QCoreApplication application(count, arguments);
    return run(count, arguments,
               {{"qt", over([](transport_settings const& settings) { return qt_transport(settings); })}});
}
