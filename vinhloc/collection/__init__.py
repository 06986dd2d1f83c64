"""Many programmes at once: a roll-up of their figures, and every one's review."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
