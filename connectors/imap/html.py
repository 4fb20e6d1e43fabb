"""HTML mail as text: what a reader sees, without hidden and quoted parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LARGEST = 1024 * 1024  # characters
DROPPED = (
    "script, style, head, title, noscript, template, svg, [hidden], "
    "[style*='display:none'], [style*='display: none'], [style*='font-size:0'], [style*='mso-hide:all'], "
    ".gmail_quote, .gmail_signature, .yahoo_quoted, .moz-cite-prefix, blockquote[type=cite], "
    "#divRplyFwdMsg, #divRplyFwdMsg ~ *, #appendonsend, #appendonsend ~ *, #Signature"
)
BLOCKS = {"p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "br"}
SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


def html_to_text(html: str) -> str:
    """Return the visible text of a mail's HTML."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html[:LARGEST])
    if not (whole := tree.body or tree.root):
        return ""
    full = walk(whole)
    for node in tree.css(DROPPED):
        node.decompose(recursive=True)
    return walk(whole) or full


def walk(root: LexborNode) -> str:
    """Join the texts under a node; blocks stand on lines of their own. Without recursion: nesting may be a bomb."""
    pieces: list[str] = []
    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            pieces.append(SPACES.sub(" ", (node.text_content or "").replace("\n", " ")))
        elif node.tag in BLOCKS:
            pieces.append("\n")
        elif node.tag in ("td", "th"):
            pieces.append(" ")
    lines = (SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
