"""Keep vinhloc/locale/en.po in step with the texts: python tools/catalogue.py.

It collects every text of the code, the page templates and the notebooks, keeps the
translations there are, adds new texts without one and drops those that no longer
stand anywhere.
"""

from __future__ import annotations

import ast
import io
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import jinja2
import nbformat
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = ROOT / "vinhloc" / "locale" / "en.po"
# What marks a text, and how many forms it has in English. Vietnamese has one form for
# singular and plural: such a text stands twice in its entry.
FORMS = {"_": 1, "n_": 2, "later_": 1}
HEADER = """\
# The English of every text that vinhloc shows. Edit the msgstr only; new and obsolete
# entries, their order and this header are the work of: python tools/catalogue.py
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Text = str | tuple[str, str]  # a text, or the two equal forms of one that counts


def texts_of_code(path: Path) -> Iterator[Text]:
    """Give the marked texts of a Python file, in f-strings and nested calls too.

    A text is written in the call, or is a constant of the module: `_(WORDS)`. Babel's
    own extractor reads tokens and would miss the nested ones.
    """
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args:
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            text = constants.get(getattr(call.args[0], "id", ""), call.args[0])
            yield from _marked(name, getattr(text, "value", None))


def texts_of_template(path: Path) -> Iterator[Text]:
    """Give the texts of a page template: those in `page._("...")`."""
    tree = jinja2.Environment().parse(path.read_text("utf-8"))
    for call in tree.find_all(jinja2.nodes.Call):
        if call.args:
            name = getattr(call.node, "name", getattr(call.node, "attr", ""))
            yield from _marked(name, getattr(call.args[0], "value", None))


def _marked(name: str, text: object) -> Iterator[Text]:
    if name in FORMS and isinstance(text, str):
        yield text if FORMS[name] == 1 else (text,) * FORMS[name]


def texts_of_notebook(path: Path) -> Iterator[str]:
    """Give the whole source of each Markdown cell."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield cell.source


READERS = {
    "vinhloc/**/*.py": texts_of_code,
    "vinhloc/**/*.j2": texts_of_template,
    "notebooks/*.ipynb": texts_of_notebook,
}


def collect_texts(root: Path = ROOT) -> dict[Text, list[str]]:
    """Return each text with the files it stands in, by first file and text."""
    places = defaultdict(set)
    for pattern, read in READERS.items():
        for path in root.glob(pattern):
            for text in read(path):
                places[text].add(path.relative_to(root).as_posix())
    texts = {text: sorted(files) for text, files in places.items()}
    return dict(sorted(texts.items(), key=lambda item: (item[1][0], _forms(item[0]))))


def _forms(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def update_catalogue(po: bytes, root: Path = ROOT) -> Catalog:
    """Return the catalogue of today's texts with the translations of a PO file.

    A text that changed, even by one letter, has no translation: nothing is guessed.
    """
    today = Catalog()
    for text, files in collect_texts(root).items():
        today.add(text, locations=[(file, 0) for file in files])
    catalogue = read_po(io.BytesIO(po), locale="en")
    catalogue.update(today, no_fuzzy_matching=True)
    return catalogue


def write_catalogue(catalogue: Catalog) -> bytes:
    """Return a catalogue as a PO file: the same bytes for the same texts."""
    out = io.BytesIO()
    for message in catalogue:
        message.flags &= {"fuzzy"}  # Babel guesses at "%" and braces
    shape = {"width": 0, "omit_header": True, "include_lineno": False}
    write_po(out, catalogue, ignore_obsolete=True, **shape)
    return HEADER.encode() + out.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the texts that lack a translation or a form of it, or have a doubtful."""
    return [
        _forms(message.id)[0]
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string or "")))
    ]


def main() -> None:
    """Rewrite en.po; list what is left to translate and then exit with 1."""
    catalogue = update_catalogue(ENGLISH.read_bytes())
    ENGLISH.write_bytes(write_catalogue(catalogue))
    texts = untranslated(catalogue)
    for text in texts:
        print(f"not translated: {text!r}")
    print(f"{ENGLISH.relative_to(ROOT)}: {len(catalogue)} texts, {len(texts)} to do")
    sys.exit(1 if texts else 0)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    main()
