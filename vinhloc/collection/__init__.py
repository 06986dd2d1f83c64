"""Many programmes at once: a roll-up of their figures, and every one's review."""
