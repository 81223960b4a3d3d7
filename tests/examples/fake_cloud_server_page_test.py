#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does what the page of fake_cloud_server shows, in a folder outside of the tree. Usage: fake_cloud_server_page_test.py PROGRAM

The program is the one that the build has made; the page's own line to build it is held to files that exist.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from fake_cloud_process import FakeCloudProcess

PROGRAM = pathlib.Path(sys.argv.pop(1))
ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "tests" / "docs" / "fake_cloud_server.md").read_text(encoding="utf-8")


def section(title):
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)[1]


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


class Page(unittest.TestCase):
    def setUp(self):
        self.server = FakeCloudProcess(str(PROGRAM))
        self.addCleanup(self.server.__exit__)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_block(self, block):
        block = block.replace("127.0.0.1:8080", self.server.address)
        done = subprocess.run(["sh", "-eu", "-c", block], cwd=self.folder, text=True, capture_output=True, check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    @unittest.skipUnless(shutil.which("curl"), "there is no curl")
    def test_curl(self):
        text = section("curl")
        (block,) = blocks(text, "sh")
        said = re.search(r"there is `([^`]+)`", text)[1]
        self.assertIn(said, self.run_block(block))

    def test_python(self):
        text = section("Python's standard library")
        (program,) = blocks(text, "python")
        (command,) = blocks(text, "sh")
        (self.folder / "ask.py").write_text(program.replace("127.0.0.1:8080", self.server.address), encoding="utf-8")
        said = re.search(r"It prints `([^`]+)`", text)[1]
        self.assertEqual(self.run_block(command), said + "\n")

    def test_the_files_and_the_places_that_it_names_are_there(self):
        text = section("Build and start it")
        sources = re.findall(r"tests/\S+\.cpp", blocks(text, "sh")[0])
        self.assertEqual(len(sources), 2)
        for source in sources:
            self.assertTrue((ROOT / source).is_file(), source)
        place = re.search(r"it is `([^`]+)` in the folder of the build", text)[1]
        self.assertEqual(PROGRAM.parts[-len(place.split("/")):], tuple(place.split("/")))


if __name__ == "__main__":
    unittest.main(warnings="ignore")
