#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds and runs programs outside of zenwire that get it in all the ways that README.md names.

    check_consumer.py WAY BUILD_DIR     WAY is a function of this file: cmake_subdirectory, say

BUILD_DIR is shared by all ways; `install` must come first. The programs are the quick start of README.md, as it stands
there, and core_program.cpp for what must work without Boost.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CXX = os.environ.get("CXX", "c++")
CMAKE = ["cmake", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", f"-DCMAKE_CXX_COMPILER={CXX}"]
NO_BOOST = "-DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON"


def run(*command, cwd=None, **environment):
    """Runs a command; returns what it prints, and ends the test when it fails."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=os.environ | environment, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stdout}")
    return done.stdout


def refused(*command, because):
    """Runs a command that must fail with a message."""
    done = subprocess.run([str(word) for word in command], text=True, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    # CMake breaks its messages into lines
    if done.returncode == 0 or because not in re.sub(r"\s+", " ", done.stdout):
        sys.exit(f"{command} should have failed with '{because}':\n{done.stdout}")


def check_quick_start(program):
    output = run(program)
    if not re.fullmatch(r"order \d+\n", output):
        sys.exit(f"{program} printed:\n{output}")


def check_core_program(program):
    output = run(program)
    if output != '{"instanceId":"932237369560662463","trafficPackageSize":0.15}\n':
        sys.exit(f"{program} printed:\n{output}")


def without_boost():
    """A command in front of others that hides Boost's headers from them, where the system lets us."""
    hide = ["unshare", "--map-root-user", "--mount", "sh", "-c",
            'for place in /usr/include/boost /usr/local/include/boost; do '
            'if [ -d "$place" ]; then mount -t tmpfs none "$place" || exit 1; fi; done; exec "$@"', "sh"]
    allowed = subprocess.run([*hide, "true"], check=False, capture_output=True).returncode == 0
    print("Boost's headers are hidden" if allowed else "Boost's headers could not be hidden, only watched")
    return hide if allowed else []


def check_reads_no_boost(build):
    """No file that the compiler read is one of Boost's."""
    files = run("ninja", "-C", build, "-t", "deps")
    if "zenwire/core.hpp" not in files or "/boost/" in files:
        sys.exit(f"the core read Boost:\n{files}")


class Consumer:
    def __init__(self, way, build):
        self.build = build / way
        self.prefix = build / "prefix"
        self.quick_start = self.build / "quick_start.cpp"
        shutil.rmtree(self.build, ignore_errors=True)
        self.build.mkdir(parents=True)
        self.quick_start.write_text(self.readme_quick_start(), encoding="utf-8")

    @staticmethod
    def readme_quick_start():
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        return re.search(r"`quick_start\.cpp`:\n\n```cpp\n(.*?)```", readme, re.DOTALL)[1]

    def cmake(self, how, components, sources, *options, before=()):
        """Configures and builds the CMake project; returns its program."""
        build = self.build / "build"
        run(*before, *self.cmake_configure(how, components, sources, *options))
        run(*before, "cmake", "--build", build)
        return build / "program"

    def cmake_configure(self, how, components, sources, *options):
        return [*CMAKE, "-S", HERE / "cmake", "-B", self.build / "build", f"-DHOW={how}", f"-DZENWIRE={ROOT}",
                f"-DCOMPONENTS={components}", f"-DSOURCES={';'.join(str(each) for each in sources)}", *options]

    def installed(self, prefix=None):
        return f"-DCMAKE_PREFIX_PATH={prefix or self.prefix}"

    # ---- The ways

    def install(self):
        """Installs by CMake, and moves the installation: it must not know where it lies."""
        shutil.rmtree(self.prefix, ignore_errors=True)
        run(*CMAKE, "-S", ROOT, "-B", self.build / "build", "-DZENWIRE_BUILD_TESTS=OFF",
            f"-DCMAKE_INSTALL_PREFIX={self.build / 'prefix'}")
        run("cmake", "--install", self.build / "build")
        (self.build / "prefix").rename(self.prefix)

    def cmake_subdirectory(self):
        check_quick_start(self.cmake("subdirectory", "", [self.quick_start]))

    def cmake_fetch_content(self):
        check_quick_start(self.cmake("fetch_content", "", [self.quick_start]))

    def cmake_package(self):
        check_quick_start(self.cmake("package", "", [self.quick_start], self.installed()))

    def cmake_header_only(self):
        sources = [self.quick_start, HERE / "boost_json.cpp"]
        check_quick_start(self.cmake("package", "header_only", sources, self.installed()))

    def cmake_core(self):
        """The part without Boost, of an installation that has it all, where there is no Boost."""
        program = self.cmake("package", "core", [HERE / "core_program.cpp"], self.installed(), NO_BOOST,
                             before=without_boost())
        check_core_program(program)
        check_reads_no_boost(self.build / "build")

    def cmake_core_only(self):
        """An installation made where there is no Boost."""
        hidden = without_boost()
        prefix = self.build / "prefix"
        run(*hidden, *CMAKE, "-S", ROOT, "-B", self.build / "library", "-DZENWIRE_BUILD_TESTS=OFF", "-DZENWIRE_CORE_ONLY=ON",
            NO_BOOST, f"-DCMAKE_INSTALL_PREFIX={prefix}")
        run(*hidden, "cmake", "--install", self.build / "library")
        program = self.cmake("package", "core", [HERE / "core_program.cpp"], self.installed(prefix), NO_BOOST, before=hidden)
        check_core_program(program)
        refused(*self.cmake_configure("package", "", [self.quick_start], self.installed(prefix)),
                because="zenwire was installed without the component")
        refused(*self.cmake_configure("subdirectory", "", [self.quick_start], NO_BOOST),
                because="Without Boost: -DZENWIRE_CORE_ONLY=ON")

    def cmake_versions(self):
        """Which versions find_package() may ask for, of an installation of the version that is in version.hpp."""
        text = (ROOT / "include/zenwire/base/config.hpp").read_text(encoding="utf-8")
        major, minor, patch = (int(re.search(rf"int version_{part} = (\d+)", text)[1]) for part in ("major", "minor", "patch"))
        here, next_minor, far = f"{major}.{minor}.{patch}", f"{major}.{minor + 1}", f"{major}.{minor + 8}"
        before = f"{major}.{minor - 1}" if minor else f"{major}.0"
        accepted = ["", f"{major}", f"{major}.{minor}", here, f"{here};EXACT", f"{before}...{far}", f"{before}...<{far}",
                    f"{major}.{minor}...<{next_minor}", f"{before}...{here}", f"{here}...{far}", f"{before}...{major + 1}"]
        wrong = [next_minor, f"{major + 1}", f"{major}.{minor}.{patch + 1}", f"{here}.1;EXACT", f"{next_minor}...{far}",
                 f"{before}...<{here}", f"{major + 1}...{major + 2}"]
        if minor:
            wrong += [before, f"{before}...<{major}.{minor}"]
        for version in accepted:
            run(*self.cmake_configure("package", "core", [HERE / "core_program.cpp"], self.installed(), f"-DVERSION={version}"))
        for version in wrong:
            refused(*self.cmake_configure("package", "core", [HERE / "core_program.cpp"], self.installed(), f"-DVERSION={version}"),
                    because="were considered but not accepted")

    def cmake_two_copies(self):
        """Boost.JSON linked and compiled in: two copies of it in one program."""
        refused(*self.cmake_configure("package", "zenwire;header_only", [self.quick_start], self.installed()),
                because="ZENWIRE_BOOST_JSON")

    def cmake_module(self):
        """`import zenwire;`, of a subdirectory and of an installation; where CMake is too old, it says so."""
        code = re.sub(r"^#include <zenwire/[^>]*>\n", "", self.readme_quick_start(), flags=re.MULTILINE)
        self.quick_start.write_text(code.replace("\n\n", "\n\nimport zenwire;\n\n", 1), encoding="utf-8")
        with_module = "-DZENWIRE_MODULE=ON"
        version = re.search(r"\d+\.\d+", run("cmake", "--version"))[0]
        if [int(number) for number in version.split(".")] < [3, 28]:
            refused(*self.cmake_configure("subdirectory", "module", [self.quick_start], with_module),
                    because="CMake builds modules from 3.28 on")
            return
        check_quick_start(self.cmake("subdirectory", "module", [self.quick_start], with_module))
        library, prefix = self.build / "library", self.build / "prefix"
        run(*CMAKE, "-S", ROOT, "-B", library, "-DZENWIRE_BUILD_TESTS=OFF", with_module, f"-DCMAKE_INSTALL_PREFIX={prefix}")
        run("cmake", "--build", library)
        run("cmake", "--install", library)
        shutil.rmtree(self.build / "build")
        check_quick_start(self.cmake("package", "module", [self.quick_start], self.installed(prefix)))

    def makefile(self):
        shutil.copy(HERE / "core_program.cpp", self.build)
        packages = [str(path.parent) for path in self.prefix.rglob("zenwire.pc")]
        run("make", "-f", HERE / "makefile" / "Makefile", f"CXX={CXX}", cwd=self.build,
            PKG_CONFIG_PATH=":".join(packages))
        check_quick_start(self.build / "quick_start")
        check_core_program(self.build / "core_program")

    def meson(self, **environment):
        shutil.copy(HERE / "meson" / "meson.build", self.build)
        shutil.copy(HERE / "core_program.cpp", self.build)
        run("meson", "setup", "build", cwd=self.build, CXX=CXX, **environment)
        run("meson", "compile", "-C", "build", cwd=self.build)
        check_quick_start(self.build / "build" / "quick_start")
        check_core_program(self.build / "build" / "core_program")

    def meson_subproject(self):
        (self.build / "subprojects").mkdir()
        (self.build / "subprojects" / "zenwire").symlink_to(ROOT)
        self.meson()

    def meson_installed(self):
        """Of an installation by Meson, moved."""
        source = self.build / "source"
        source.mkdir()
        for name in ("include", "meson.build"):
            (source / name).symlink_to(ROOT / name)
        run("meson", "setup", "library", source, f"--prefix={self.build / 'first'}", "-Dpkgconfig.relocatable=true",
            cwd=self.build, CXX=CXX)
        run("meson", "install", "-C", "library", cwd=self.build)
        (self.build / "first").rename(self.build / "prefix")
        packages = [str(path.parent) for path in (self.build / "prefix").rglob("zenwire.pc")]
        self.meson(PKG_CONFIG_PATH=":".join(packages))

    def single_headers(self):
        """The single headers copied alone. The fake cloud has one of its own, zenwire/testing.hpp."""
        (self.build / "zenwire").mkdir()
        for name in ("core.hpp", "zenwire.hpp", "testing.hpp"):
            shutil.copy(ROOT / "single_include" / "zenwire" / name, self.build / "zenwire")
        compile_it = [CXX, "-std=c++20", f"-I{self.build}"]
        run(*compile_it, "-o", self.build / "quick_start", self.quick_start, "-lboost_json")
        run(*without_boost(), *compile_it, "-o", self.build / "core_program", HERE / "core_program.cpp")
        check_quick_start(self.build / "quick_start")
        check_core_program(self.build / "core_program")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    way = sys.argv[1]
    getattr(Consumer(way, pathlib.Path(sys.argv[2]).resolve()), way)()


if __name__ == "__main__":
    main()
