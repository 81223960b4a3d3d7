#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of single_include/amalgamate.py on small headers of their own."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "single_include"))

from amalgamate import (  # noqa: E402
    OPT_IN_HEADERS, SINGLE_HEADERS, AmalgamationError, amalgamate, amalgamate_opt_in, guard_of)


class AmalgamateTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.include = self.root / "include"

    def write(self, name, *lines, guard=None):
        guard = guard or guard_of(name)
        file = self.include / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join([f"#ifndef {guard}", f"#define {guard}", *lines, "#endif", ""]), encoding="utf-8")

    def amalgamate(self, name):
        return amalgamate(self.include, name)[0]

    def run_script(self, *options):
        command = [sys.executable, "-B", str(ROOT / "single_include/amalgamate.py")]
        places = ["--include", str(self.include), "--output", str(self.root / "out")]
        return subprocess.run([*command, *places, *options], capture_output=True, text=True, check=False)

    def write_all_sources(self):
        for source in (*SINGLE_HEADERS.values(), *OPT_IN_HEADERS):
            self.write(source, f"int {guard_of(source)}_content;")

    def test_an_opt_in_header_is_only_what_the_one_below_it_has_not(self):
        self.write("zenwire/base/a.hpp", "int a;")
        self.write("zenwire/base/b.hpp", "int b;")
        self.write("zenwire/core.hpp", "#include <zenwire/base/a.hpp>")
        self.write("zenwire/ostream.hpp", "#include <ostream>", "#include <zenwire/base/a.hpp>", "#include <zenwire/base/b.hpp>")
        text, inside = amalgamate_opt_in(self.include, "zenwire/ostream.hpp")
        self.assertIn("#include <zenwire/core.hpp>\n", text)
        self.assertIn("int b;", text)
        self.assertNotIn("int a;", text)
        self.assertEqual(inside, {"zenwire/ostream.hpp", "zenwire/base/b.hpp"})

    def test_expands_each_header_once_and_where_it_is_first_needed(self):
        self.write("zenwire/a.hpp", "int a;")
        self.write("zenwire/b.hpp", "#include <zenwire/a.hpp>", "int b;")
        self.write("zenwire/all.hpp", "#include <zenwire/b.hpp>", "#include <zenwire/a.hpp>", "int all;")
        text = self.amalgamate("zenwire/all.hpp")
        self.assertNotIn("#include", text)
        self.assertEqual([text.count("int a;"), text.count("int b;")], [1, 1])
        self.assertLess(text.index("int a;"), text.index("int b;"))
        self.assertLess(text.index("int b;"), text.index("int all;"))

    def test_keeps_all_other_lines_as_they_are(self):
        lines = [
            "#include <vector>  // kept",
            "#if __has_include(<version>)",
            "\t#include <version>",
            "#endif",
            "#include ZENWIRE_LIMITS_HEADER",
            "/// #include <zenwire/none.hpp> in a comment",
            'char const* text = "µ\\n"; ',
            "",
        ]
        self.write("zenwire/all.hpp", *lines)
        self.assertIn("\n".join(lines), self.amalgamate("zenwire/all.hpp"))

    def test_keeps_the_guards_so_that_single_headers_can_meet(self):
        self.write("zenwire/a.hpp", "struct a {};")
        self.write("zenwire/one.hpp", "#include <zenwire/a.hpp>", "inline a one;")
        self.write("zenwire/two.hpp", "#include <zenwire/a.hpp>", "inline a two;")
        for order in (["one", "two"], ["two", "one"]):
            text = "".join(self.amalgamate(f"zenwire/{name}.hpp") for name in order)
            compiler = os.environ.get("CXX", "c++")
            done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-x", "c++", "-"], input=text, text=True,
                                  capture_output=True, check=False)
            self.assertEqual(done.stderr, "")

    def test_says_what_it_cannot_do(self):
        self.write("zenwire/missing.hpp", "int x;", "#include <zenwire/none.hpp>")
        self.write("zenwire/conditional.hpp", "#if 1", "#include <zenwire/missing.hpp>", "#endif")
        self.write("zenwire/unguarded.hpp", guard="SOMETHING_ELSE")
        for name, complaint in (
            ("zenwire/missing.hpp", r"zenwire/missing.hpp, line 4: there is no zenwire/none.hpp"),
            ("zenwire/conditional.hpp", r"zenwire/conditional.hpp, line 4: .* no other #if"),
            ("zenwire/unguarded.hpp", r"zenwire/unguarded.hpp: its include guard must be ZENWIRE_UNGUARDED_HPP"),
            ("zenwire/absent.hpp", r"there is no zenwire/absent.hpp"),
        ):
            with self.subTest(name), self.assertRaisesRegex(AmalgamationError, complaint):
                self.amalgamate(name)

    def test_check_finds_stale_missing_and_foreign_files(self):
        self.write_all_sources()
        self.assertEqual(self.run_script("--check").returncode, 1)
        self.assertEqual(self.run_script().returncode, 0)
        self.assertEqual(self.run_script("--check").returncode, 0)
        foreign = self.root / "out/zenwire/foreign.hpp"
        foreign.touch()
        self.assertIn("foreign.hpp", self.run_script("--check").stdout)
        foreign.unlink()
        self.write("zenwire/core.hpp", "int changed;")
        stale = self.run_script("--check")
        self.assertEqual(stale.returncode, 1)
        self.assertIn("core.hpp", stale.stdout)
        self.assertNotIn("testing.hpp", stale.stdout)

    def test_a_header_that_is_not_there_is_an_error(self):
        done = self.run_script()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("there is no zenwire/core.hpp", done.stderr)
        self.assertFalse((self.root / "out").exists())


if __name__ == "__main__":
    unittest.main()
