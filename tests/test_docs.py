"""Documentation that would go stale is tested."""

from pathlib import Path

from bpr import terms
from bpr.cli.main import cli
from bpr.messages import MESSAGES
from tests import rules_page, scoring_page

ROOT = Path(__file__).parents[1]


def test_glossary_says_what_the_terms_say() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    groups = (
        terms.WORK_CLASSES,
        terms.MEDIA,
        terms.STAFF_TYPES,
        terms.CLASS_SOURCES,
        terms.CORE_BASES,
        terms.REVIEW_CAUSES,
        terms.LEVERS,
        terms.EVIDENCES,
        terms.CERTAINTIES,
        terms.SEVERITIES,
    )
    rows = [f"| `{n}` | {t.label} | {t.unit} | {t.note} |" for n, t in terms.FIELDS.items()]
    rows += [f"| `{n}` | {t.label} | {t.unit} | {t.note} |" for n, t in terms.FACTS.items()]
    rows += [f"| `{n}` | {t.label} | {t.note} |" for group in groups for n, t in group.items()]
    assert [row for row in rows if row not in glossary] == []
    assert glossary.count("\n| `") == len(rows)


def test_rules_say_what_the_messages_say() -> None:
    written = rules_page.PAGE.read_text(encoding="utf-8")
    assert written == rules_page.page(), "python -m tests.rules_page"
    assert written.count("\n| `") == len(MESSAGES)


def test_scoring_says_what_the_settings_say() -> None:
    written = scoring_page.PAGE.read_text(encoding="utf-8")
    assert written == scoring_page.page(written), "python -m tests.scoring_page"
    assert scoring_page.auc_rows() in written, scoring_page.auc_rows()


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.commands if f"`bpr {name}" not in readme] == []


def test_links_of_the_documents_lead_somewhere() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for document in documents:
        for part in document.read_text(encoding="utf-8").split("](")[1:]:
            target = part.split(")")[0]
            if not target.startswith("http"):
                assert (document.parent / target).exists(), (document.name, target)


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") > 50
        assert "--hash=sha256:" in text
