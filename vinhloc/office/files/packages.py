"""What a zip file holds: its parts, checked and unpacked, and what they make."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from vinhloc.office.files.cells import Refused, Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": OFFICE.encode(),
}
SAFE = {"resolve_entities": False, "remove_comments": True, "remove_pis": True}
ENCRYPTED = 0x1  # a bit of a member's flags
UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
OPENDOCUMENT = b"application/vnd.oasis.opendocument."
SPREADSHEET = re.compile(rb"<(?:[\w.-]+:)?spreadsheet\b")
READ = (".xml", ".rels", "mimetype")
# How a name begins in what is no workbook that is read.
FOREIGN = {"xl/workbook.bin": "xlsb", "word/": "word", "ppt/": "powerpoint"}
FOREIGN |= {"index/": "numbers", "index.zip": "numbers"}


def read_zip(data: bytes, limits: dict) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and tables of an .xlsx or .ods file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _unpacked(archive, limits)
    content = parts.get("content.xml", b"")
    if parts.get("mimetype", b"").startswith(OPENDOCUMENT) or content:
        return "ods", *_read_opendocument(parts, limits)
    notes = ["macros"] if any(n.endswith("vbaproject.bin") for n in parts) else []
    if any("externallinks/" in n or n.endswith("connections.xml") for n in parts):
        notes.append("links")
    if name := _workbook_in(parts):
        from vinhloc.office.files.xlsx import read_xlsx

        more, tables = read_xlsx(parts, name, limits["cells"])
        return "xlsx", notes + more, tables
    for start, what in FOREIGN.items():
        if any(name.startswith(start) for name in parts):
            raise Refused("foreign", what=what)
    raise Refused("foreign", what="archive")


def _read_opendocument(parts: dict, limits: dict) -> tuple[list[str], list[Table]]:
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise Refused("encrypted")
    if not SPREADSHEET.search(parts["content.xml"]):
        raise Refused("foreign", what="opendocument")
    from vinhloc.office.files.ods import read_ods

    macros = any(name.startswith(("basic/", "scripts/")) for name in parts)
    return ["macros"] * macros, read_ods(parts, limits)


def _unpacked(archive: zipfile.ZipFile, limits: dict) -> dict[str, bytes]:
    """Return the parts by name, in small letters; of what is no XML, the name only.

    Refused for a part that is not as long as it says; raises for a wrong checksum.
    """
    members = archive.infolist()
    if len(members) > limits["members"]:
        raise Refused("members", most=limits["members"])
    if sum(member.file_size for member in members) > limits["unpacked"]:
        raise Refused("unpacked", most=limits["unpacked"] // 10**6)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused("encrypted")
    parts = {}
    for member in members:
        with archive.open(member) as file:
            # One byte more than stated: to the end, where the checksum is compared.
            part = file.read(member.file_size + 1)
        name = member.filename.replace("\\", "/").lstrip("/").lower()
        if len(part) != member.file_size or name in parts:
            raise Refused("damaged")
        parts[name] = part if name.endswith(READ) else b""
    return parts


def checked(part: bytes) -> bytes:
    """Return XML in the usual namespaces.

    Refused if it could be read in two ways: DTD, another encoding.
    """
    declaration = part[:200].partition(b"?>")[0]
    named = re.search(rb"""encoding\s*=\s*["']([^"']*)""", declaration)
    if b"\0" in part[:4] or (named and named[1].lower() not in UTF_8):
        raise Refused("xml_encoding")
    if b"!" in part and re.search(rb"<!(?:DOCTYPE|ENTITY)", part):
        raise Refused("dtd")
    for strict, usual in STRICT.items():
        part = part.replace(strict, usual)
    return part


def tree_of(part: bytes):
    """Return the root of an XML part."""
    return etree.fromstring(checked(part), etree.XMLParser(**SAFE))


def relations_of(parts: dict[str, bytes], name: str = "") -> dict:
    """Return kind and name of the parts that one refers to; "" is the package."""
    folder, own = posixpath.split(name)
    part = parts.get(posixpath.join(folder, "_rels", f"{own}.rels"), b"<none/>")
    found = {}
    for relation in tree_of(part):
        if relation.get("TargetMode") != "External":
            path = posixpath.join("/", folder, relation.get("Target", "").lower())
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id")] = kind, posixpath.normpath(path).lstrip("/")
    return found


def _workbook_in(parts: dict[str, bytes]) -> str | None:
    """Return the name of the main part of a workbook, None where there is none."""
    main = [part for kind, part in relations_of(parts).values() if "Document" in kind]
    for name in (*main, "xl/workbook.xml"):
        if parts.get(name) and tree_of(parts[name]).tag == f"{{{MAIN}}}workbook":
            return name
    return None
