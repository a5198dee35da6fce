"""The walls of the house: imports, clocks, SQL, style and types, checked in the same command as everything else."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("finsam_dash", "pages", "sql")
SOURCES = [
    ROOT / "app.py",
    *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) if "__pycache__" not in path.parts),
]
PAGES = sorted((ROOT / "pages").glob("*.py"))
PAGE_LINES = 80
LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
)
ROOMS_OF_LIBRARY = {
    "streamlit": {"ui", "pages", "app.py"},
    "starlette": {"ui"},
    "sqlalchemy": {"store", "sql"},
    "alembic": {"store", "sql"},
    "sqlite3": {"store"},
    "filelock": {"store"},
    "plotly": {"charts", "export"},
    "choreographer": {"export"},
    "docx": {"export"},
    "pptx": {"export"},
    "xlsxwriter": {"export"},
    "python_calamine": {"intake"},
    "openpyxl": {"intake", "export"},
    "click": {"cli"},
    "babel": {"wording"},
    "highspy": {"judgement"},
}
"""The only rooms that may import a library; one that is not named here may be imported anywhere."""
SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|VIEW)\s|PRAGMA\s)"
)


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    """pages, sql, app.py, or the room of the package."""
    parts = path.relative_to(ROOT).parts
    return parts[0] if parts[0] != "finsam_dash" else parts[1].removesuffix(".py")


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def list_imports(tree: ast.AST) -> Iterator[str]:
    """The full names of what is imported, at the top or inside a function, but not for the type checker alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        else:
            yield from list_imports(node)


def find_strangers(tree: ast.AST, room: str) -> set[str]:
    """The libraries that a room imports although they belong to another."""
    roots = {imported.split(".")[0] for imported in list_imports(tree)}
    return {root for root in roots if room not in ROOMS_OF_LIBRARY.get(root, {room})}


def find_clocks(tree: ast.Module) -> list[int]:
    """Lines that ask what day or time it is where the reader is; the moment in UTC is not such a question."""
    lines = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        asked = node.func.attr
        in_utc = [ast.unparse(argument) for argument in node.args] in (["UTC"], ["timezone.utc"])
        if asked == "today" or (asked == "now" and not in_utc) or asked in ("utcnow", "localtime"):
            lines.append(node.lineno)
    return lines


def test_imports_only_point_downwards() -> None:
    done = run("-c", LINT_IMPORTS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("stats/money.py", "from finsam_dash.wording import numbers", "Imports only point downwards BROKEN"),
        ("judgement/verdict.py", "import finsam_dash.store", "Imports only point downwards BROKEN"),
        ("intake/cells.py", "from finsam_dash.judgement import policy", "Imports only point downwards BROKEN"),
        ("stats/money.py", "import pandas", "stats knows numbers only BROKEN"),
        ("rum/__init__.py", "", "rum"),
    ],
)
def test_a_breach_is_seen(tmp_path: Path, file: str, line: str, message: str) -> None:
    """The contracts catch what they say they catch, a room without a place among them too."""
    shutil.copytree(ROOT / "finsam_dash", tmp_path / "finsam_dash", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    changed = tmp_path / "finsam_dash" / file
    changed.parent.mkdir(exist_ok=True)
    with changed.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")
    done = run("-c", LINT_IMPORTS, folder=tmp_path)
    assert done.returncode != 0
    assert message in done.stdout


def test_libraries_keep_to_their_rooms() -> None:
    found = {name(path): find_strangers(parse(path), room_of(path)) for path in SOURCES}
    assert {file: strangers for file, strangers in found.items() if strangers} == {}


@pytest.mark.parametrize(
    ("code", "room", "strangers"),
    [
        ("import streamlit as st", "report", {"streamlit"}),
        ("import streamlit as st", "ui", set()),
        ("def draw():\n    from plotly.graph_objects import Figure", "wording", {"plotly"}),
        ("if TYPE_CHECKING:\n    from plotly.graph_objects import Figure", "ui", set()),
        ("from sqlalchemy.engine import Connection", "pages", {"sqlalchemy"}),
        ("import numpy", "stats", set()),
    ],
)
def test_a_stranger_is_recognised(code: str, room: str, strangers: set[str]) -> None:
    assert find_strangers(ast.parse(code), room) == strangers


def test_the_map_of_the_package_names_every_room() -> None:
    described = ast.get_docstring(parse(ROOT / "finsam_dash" / "__init__.py")) or ""
    rooms = {room_of(path) for path in SOURCES} - {"__init__", "__main__", "sql"}
    assert {room for room in rooms if not re.search(rf"\b{re.escape(room)}\b", described)} == set()


@pytest.mark.parametrize("screen", PAGES, ids=name)
def test_a_page_is_short_and_imports_only_streamlit_and_the_package(screen: Path) -> None:
    lines = screen.read_text("utf-8").count("\n")
    assert lines <= PAGE_LINES, f"{name(screen)} has {lines} lines: move what it computes or words to its room"
    roots = {imported.split(".")[0] for imported in list_imports(parse(screen))}
    assert roots - set(sys.stdlib_module_names) <= {"streamlit", "finsam_dash"}


def test_app_starts_the_server_and_nothing_else() -> None:
    app = ROOT / "app.py"
    outside = [imported for imported in list_imports(parse(app)) if not imported.startswith("finsam_dash.ui")]
    assert outside == ["streamlit"]
    assert not [node for node in ast.walk(parse(app)) if isinstance(node, (ast.FunctionDef, ast.If, ast.For))]


def test_today_is_asked_for_only_where_somebody_looks_at_a_screen() -> None:
    """Everything else is given `as_of`, so that a figure never depends on when it is computed."""
    found = {
        f"{name(path)}:{line}"
        for path in SOURCES
        if room_of(path) not in ("pages", "app.py", "cli", "ui")
        for line in find_clocks(parse(path))
    }
    assert found == set()


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("date.today()", True),
        ("datetime.now()", True),
        ("datetime.now(STOCKHOLM)", True),
        ("datetime.now(UTC)", False),
        ("time.localtime()", True),
        ("report.as_of", False),
    ],
)
def test_a_clock_is_recognised(code: str, asks: bool) -> None:
    assert bool(find_clocks(ast.parse(code))) is asks


def test_sql_is_written_only_in_store_and_sql() -> None:
    found = {
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        if room_of(path) not in ("store", "sql")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    }
    assert found == set()


def test_every_library_is_pinned_with_its_reason() -> None:
    required = set()
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*\s+#.+", line), line
            required.add(re.split(r"==", line)[0].lower().replace("-", "_"))
    names = {"python_calamine": "python_calamine", "docx": "python_docx", "pptx": "python_pptx", "PIL": "pillow"}
    imported = {imported.split(".")[0] for path in SOURCES for imported in list_imports(parse(path))}
    outside = imported - set(sys.stdlib_module_names) - {"finsam_dash"}
    assert {library for library in outside if names.get(library, library).lower() not in required} == set()


def test_nothing_is_left_unfinished() -> None:
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XXX|NotImplemented(Error)?)\b")
    found = [
        f"{name(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if words.search(line)
    ]
    assert found == []


def test_ruff_finds_nothing() -> None:
    done = run("-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_is_formatted() -> None:
    done = run("-m", "ruff", "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_hold(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    cache = getattr(pytestconfig, "cache", None)
    folder = cache.mkdir("mypy") if cache is not None else tmp_path
    done = run("-m", "mypy", "--cache-dir", str(folder), "--no-error-summary")
    assert done.returncode == 0, done.stdout + done.stderr
