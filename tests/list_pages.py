"""The pages of the dashboard as the router names them, so that a new page is tested without a word."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

ROUTER = Path(__file__).resolve().parents[1] / "finsam_dash" / "ui" / "router.py"


class PageEntry(NamedTuple):
    """One page: its file, the name in the menu, its path in the URL ("" is the front page)."""

    file: str
    title: str
    path: str


def list_pages() -> list[PageEntry]:
    """Read the router's menu without running it: it is a Streamlit script."""
    for node in ast.parse(ROUTER.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "GROUPS":
            return [PageEntry(*entry) for group in ast.literal_eval(node.value).values() for entry in group]
    raise LookupError("GROUPS")
