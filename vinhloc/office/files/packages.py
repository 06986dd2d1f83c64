"""What a zip file holds: its parts, checked and unpacked, and their XML."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from vinhloc.office.files.cells import Refused

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": OFFICE.encode(),
}
SAFE = {"resolve_entities": False, "remove_comments": True, "remove_pis": True}
ENCRYPTED = 0x1  # a bit of a member's flags
UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
READ = (".xml", ".rels", "mimetype")


def unpacked(data: bytes, limits: dict) -> dict[str, bytes]:
    """Return the parts by name, in small letters; of what is no XML, the name only.

    Refused for a part that is not as long as it says; raises for a wrong checksum.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        _check_listing(members, limits)
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


def _check_listing(members: list[zipfile.ZipInfo], limits: dict) -> None:
    if len(members) > limits["members"]:
        raise Refused("members", most=limits["members"])
    if sum(member.file_size for member in members) > limits["unpacked"]:
        raise Refused("unpacked", most=limits["unpacked"] // 10**6)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused("encrypted")


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
