"""The licence of each direct dependency, as its own metadata state it.

python tests/docs/licences.py lists them.
"""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
KIND = "License :: OSI Approved :: "


def declared() -> dict[str, str]:
    """Return package -> the list of pyproject.toml in which it stands first."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = {"runtime": stated["project"]["dependencies"]}
    lists |= stated["project"]["optional-dependencies"] | stated["dependency-groups"]
    found: dict[str, str] = {}
    for name, requirements in lists.items():
        for requirement in requirements:
            found.setdefault(re.match(r"[\w.-]+", requirement)[0], name)
    return found


def licence(package: str) -> str | None:
    """Return the licence of an installed package; None of one that is not."""
    try:
        stated = metadata(package)
    except PackageNotFoundError:
        return None
    if expression := stated.get("License-Expression"):
        return expression
    kinds = [kind for kind in stated.get_all("Classifier", []) if kind.startswith(KIND)]
    if kinds:
        return kinds[0].removeprefix(KIND)
    return (stated.get("License") or "").strip().splitlines()[0]


if __name__ == "__main__":
    for package, where in declared().items():
        sys.stdout.write(f"{package} ({where}): {licence(package) or 'not here'}\n")
