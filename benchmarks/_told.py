"""What all benchmarks do with their figures: print them, and keep them with --save."""

import argparse
import json
from pathlib import Path


def options_of(docstring: str) -> argparse.ArgumentParser:
    """Return the options that every benchmark has; a script may add its own."""
    parser = argparse.ArgumentParser(description=docstring.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    parser.add_argument(
        "--save", action="store_true", help="keep the figures beside the script"
    )
    return parser


def tell(figures: dict, script: str, options: argparse.Namespace, shown: str = ""):
    """Print the figures (or the text given for them), keep them, print JSON last."""
    width = max(map(len, figures))
    print(shown or "\n".join(f"{k:{width}} {v}" for k, v in figures.items()))
    if options.save:
        text = json.dumps(figures, indent=2, ensure_ascii=False) + "\n"
        Path(script).with_suffix(".json").write_text(text, "utf-8")
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
