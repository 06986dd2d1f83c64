"""What the server of forks imports: all that notebooks will use."""

import gc
import sys
from importlib import import_module

import vinhloc as vl
from vinhloc.data import import_matplotlib
from vinhloc.figures import LANGUAGES, catalogue


def preload() -> None:
    """Import it, and prepare what each fork would prepare anew."""
    import_matplotlib()
    # No one debugs these kernels, and debugpy takes half a second: ipykernel goes
    # without.
    sys.modules["debugpy"] = None
    import_module("ipykernel.debugger")
    del sys.modules["debugpy"]
    for name in (
        *("ipykernel.ipkernel", "ipykernel.kernelapp"),
        *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger"),
        *("IPython.core.oinspect", "IPython.extensions.storemagic"),
        *("matplotlib.backends.backend_svg", "nbformat", "pandas"),
        *("pandera.pandas", "scipy.stats", "vinhloc.review.parts"),
    ):
        import_module(name)
    for name in dir(vl):
        if name != "explore":  # ipywidgets, which no review needs
            getattr(vl, name)
    import_module("vinhloc.show.charts.chart").prepare_fonts()
    for lang in LANGUAGES:
        catalogue(lang)
    # What is here stays: no collection looks at it again or copies its pages in forks.
    gc.collect()
    gc.freeze()


try:
    preload()
except Exception as error:  # the command finds it, too, and says so
    raise ImportError from error  # multiprocessing does without what is not there
