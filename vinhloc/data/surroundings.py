"""What a process finds around it: variables that we do not go by, and its system.

`VINHLOC_PLAIN=1` has a run do without what only Linux has: forks, the exchange of two
folders, limits. What is published is the same.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import sys
import warnings
from pathlib import Path

PLAIN = "VINHLOC_PLAIN"
STYLE = Path(__file__).parents[1] / "show" / "charts" / "style.mplstyle"
# By these a user tells Python and packages to work otherwise; we go by their defaults.
OTHERWISE = (
    *("IPYKERNEL", "IPYTHON", "JPY_", "JUPYTER_", "MATPLOTLIB", "MPLBACKEND"),
    *("PANDAS_", "PANDERA_", "SOURCE_DATE_EPOCH"),
    *("PYTHONINSPECT", "PYTHONOPTIMIZE", "PYTHONSTARTUP", "PYTHONWARNINGS"),
)


def settle() -> None:
    """Let no variable of the environment change what this process and its children do.

    For a program of our own, before it imports much.
    """
    for name in [name for name in os.environ if name.startswith(OTHERWISE)]:
        del os.environ[name]
    os.environ["MATPLOTLIBRC"] = str(STYLE)
    if sys.warnoptions:  # multiprocessing hands them on; the last one holds
        sys.warnoptions.append("ignore")
        warnings.simplefilter("ignore")


def import_matplotlib() -> None:
    """Import matplotlib for the first time: no file of the working folder shapes it.

    It keeps to itself that a home that cannot be written has no room for its fonts.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with contextlib.chdir(Path(__file__).parent):  # it holds no matplotlibrc
        importlib.import_module("matplotlib")


def is_linux() -> bool:
    """Tell whether to use what only Linux has."""
    return sys.platform.startswith("linux") and not is_plain()


def is_plain() -> bool:
    """Tell whether to do without what some systems lack."""
    return os.environ.get(PLAIN, "0") != "0"
