"""A technical manual of somebody else's: everything that reStructuredText, MyST and Sphinx can say, once. Written for the tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "示例手册"
author = "示例小组"
version = "2.1"
language = "zh_CN"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_design", "zhprint"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist", "tasklist"]
numfig = True
numfig_secnum_depth = 0
highlight_language = "python"
zhprint_system_fonts = False
suppress_warnings = ["misc.highlighting_failure"]
