"""``python -m speeches.cli``."""

import sys

from . import main

sys.exit(main())
