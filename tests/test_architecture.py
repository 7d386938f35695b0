"""The rules of the house that no linter keeps: names, length, and who may import what."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BPR = ROOT / "bpr"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in BPR.rglob("*.py"))

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
MAX_LINES = 320
HOMES: dict[str, str | tuple[str, ...]] = {
    "python_calamine": "bpr/read/cells.py",
    "xlrd": "bpr/read/marks.py",
    "lxml": "bpr/export/ooxml/",
    "sklearn": ("bpr/classify/", "bpr/match/"),
    "sqlalchemy": "bpr/store/",
    "alembic": "bpr/store/",
    "dataframely": "bpr/frames/",
}
CORE = ("read", "check", "classify", "score", "match", "tabulate", "decide", "settings", "frames")
CORE_FILES = [
    name
    for name in FILES
    if name.startswith(tuple(f"bpr/{folder}/" for folder in CORE)) or name.count("/") == 1
]
NOT_IN_CORE = {"sqlalchemy", "alembic", "dash", "flask", "click", "waitress", "plotly"}
FACES = {"bpr/workspace.py", "bpr/__main__.py", "bpr/__init__.py"}
"""Files of the top folder that are no part of the core."""


def imported(source: str) -> Iterator[str]:
    """Dotted names of every module that a source imports, wherever the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def packages(name: str) -> set[str]:
    return {module.split(".")[0] for module in imported(text_of(name))}


def test_imports_are_found_wherever_they_stand() -> None:
    source = "import a.b\nfrom c.d import e\ndef f():\n    from g import h\n    import i as j\n"
    assert set(imported(source)) == {"a.b", "c.d.e", "g.h", "i"}


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 30
    assert "bpr/read/cells.py" in CORE_FILES
    assert "bpr/pipeline.py" in CORE_FILES


@pytest.mark.parametrize("name", FILES)
def test_no_module_is_a_drawer_for_everything(name: str) -> None:
    assert not BANNED_NAMES & set(re.split(r"[/.]", name))


@pytest.mark.parametrize("name", FILES)
def test_the_first_line_of_a_module_tells_its_idea(name: str) -> None:
    docstring = ast.get_docstring(ast.parse(text_of(name)))
    assert docstring
    assert text_of(name).startswith(('"""', 'r"""'))
    assert docstring.splitlines()[0].endswith((".", ":", "?", "!"))


@pytest.mark.parametrize("name", FILES)
def test_files_stay_short(name: str) -> None:
    assert len(text_of(name).splitlines()) <= MAX_LINES


@pytest.mark.parametrize("package", HOMES)
def test_a_heavy_dependency_has_one_home(package: str) -> None:
    users = {name for name in FILES if package in packages(name)}
    assert {name for name in users if not name.startswith(HOMES[package])} == set()


@pytest.mark.parametrize("package", ["python_calamine", "sklearn", "dataframely"])
def test_the_homes_are_lived_in(package: str) -> None:
    assert any(package in packages(name) for name in FILES if name.startswith(HOMES[package]))


@pytest.mark.parametrize("name", sorted(set(CORE_FILES) - FACES))
def test_the_core_knows_no_face_and_no_store(name: str) -> None:
    assert not NOT_IN_CORE & packages(name)


@pytest.mark.parametrize(
    "name", [name for name in FILES if name.endswith("/callbacks.py")] or [None]
)
def test_callbacks_touch_no_frames_and_no_files(name: str | None) -> None:
    if name is not None:
        assert not {"polars", "sqlalchemy", "openpyxl"} & packages(name)


@pytest.mark.parametrize("name", FILES)
def test_callbacks_are_registered_on_their_app(name: str) -> None:
    assert not {"dash.callback", "dash.clientside_callback"} & set(imported(text_of(name)))
    calls = re.findall(r"\bdash\.(?:clientside_)?callback\b", text_of(name))
    assert not calls


@pytest.mark.parametrize("name", FILES)
def test_pages_do_not_import_each_other(name: str) -> None:
    parts = name.split("/")
    if parts[:3] == ["bpr", "dashboard", "pages"] and len(parts) > 4:
        others = {
            m.split(".")[3] for m in imported(text_of(name)) if m.startswith("bpr.dashboard.pages.")
        }
        pages = {path.name for path in (BPR / "dashboard" / "pages").iterdir() if path.is_dir()}
        assert others & pages <= {parts[3]}


@pytest.mark.parametrize("name", FILES)
def test_nothing_reads_workbooks_with_pandas_or_polars(name: str) -> None:
    assert "pandas" not in packages(name)
    assert not re.search(r"\b(?:pl|polars)\.read_excel\b", text_of(name))
    assert "polars.read_excel" not in set(imported(text_of(name)))


@pytest.mark.parametrize("name", [name for name in FILES if "/dashboard/pages/" in name])
def test_pages_take_their_text_fields_from_one_place(name: str) -> None:
    """There a field tells its text as a whole; told letter by letter, letters get lost."""
    assert not re.search(
        r"\b(?:dmc\.(?:TextInput|Textarea)|dcc\.(?:Input|Textarea))\(", text_of(name)
    )
