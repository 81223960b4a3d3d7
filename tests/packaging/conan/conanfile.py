# SPDX-License-Identifier: BSL-1.0
"""Not run: Conan was not to be had. For Conan 2, of the source tree that it lies in: conan create tests/packaging/conan"""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load


class Zenwire(ConanFile):
    name = "zenwire"
    description = "Zenlayer Cloud API: build, sign, verify and parse, without I/O"
    license = "BSL-1.0"
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"json": [True, False]}
    default_options = {"json": True}
    no_copy_source = True

    @property
    def _tree(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def set_version(self):
        text = load(self, os.path.join(self._tree, "include/zenwire/base/config.hpp"))
        parts = [re.search(rf"int version_{part} = (\d+);", text)[1] for part in ("major", "minor", "patch")]
        self.version = ".".join(parts)

    def export_sources(self):
        copy(self, "include/*", self._tree, self.export_sources_folder)
        copy(self, "LICENSE", self._tree, self.export_sources_folder)

    def requirements(self):
        if self.options.json:
            self.requires("boost/[>=1.81.0]")

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        copy(self, "include/*", self.source_folder, self.package_folder)
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "zenwire")
        core = self._component("core", "zenwire-core")
        core.includedirs = ["include"]
        if self.options.json:
            self._component("zenwire", "zenwire").requires = ["core", "boost::json"]
            header_only = self._component("header_only", "zenwire-header-only")
            header_only.requires = ["core", "boost::headers"]
            header_only.defines = ["BOOST_JSON_NO_LIB", "BOOST_CONTAINER_NO_LIB"]

    def _component(self, name, package):
        component = self.cpp_info.components[name]
        component.set_property("cmake_target_name", f"zenwire::{name}")
        component.set_property("pkg_config_name", package)
        component.bindirs = []
        component.libdirs = []
        return component
