// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_SCHEDULE_HPP
#define ZENWIRE_TESTS_MODEL_SCHEDULE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace model {

/// What happens in one run: a number for each point at which something may go wrong, 0 for "nothing". All schedules with at
/// most so many faults follow one another depth first: run, then advance(), until it returns false. A run asks with
/// choose(); it must ask the same questions whenever it gets the same answers.
///
/// Once all faults are spent there is nothing to choose, and nothing is noted: so a schedule is the same list of numbers
/// whatever the largest number of faults was.
class schedule {
public:
    explicit schedule(unsigned max_faults) : max_faults_(max_faults) {}
    /// Replays a list; what it does not reach is 0.
    explicit schedule(std::vector<std::uint16_t> choices) : max_faults_(UINT32_MAX), is_replay_(true) {
        for (const std::uint16_t each : choices) {
            points_.push_back({each, each});
        }
    }

    /// One of `options` ways to go on, of which number 0 is free and every other one is a fault.
    [[nodiscard]] std::size_t choose(std::size_t options) {
        if (faults_ == max_faults_ || is_quiet_ || options < 2) {
            return 0;
        }
        if (position_ == points_.size()) {
            if (is_replay_) {
                return 0;
            }
            points_.push_back({0, static_cast<std::uint16_t>(options - 1)});
        }
        const std::size_t chosen = points_[position_++].chosen;
        faults_ += chosen != 0 ? 1 : 0;
        return chosen < options ? chosen : 0;
    }

    /// While it is quiet nothing goes wrong, and nothing is asked.
    void set_quiet(bool is_quiet) { is_quiet_ = is_quiet; }
    [[nodiscard]] bool is_quiet() const { return is_quiet_; }

    /// Goes on to the next schedule, for another run; false when there is none.
    [[nodiscard]] bool advance() {
        points_.resize(position_);
        while (!points_.empty() && points_.back().chosen == points_.back().last) {
            points_.pop_back();
        }
        rewind();
        if (points_.empty() || is_replay_) {
            return false;
        }
        ++points_.back().chosen;
        return true;
    }
    void rewind() {
        position_ = 0;
        faults_ = 0;
        is_quiet_ = false;
    }

    [[nodiscard]] unsigned faults() const { return faults_; }
    [[nodiscard]] std::size_t depth() const { return position_; }
    /// At which point the last fault was.
    [[nodiscard]] std::size_t length() const {
        std::size_t length = position_;
        while (length > 0 && points_[length - 1].chosen == 0) {
            --length;
        }
        return length;
    }
    /// The list that replays the run, without the zeros at its end.
    [[nodiscard]] std::string text() const {
        std::string result;
        for (std::size_t i = 0; i < length(); ++i) {
            result += (i > 0 ? "," : "") + std::to_string(points_[i].chosen);
        }
        return result.empty() ? "0" : result;
    }

private:
    struct point {
        std::uint16_t chosen;
        std::uint16_t last;
    };
    std::vector<point> points_;
    std::size_t position_ = 0;
    std::uint32_t faults_ = 0;
    std::uint32_t max_faults_;
    bool is_quiet_ = false;
    bool is_replay_ = false;
};

}  // namespace model

#endif
