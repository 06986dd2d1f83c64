"""Python imports this when it starts: so a test's subprocesses are watched, too."""

import loopback

loopback.watch()
