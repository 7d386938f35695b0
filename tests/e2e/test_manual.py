"""The manual says only what is on the screen: each 「name」 stands on the page that it speaks of.

A part of the manual begins with `<!-- 画面：address who -->`; every 「…」 after it must be on that
page, what is to be pressed or opened as a button or link. BPR_WRITE_MANUAL=1 makes its pictures.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bpr.dashboard.proofs import SESSION
from bpr.decide.measurements import Measurement
from bpr.workspace import Workspace
from tests.e2e.conftest import OpenPage, copy_store, show
from tests.e2e.pictures import keep_picture
from tests.e2e.programs import ROOT, Demo, Served

MANUAL = ROOT / "docs" / "manual"
IMAGES = MANUAL / "images"
PEOPLE = {
    "総務課": ("soumu", "総務 花子", "admin", None),
    "管理職": ("kacho", "企画 一郎", "decider", None),
    "所管課": ("shuno", "収納 太郎", "division", "収納課"),
}
"""Who looks; besides, 「空」 sees a tool into which nothing has come, 「外」 has not logged in."""
FIRST, SECRET = "Hajimete-0001", "Ashita-no-Tenki-7"
DESK, PHONE = (1366, 768), (400, 800)
MOST = 150_000
PLACE = re.compile(
    r"<!-- 画面：(?P<path>\S+) (?P<who>\w+)(?P<phone>（スマートフォン）)?(?:（開く：(?P<opened>\w+)）)? -->"
)
QUOTED = re.compile(r"「((?:[^「」]|「[^「」]*」)+)」")
PRESSED = re.compile(r"「((?:[^「」]|「[^「」]*」)+)」を(?:押|開)")
PICTURE = re.compile(r"!\[[^\]]+\]\(images/([a-z-]+\.png)\)")
LINK = re.compile(r"\]\(([^)#]+)")


@dataclass(frozen=True)
class Part:
    """A part of the manual that speaks of one page."""

    name: str
    path: str
    who: str
    phone: bool
    opened: str
    """What is unfolded before its picture is made."""
    text: str


def read_parts(file: Path) -> list[Part]:
    """Parts of a file of the manual; a heading ends one."""
    parts = []
    for number, section in enumerate(re.split(r"^(?=#)", file.read_text(encoding="utf-8"), flags=re.MULTILINE)):  # fmt: skip
        before, *rest = re.split(r"(?=<!-- 画面：)", section)
        assert QUOTED.findall(before.partition("\n")[2]) == [], f"{file.name}：どの画面か書く"
        for place, text in enumerate(rest):
            found = PLACE.match(text)
            assert found is not None, text[:60]
            name = f"{file.stem}-{number}-{place}"
            parts.append(Part(name, found["path"], found["who"], bool(found["phone"]), found["opened"] or "", text[found.end() :]))  # fmt: skip
    return parts


FILES = sorted(MANUAL.glob("*.md"))
PARTS = [part for file in FILES for part in read_parts(file)]
browser_only = pytest.mark.browser


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A tool into which nothing has come yet."""
    running = Served(tmp_path_factory.mktemp("empty"), "serve")
    running.start()
    yield running
    running.stop()


@dataclass(frozen=True)
class Town:
    """The sample town in the middle of its work, with somebody logged in for each job."""

    demo: Demo
    logins: dict[str, str]


@pytest.fixture(scope="module")
def town(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    running = Served(tmp_path_factory.mktemp("manual"))
    copy_store(demo.folder, running.folder)
    workspace = Workspace.open(f"sqlite:///{running.folder}/bpr-data/demo.sqlite3")
    decide(workspace)
    for name, shown, role, division in PEOPLE.values():
        workspace.add_account(name, shown, role, division, FIRST)
        workspace.change_password(name, FIRST, SECRET, "")
    logins = {who: workspace.log_in(one[0], SECRET, "127.0.0.1") for who, one in PEOPLE.items()}
    workspace.store.engine.dispose()
    running.start()
    yield Town(running, logins)
    running.stop()


def decide(workspace: Workspace) -> None:
    """Six targets, the first two of 収納課: one measured, one done, four under way."""
    tasks = workspace.report().tasks.sort("rank")
    own = tasks.filter(division="収納課")["task_id"].to_list()[:2]
    others = tasks.filter(tasks["division"] != "収納課")["task_id"].to_list()[:4]
    workspace.create_targets([*own, *others], happened_on=date(2025, 4, 10), values={"done_by": 2027})  # fmt: skip
    for number, ways in enumerate((("running", "done"), ("running", "done"), ("running",)), 1):
        for month, status in enumerate(ways, 6):
            seen = workspace.read_target(number).target.version
            workspace.move_target(number, seen, status, date(2025, month, 1))
    year = (date(2024, 4, 1), date(2025, 3, 31), date(2025, 8, 1), date(2026, 7, 31))
    workspace.measure_target(Measurement(1, "hours", 420, 130, *year, "measured"))


READ = """() => {
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  const shown = (e) => e.checkVisibility();
  const said = [...document.querySelectorAll('[aria-label], [placeholder], [title]')]
    .filter(shown).map((e) => [e.ariaLabel, e.placeholder, e.title].join('\\n'));
  const pressed = [...document.querySelectorAll('a, button, summary, [role=radio], label')].filter(shown);
  return [[document.body.innerText, ...said].join('\\n'), pressed.map((e) => e.innerText).join('\\n')];
}"""
"""What one reads on a page with everything unfolded; what one can press on it."""


@pytest.mark.parametrize(
    "part", [pytest.param(part, id=part.name, marks=browser_only) for part in PARTS]
)
def test_what_the_manual_names_is_on_the_screen(
    open_page: OpenPage, empty: Demo, town: Town, part: Part
) -> None:
    page = open_page(*(PHONE if part.phone else DESK))
    demo = empty if part.who == "空" else town.demo
    if part.who in town.logins:
        cookie = {"name": SESSION, "value": town.logins[part.who], "url": demo.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item] # a typed dict of the same keys
    show(page, demo, part.path)
    if part.opened:
        fold = page.locator("summary").filter(has_text=part.opened)
        fold.click()
        fold.evaluate("one => one.scrollIntoView({ block: 'start' })")
    for picture in PICTURE.findall(part.text):
        if os.environ.get("BPR_WRITE_MANUAL") == "1":
            keep_picture(page, IMAGES / picture)
    read, pressed = page.evaluate(READ)
    assert [name for name in QUOTED.findall(part.text) if name not in read] == []
    assert [name for name in PRESSED.findall(part.text) if name not in pressed] == []


# --- the files: last, so that pictures just made are looked at -------------------------------------


def test_every_job_has_its_manual() -> None:
    assert {file.name for file in FILES} == {"index.md", "office.md", "managers.md", "divisions.md"}
    index = (MANUAL / "index.md").read_text(encoding="utf-8")
    assert [file.name for file in FILES if file.name != "index.md" and f"({file.name})" not in index] == []  # fmt: skip
    assert len(PARTS) > 15


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_links_and_pictures_lead_somewhere(file: Path) -> None:
    targets = LINK.findall(file.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (file.parent / target).exists()] == []


def test_pictures_are_small_and_each_is_used() -> None:
    used = [name for part in PARTS for name in PICTURE.findall(part.text)]
    assert len(used) == len(set(used)) > 8
    kept = {file.name: file.stat().st_size for file in IMAGES.glob("*.png")}
    assert set(kept) == set(used)
    assert {name: size for name, size in kept.items() if size > MOST} == {}
