#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The recipes fit the files that they name: check_packaging.py recipes | meson WORK_DIR | cpm WORK_DIR

recipes   versions, options, targets and paths exist, and are what the build files have
meson     a program that gets zenwire by the wrap alone
cpm       the line for CPM, with a stand-in that does what CPM says of its arguments
"""

import ast
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = HERE / "conan" / "test_package" / "program.cpp"


def read(path):
    return path.read_text(encoding="utf-8")


def version():
    text = read(ROOT / "include/zenwire/base/config.hpp")
    return ".".join(re.search(rf"int version_{part} = (\d+);", text)[1] for part in ("major", "minor", "patch"))


def check_recipes():
    cmake, meson = read(ROOT / "CMakeLists.txt"), read(ROOT / "meson.build")
    port, manifest = read(HERE / "vcpkg/zenwire/portfile.cmake"), json.loads(read(HERE / "vcpkg/zenwire/vcpkg.json"))
    conan, wrap, cpm = read(HERE / "conan/conanfile.py"), read(HERE / "meson/zenwire.wrap"), read(HERE / "cpm/zenwire.cmake")
    ast.parse(conan)
    ast.parse(read(HERE / "conan/test_package/conanfile.py"))

    if manifest["version"] != version():
        yield f"vcpkg.json is of {manifest['version']}"
    for name, text in (("zenwire.wrap", wrap), ("zenwire.cmake", cpm)):
        for number in re.findall(r"\d+\.\d+\.\d+", text):
            if number != version():
                yield f"{name} is of {number}"
    if not (HERE / "vcpkg/zenwire/../../../.." / "CMakeLists.txt").samefile(ROOT / "CMakeLists.txt"):
        yield "the port is not where it takes itself to be"

    floor = re.search(r"find_package\(Boost ([\d.]+)", cmake)[1]
    boost = manifest["features"]["json"]["dependencies"][0]
    if boost["version>="] != f"{floor}.0" or f"boost/[>={floor}.0]" not in conan:
        yield f"Boost's floor is {floor}"
    summary = re.search(r'DESCRIPTION "(.+)"', cmake)[1]
    if manifest["description"] != summary or f'description = "{summary}"' not in conan:
        yield f"the description is {summary}"

    for option in set(re.findall(r"ZENWIRE_[A-Z_]+", port + cpm)) - {"ZENWIRE_RELEASE"}:
        if f"option({option} " not in cmake:
            yield f"there is no option {option}"
    for target in set(re.findall(r"zenwire::(\w+)", conan + read(HERE / "vcpkg/zenwire/usage") +
                                 read(HERE / "conan/test_package/CMakeLists.txt"))):
        if f"components {target})" not in cmake and f"add_library(zenwire_{target} INTERFACE" not in cmake:
            yield f"there is no target zenwire::{target}"
    for name, variable in re.findall(r"^(zenwire[\w-]*) = (\w+)$", wrap, re.MULTILINE):
        if f"meson.override_dependency('{name}', {variable})" not in meson:
            yield f"meson.build does not provide {name} by {variable}"
    if "share/cmake/zenwire" not in port or "${CMAKE_INSTALL_DATADIR}/cmake/zenwire" not in cmake:
        yield "the port looks elsewhere for the CMake package"
    for text in (port, conan):
        for path in set(re.findall(r"LICENSE|include/zenwire/base/config\.hpp", text)):
            if not (ROOT / path).is_file():
                yield f"there is no {path}"
    defines = re.search(r"target_compile_definitions\(zenwire_header_only INTERFACE (.+)\)", cmake)[1].split()
    if not all(f'"{define}"' in conan for define in defines):
        yield f"header_only defines {defines}"


def make_release(folder):
    folder.mkdir(parents=True)
    name = f"zenwire-{version()}"
    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as tar:
        for part in ("include", "CMakeLists.txt", "meson.build", "LICENSE"):
            tar.add(ROOT / part, f"{name}/{part}")
    return folder / f"{name}.tar.gz"


def run(*command, cwd):
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stdout}")
    return done.stdout


def check_program(program):
    if run(program, cwd=program.parent) != "zenwire reads responses\n":
        yield f"{program} printed something else"


def check_meson(work):
    make_release(work / "subprojects" / "packagefiles")
    shutil.copy(HERE / "meson" / "zenwire.wrap", work / "subprojects")
    shutil.copy(PROGRAM, work)
    (work / "meson.build").write_text("project('consumer', 'cpp', default_options: ['cpp_std=c++20'])\n"
                                      "executable('program', 'program.cpp', dependencies: dependency('zenwire'))\n",
                                      encoding="utf-8")
    run("meson", "setup", "build", "--wrap-mode=nodownload", "--force-fallback-for=zenwire", cwd=work)
    run("meson", "compile", "-C", "build", cwd=work)
    yield from check_program(work / "build" / "program")


def check_cpm(work):
    release = make_release(work)
    shutil.copy(PROGRAM, work)
    (work / "CMakeLists.txt").write_text(f"""cmake_minimum_required(VERSION 3.20)
project(consumer LANGUAGES CXX)
include(FetchContent)
function(CPMAddPackage)
  cmake_parse_arguments(PARSE_ARGV 0 it "" "NAME;VERSION;URL" "OPTIONS")
  if(it_UNPARSED_ARGUMENTS OR NOT it_VERSION)
    message(FATAL_ERROR "CPM would not know ${{it_UNPARSED_ARGUMENTS}}")
  endif()
  foreach(option IN LISTS it_OPTIONS)
    string(REGEX MATCH "^([^ ]+) (.+)$" option "${{option}}")
    set(${{CMAKE_MATCH_1}} ${{CMAKE_MATCH_2}} CACHE INTERNAL "")
  endforeach()
  FetchContent_Declare(${{it_NAME}} URL ${{it_URL}})
  FetchContent_MakeAvailable(${{it_NAME}})
endfunction()
set(ZENWIRE_RELEASE {release})
include({HERE / 'cpm' / 'zenwire.cmake'})
add_executable(program program.cpp)
target_link_libraries(program PRIVATE zenwire::zenwire)
""", encoding="utf-8")
    run("cmake", "-G", "Ninja", "-B", "build", cwd=work)
    run("cmake", "--build", "build", cwd=work)
    yield from check_program(work / "build" / "program")


def main():
    what = sys.argv[1]
    if what == "recipes":
        complaints = list(check_recipes())
    else:
        work = pathlib.Path(sys.argv[2]).resolve()
        shutil.rmtree(work, ignore_errors=True)
        complaints = list({"meson": check_meson, "cpm": check_cpm}[what](work))
    print(*complaints, sep="\n")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    os.environ.pop("DESTDIR", None)
    main()
