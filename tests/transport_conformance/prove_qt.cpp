// SPDX-License-Identifier: BSL-1.0
//
// Holds the example transport over Qt to the duties of a transport.

#include <string>

#include <QCoreApplication>

#include "../examples/qt_transport.hpp"
#include "run_scenarios.hpp"
#include "settings.hpp"

namespace {

/// An application for each process that sends.
class qt_with_application {
public:
    explicit qt_with_application(transport_settings const& settings) : transport_(settings) {}
    http_result operator()(zenwire::request_view const& request) { return transport_(request); }

private:
    int count_ = 1;
    char name_[6] = "prove";
    char* arguments_[2] = {&name_[0], nullptr};
    QCoreApplication application_{count_, &arguments_[0]};
    qt_transport transport_;
};

}  // namespace

int main(int count, char** arguments) {
    using namespace transport_conformance;
    const std::string unbounded = "it bounds neither the head nor what stands between chunks, and a flood keeps its timer waiting";
    const std::string cut_chunk = "now and then it does not miss the rest; half a JSON is no success";
    const std::string one_address = "the second address is tried only when the first one refuses: not_sent";
    return run_program(
        count, arguments, made_by([](limits const& of) { return qt_with_application(settings_of(of)); }),
        {{"interim responses come first", "it skips 100 only: unknown"},
         {"the path has escapes", "it tidies up dots; paths of the API have none"},
         {"the server resets at once", "a connection that is reset before anything was written is made again"},
         {"the server closes before the last chunk", cut_chunk},
         {"the server resets before the last chunk", cut_chunk},
         {"the server closes within a chunk", cut_chunk},
         {"the server resets within a chunk", cut_chunk},
         {"the session is cut, not closed", "it takes a cut session for a closed one; half a JSON is no success"},
         {"the body ends with the connection, and does not end", unbounded},
         {"chunks never end", unbounded},
         {"one chunk is too large", unbounded},
         {"a field never ends", unbounded},
         {"fields never end", unbounded},
         {"the status line never ends", unbounded},
         {"an extension of a chunk never ends", unbounded},
         {"fields behind the chunks never end", unbounded},
         {"the first of two addresses never says a word", one_address},
         {"signals come while it connects", one_address}});
}
