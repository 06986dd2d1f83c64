"""What the server of forked kernels imports and reads: all that notebooks will use."""

import contextlib
import gc
import json
import os
import sys
from importlib import import_module

import vinhloc as vl
from vinhloc.chart import prepare_fonts
from vinhloc.language import LANGUAGES, catalogue
from vinhloc.loading import keep
from vinhloc.rows import review_year
from vinhloc.sensitivity import sensitive_verdicts

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
        folder, as_of, year, term = json.loads(ahead)
        data = keep(folder, as_of)
        year = review_year(data, data.programme.last_year if term else year)
        sensitive_verdicts(data, year, period="term" if term else "year")
# What is here stays: no collection looks at it again, or copies its pages in a fork.
gc.collect()
gc.freeze()
