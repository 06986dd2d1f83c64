"""What the server of forked kernels imports and reads: all that notebooks will use."""

import contextlib
import json
import os
import sys
from importlib import import_module

import vinhloc as vl
from vinhloc.chart import prepare_fonts
from vinhloc.language import LANGUAGES, catalogue
from vinhloc.loading import keep

# No one debugs these kernels, and debugpy takes half a second: ipykernel goes without.
sys.modules["debugpy"] = None
import_module("ipykernel.debugger")
del sys.modules["debugpy"]

for name in (
    *("ipykernel.ipkernel", "ipykernel.kernelapp"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger"),
    *("IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("matplotlib.backends.backend_svg", "nbformat", "pandas", "scipy.stats"),
    "vinhloc.review.parts",
):
    import_module(name)
for name in vl.__all__:
    if name != "explore":  # ipywidgets, which no review needs
        getattr(vl, name)
prepare_fonts()
for lang in LANGUAGES:
    catalogue(lang)
if ahead := os.environ.pop("VINHLOC_READ_AHEAD", ""):
    with contextlib.suppress(ValueError, OSError):  # whoever loads will hear of it
        keep(*json.loads(ahead))
