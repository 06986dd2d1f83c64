"""What the server of forked kernels imports: all that the notebooks will use."""

import ipykernel.ipkernel
import ipykernel.kernelapp
import matplotlib.backends.backend_svg
import pandas
import scipy.stats

import vinhloc as vl
from vinhloc.chart import prepare_fonts
from vinhloc.language import LANGUAGES, catalogue

__all__ = ["ipykernel", "matplotlib", "pandas", "scipy"]

for name in vl.__all__:
    if name != "explore":
        getattr(vl, name)
prepare_fonts()
for lang in LANGUAGES:
    catalogue(lang)
