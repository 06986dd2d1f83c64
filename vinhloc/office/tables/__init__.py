"""The office's own tables: every word about a figure is understood, or asked about."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
