"""A programme's folder, checked: what `load` returns, and what is asked of it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
