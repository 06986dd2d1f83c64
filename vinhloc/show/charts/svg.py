"""A chart's SVG fit for a page: small, without ids that could clash, with its titles.

What a mark says when a reader points at it is the `gid` of its artist: `saying`.
"""

from __future__ import annotations

import hashlib
import re

from markupsafe import Markup

# Where a page does not bring the font, as in JupyterLab, others take its place.
FAMILIES = "'Be Vietnam Pro', 'Segoe UI', 'DejaVu Sans', sans-serif"
SAYING, PANEL = "says ", "panel "  # what the gid of a mark and of a panel begins with
DROPPED = re.compile(
    r"<metadata>.*?</metadata>|<defs>\s*<style[^>]*>.*?</style>\s*</defs>|<!--.*?-->",
    re.DOTALL,
)
# In the tags, never in a text: the font (the whole has it), no turn, digits unseen.
NEEDLESS = re.compile(
    r"font-family: [^;\"]*;? ?| transform=\"rotate\(-0 [^)]*\)\"|(?<=\.\d\d)\d+"
)


def saying(text: str) -> dict[str, str]:
    """Return the argument of an artist whose mark says a text."""
    return {"gid": SAYING + text}


def clean_svg(svg: str, alt: str, *, spoken: bool) -> str:
    """Return matplotlib's SVG fit for a page; in a page, its style sheet scales it.

    `spoken`: the element carries its alternative text; else what it stands in does.
    """
    svg = DROPPED.sub("", svg[svg.index("<svg") :])
    svg = re.sub("<[^>]*>", lambda tag: _small(tag[0]), svg)
    svg = re.sub(rf'<g id="{SAYING}([^"]*)">', r"<g><title>\1</title>", svg)
    used = set(re.findall(r"#([\w-]+)", svg))
    # An id may not begin with a digit.
    prefix = "c" + hashlib.sha256((alt + svg).encode()).hexdigest()[:8]
    svg = re.sub(
        rf' id="(?!{PANEL})([\w.-]+)"',
        lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "",
        svg,
    )
    svg = re.sub(r'(xlink:href="#|url\(#)([\w-]+)', rf"\g<1>{prefix}-\2", svg)
    svg = re.sub(r"<g/>|<defs/>", "", svg.replace("xlink:href=", "href="))
    box = re.search(r'viewBox="([^"]+)"', svg)[1]
    label = Markup('role="img" aria-label="{}"').format(alt)
    body = svg[svg.index(">") + 1 :]
    svg = _opened(box, label if spoken else 'aria-hidden="true"') + body
    return re.sub(r"\s*\n\s*", "\n", svg).strip()


def _small(tag: str) -> str:
    """Return a tag without what is needless; what a mark says stays."""
    return tag if tag.startswith("<g id=") else NEEDLESS.sub("", tag)


def _opened(box: str, about: str) -> str:
    """Return the start of an SVG element; `box` is what is seen of it, in points."""
    # Where no style sheet says more: pixels.
    width, height = (round(float(size) * 96 / 72) for size in box.split()[2:])
    return (
        f'<svg width="{width}" height="{height}" viewBox="{box}" {about} '
        f'font-family="{FAMILIES}" stroke-linejoin="round" stroke-linecap="butt">'
    )


def panels_of(svg: str) -> list[str]:
    """Return each panel of a cleaned SVG as an element of its own.

    The page puts as many beside each other as it has room for.
    """
    _head, *parts = re.split(rf'<g id="{PANEL}([^"]+)">', svg)
    boxes, bodies = parts[::2], parts[1::2]
    last = re.fullmatch(r"(.*</g>)\s*</g>\s*(<defs>.*)?</svg>", bodies[-1], re.DOTALL)
    bodies[-1] = last[1] + (last[2] or "")
    hidden = 'aria-hidden="true"'
    return [
        f"{_opened(box, hidden)}<g>{body}</svg>"
        for box, body in zip(boxes, bodies, strict=True)
    ]
