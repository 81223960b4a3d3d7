// SPDX-License-Identifier: BSL-1.0

/// @file
/// Start-up of a Cortex-M4 with nothing below it: vector table, memory, and semihosting to print and to end. abort() and
/// every fault end the run with a failure.

#include "board.hpp"

#include <cstdint>
#include <cstring>

extern "C" {

// the symbols of the linker script; only their addresses mean something
extern std::uint32_t stack_bottom[];
extern std::uint32_t stack_top[];
extern unsigned char data_begin[];
extern unsigned char data_end[];
extern unsigned char const data_source[];
extern unsigned char bss_begin[];
extern unsigned char bss_end[];
using constructor = void (*)();
extern constructor const constructors_begin[];
extern constructor const constructors_end[];

}  // extern "C"

namespace {

constexpr std::uint32_t semihosting_write_text = 0x04;
constexpr std::uint32_t semihosting_exit = 0x20;
constexpr std::uint32_t application_exit = 0x20026;

void ask_host(std::uint32_t operation, void const* parameter) noexcept {
    register std::uint32_t r0 asm("r0") = operation;
    register void const* r1 asm("r1") = parameter;
    asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

[[noreturn]] void finish(int code) noexcept {
    const std::uint32_t block[] = {application_exit, static_cast<std::uint32_t>(code)};
    while (true) {
        ask_host(semihosting_exit, block);
    }
}

[[noreturn]] void fail(char const* why) noexcept {
    ask_host(semihosting_write_text, why);
    finish(1);
}

constexpr std::uint32_t paint = 0xA5C3F00D;

/// The address of its own frame: a place on the stack just below the caller's.
[[gnu::noinline]] std::uint32_t* stack_pointer() noexcept {
    std::uint32_t* place = nullptr;
    asm volatile("mov %0, sp" : "=r"(place));
    return place;
}

}  // namespace

extern "C" {

[[noreturn]] void reset() noexcept {
    std::memcpy(data_begin, data_source, static_cast<std::size_t>(data_end - data_begin));
    std::memset(bss_begin, 0, static_cast<std::size_t>(bss_end - bss_begin));
    for (constructor const* each = constructors_begin; each != constructors_end; ++each) {
        (*each)();
    }
    finish(program());
}

[[noreturn]] void fault() noexcept { fail("a fault of the processor\n"); }
[[noreturn]] void abort() noexcept { fail("abort() was called\n"); }

// the first words of the memory: where the stack begins, and what runs at reset and at each of the system's exceptions
struct vector_table {
    void* stack;
    void (*handlers[15])();
};
extern vector_table const vectors;
[[gnu::section(".vectors"), gnu::used]] vector_table const vectors = {
    stack_top,
    {reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault}};

}  // extern "C"

namespace board {

void print(std::string_view text) noexcept {
    while (!text.empty()) {
        char piece[65];
        const std::size_t size = text.copy(piece, sizeof piece - 1);
        piece[size] = '\0';
        ask_host(semihosting_write_text, piece);
        text.remove_prefix(size);
    }
}

std::size_t stack_taken_by(void (*work)()) noexcept {
    constexpr std::ptrdiff_t own_words = 32;  // of this function and what it calls while painting
    std::uint32_t volatile* const end = stack_pointer() - own_words;
    for (std::uint32_t volatile* word = stack_bottom; word != end; ++word) {
        *word = paint;
    }
    work();
    std::uint32_t volatile* touched = stack_bottom;
    while (touched != end && *touched == paint) {
        ++touched;
    }
    if (touched == stack_bottom) {
        fail("the stack is too small\n");
    }
    return static_cast<std::size_t>(stack_pointer() - const_cast<std::uint32_t*>(touched)) * sizeof(std::uint32_t);
}

}  // namespace board
