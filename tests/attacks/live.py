"""What in a file would act when somebody opens it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import html5lib

ACTING = {"script", "iframe", "frame", "object", "embed", "applet", "base", "link"}
ACTING |= {"form", "input", "button", "textarea", "select", "audio", "video", "source"}
ACTING |= {"img", "image", "foreignObject", "set", "animate", "template", "noscript"}
ACTING |= {"marquee", "math", "isindex", "frameset"}
LINKS = (
    "href",
    "xlink:href",
    "src",
    "srcset",
    "poster",
    "action",
    "background",
    "data",
)
MADE_BY_US = re.compile(r"#[\w-]+|[\w./-]+")  # an anchor, or a file beside the page
# What the entry workbook computes.
FUNCTIONS = {"IF", "TRIM", "SUBSTITUTE", "LOWER", "IFERROR", "LEFT", "FIND", "MID"}
FUNCTIONS |= {"VALUE", "AND", "OR", "NOT", "LEN", "ISNUMBER", "INT", "MOD", "RIGHT"}
COMPUTED = re.compile(
    r'[A-Z]+(?=\()|\$?[A-Z]+\$?\d+|TRUE|FALSE|[\d.]+|""|[-+*/^&=<>(),]'
)


def live_in_html(text: str) -> list[str]:
    """Return the elements, attributes and links of a page that act or lead away."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)
    found = []
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        found += [f"<{tag}>"] if tag in ACTING else []
        if tag == "meta" and "http-equiv" in element.attrib:
            policy = element.attrib["http-equiv"].lower() == "content-security-policy"
            found += [] if policy else ["<meta http-equiv>"]
        for name, value in element.attrib.items():
            name = str(name if isinstance(name, str) else name[-1])
            if name.lower().startswith("on"):
                found.append(f"{tag} {name}")
            if name.rpartition("}")[2].lower() in LINKS and not leads_within(value):
                found.append(f"{tag} {name}={value}")
            if name == "style" and re.search(r"url\((?!#)|expression", value):
                found.append(f"{tag} style={value}")
        if tag == "style" and re.search(r"@import|url\((?!data:font|#)", element.text):
            found.append("<style> with an address")
    return found


def leads_within(link: str) -> bool:
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc and bool(MADE_BY_US.fullmatch(link))


def parts_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the XML parts of an office file."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, archive.read(name)


def live_in_office(path: Path) -> list[str]:
    """Return what of a Word or Excel file leads out of it or starts something."""
    found = []
    for name, part in parts_of(path):
        text = part.decode("utf-8")
        found += (
            [name] if re.search("externalLink|activeX|vba|embeddings", name) else []
        )
        found += re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', text)
        if not name.endswith(".rels"):
            tags = r"<(?:w:fldSimple|w:altChunk|w:object|w:attachedTemplate|o:OLEObject"
            tags += (
                r"|oleObject|ddeLink|oleLink|hyperlink|w:hyperlink|webPublish)\b[^>]*>"
            )
            found += re.findall(tags, text)
        fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", text)
        found += [field for field in fields if field.strip() != "PAGE"]
    return found


def formulas_of(path: Path) -> list[str]:
    """Return every formula of a workbook, of its cells and of its rules."""
    from xml.etree import ElementTree

    found = []
    for name, part in parts_of(path):
        if name.endswith(".rels"):
            continue
        for element in ElementTree.fromstring(part).iter():
            tag = str(element.tag).rpartition("}")[2]
            if tag in ("f", "formula", "formula1", "formula2", "definedName"):
                found.append(element.text or "")
    return found


def without_texts(formula: str) -> str:
    """Return a formula without the texts in it: what it computes."""
    return re.sub(r'"(?:[^"]|"")*"', '""', formula)


def starts_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would take a cell of a CSV for a formula.

    Its separator may be another than ours: then what stands behind it is a cell.
    """
    parts = re.split(r"[;\t\r\n]", cell)
    return any(re.match(r"\s*[=+\-@＝＋－＠]\S", part) for part in parts)


def strange_in(formula: str) -> set[str]:
    """Return the functions of a formula that are not ours, and what is no formula."""
    if re.fullmatch(r"('[^']+'!)?[$A-Z0-9:]+|\d+", formula):
        return set()  # a place
    bare = without_texts(formula.removeprefix("="))
    called = set(re.findall(r"[A-Za-z.]+(?=\()", bare)) - FUNCTIONS
    return called | set(COMPUTED.sub("", bare))
