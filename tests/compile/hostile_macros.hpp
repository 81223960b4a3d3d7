// SPDX-License-Identifier: BSL-1.0

/// @file
/// Macros that users have before they include zenwire: those of windows.h and its kin, of rpcndr.h, of BSD's and Linux'
/// headers, of Arduino's core, and the names of platforms in the GNU dialects. No guard: it stands in one place only.

// windows.h
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define ERROR 0
#define NO_ERROR 0L
#define OK 0
#define DELETE 0x00010000L
#define GET 1
#define POST 2
#define IN
#define OUT
#define OPTIONAL
#define near
#define far
#define NEAR
#define FAR
#define CONST const
#define VOID void
#define TRUE 1
#define FALSE 0
#define STRICT 1
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define ABSOLUTE 1
#define RELATIVE 2
#define TRANSPARENT 1
#define OPAQUE 2
#define DIFFERENCE 11
#define CALLBACK __stdcall
#define PASCAL __stdcall
#define THIS_ void
#define GetObject GetObjectW
#define GetMessage GetMessageW
#define SendMessage SendMessageW
#define CreateService CreateServiceW
#define SUCCESS 0
#define FAILED(result) ((result) < 0)
#define SUCCEEDED(result) ((result) >= 0)
#define UNKNOWN 0
#define STATUS int
#define STATUS_PENDING 0x103

// rpcndr.h, objbase.h
#define small char
#define hyper long long
#define interface struct
#define cdecl
#define pascal

// sys/sysmacros.h, sys/param.h, X11, syslog.h
#define major(device) ((device) >> 8)
#define minor(device) ((device) & 255)
#define makedev(a, b) ((a) << 8 | (b))
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define howmany(x, y) (((x) + ((y) - 1)) / (y))
#define Bool int
#define None 0L
#define Success 0
#define Always 2
#define LOG_ERR 3

// Arduino
#define HIGH 1
#define LOW 0
#define INPUT 0
#define OUTPUT 1
#define HEX 16
#define DEC 10
#define PI 3.1415926535897932384626433832795
#define F(text) (text)
#define bit(b) (1UL << (b))
#define lowByte(w) ((w) & 0xff)
#define constrain(value, low, high) ((value) < (low) ? (low) : (value))

// the GNU dialects on Linux
#define linux 1
#define unix 1
#define i386 1
#define arm 1

// single letters and short names of careless headers
#define R 1
#define S 2
#define B0 0
#define DEBUG 1
#define PRIVATE static
#define PUBLIC
