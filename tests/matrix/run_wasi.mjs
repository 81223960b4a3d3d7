// SPDX-License-Identifier: BSL-1.0
// node run_wasi.mjs PROGRAM [ARGUMENT...]: runs a program for WebAssembly's system interface, which sees the file system
// of this machine under the same paths.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { WASI } from "node:wasi";

const wasi = new WASI({ version: "preview1", args: process.argv.slice(2), preopens: { "/": "/" }, returnOnExit: true });
const program = await WebAssembly.compile(await readFile(process.argv[2]));
process.exit(wasi.start(await WebAssembly.instantiate(program, wasi.getImportObject())));
