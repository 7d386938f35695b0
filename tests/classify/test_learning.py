"""Learning from people: only from enough words, only what helps on words held back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import polars as pl
import pytest
from numpy.testing import assert_array_equal

from bpr.classify import learning
from bpr.classify.classifier import Classifier, fit_class_model
from bpr.classify.features import gather_texts
from bpr.classify.labels import read_labels
from bpr.classify.learning import Lesson, Taught, teach
from bpr.classify.metrics import Share
from bpr.classify.model import Model
from bpr.classify.predict import predict
from bpr.frames import Corrections, DataFrame, SurveyTasks, empty
from bpr.pipeline import run
from tests.builder import SETTINGS, Rows, task, tasks_frame, workbook

THINGS = [
    "年金",
    "国保",
    "住民票",
    "印鑑",
    "戸籍",
    "転入",
    "転出",
    "税証明",
    "保育",
    "介護",
    "障害",
    "児童手当",
    "福祉",
    "水道",
    "ごみ",
    "飼い犬",
    "原付",
    "空き家",
    "墓地",
    "消費生活",
    "労働",
    "農地",
    "営業",
    "建築",
    "道路",
    "公園",
    "図書",
    "学校",
    "給食",
    "奨学金",
    "婚姻",
    "出生",
    "死亡",
    "旅券",
    "選挙",
]
CLASSES = ["core", "expert", "routine", "nonroutine"]


def town(division: str = "案内課", words: str = "の窓口") -> DataFrame[SurveyTasks]:
    """Tasks of a division that differ only in what they are about."""
    rows = [task(f"{thing}{words}", division=division) for thing in THINGS]
    return tasks_frame(*({**row, "task_id": f"{division}-{i}"} for i, row in enumerate(rows)))


def both(*towns: DataFrame[SurveyTasks]) -> DataFrame[SurveyTasks]:
    return SurveyTasks.validate(pl.concat(towns))


def words(classes: Sequence[str], division: str = "案内課") -> DataFrame[Corrections]:
    """A person's words on the first tasks of a division, in their order."""
    rows = [(f"{division}-{i}", c, None, None, i + 1) for i, c in enumerate(classes)]
    return Corrections.validate(pl.DataFrame(rows, schema=empty(Corrections).schema, orient="row"))


def names(model: Model, tasks: pl.DataFrame) -> list[str | None]:
    return predict(model, gather_texts(tasks))["predicted"].to_list()


# --- with the product's labels ------------------------------------------------------------------


@pytest.fixture(scope="module")
def taught() -> Taught:
    """The office says of its first twenty counters: all need expertise."""
    return teach(town(), words(["expert"] * 20), SETTINGS.acts)


def test_twenty_words_teach_the_rest_of_the_division(model: Model, taught: Taught) -> None:
    rest = town()[20:]
    before = names(model, rest)
    assert before.count("expert") < len(before) / 2
    assert names(taught.model, rest) == ["expert"] * len(before)


def test_the_lesson_tells_what_it_did_on_words_held_back(model: Model, taught: Taught) -> None:
    own = town()
    [lesson] = taught.lessons
    assert (lesson.division, lesson.reviewed, lesson.learned) == ("案内課", 20, 20)
    assert lesson.before is not None
    assert lesson.after is not None
    assert lesson.before.total == lesson.after.total == 20
    assert lesson.before.right < lesson.after.right
    assert lesson.is_used
    known = names(model, own[20:])
    assert lesson.changed == len(known) - known.count("expert")


def test_what_was_taught_reaches_the_report(taught: Taught) -> None:
    rows: Rows = [
        ["整理番号", "課", "業務名"],
        *([i, "案内課", f"{t}の窓口"] for i, t in enumerate(THINGS)),
    ]
    report = run([workbook(rows)], SETTINGS, corrections=words(["expert"] * 20))
    assert report.taught.lessons == taught.lessons
    assert report.classes["work_class"].to_list() == ["expert"] * len(THINGS)
    assert report.classes["work_class_source"].to_list() == ["person"] * 20 + ["model"] * 15


def test_below_twenty_nothing_is_learned(model: Model) -> None:
    found = teach(town(), words(["expert"] * 19), SETTINGS.acts)
    assert found.model is model
    assert found.lessons == (Lesson("案内課", reviewed=19, learned=0),)
    assert not found.lessons[0].is_used


def test_without_words_there_are_no_lessons(model: Model) -> None:
    assert teach(town(), empty(Corrections), SETTINGS.acts) == Taught(model, ())


# --- with every thirtieth label, which is quick -----------------------------------------------------


@pytest.fixture(scope="module")
def quick() -> dict[str, Any]:
    """What stands for the product's labels and for what was fitted from them."""
    labels = read_labels().gather_every(30)
    own = fit_class_model(labels, SETTINGS.acts)
    return {
        "read_labels": lambda: labels,
        "load_classifier": lambda _: Classifier(own, own),
        "_measure": lru_cache(learning._measure.__wrapped__),
        "_refit": lru_cache(learning._refit.__wrapped__),
    }


@pytest.fixture
def plain(quick: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Model:
    """The model of every thirtieth label, instead of the product's."""
    for name, stand_in in quick.items():
        monkeypatch.setattr(learning, name, stand_in)
    model: Model = quick["load_classifier"](SETTINGS.acts).work_class
    return model


@pytest.mark.parametrize(("count", "learned"), [(19, 0), (20, 20), (29, 20), (30, 30), (35, 30)])
def test_more_is_learned_after_every_ten(plain: Model, count: int, learned: int) -> None:
    found = teach(town(), words(["expert"] * count), SETTINGS.acts)
    assert [(x.reviewed, x.learned) for x in found.lessons] == [(count, learned)]
    assert (found.model is plain) == (learned == 0)


@pytest.mark.usefixtures("plain")
def test_the_first_words_are_learned_from_in_the_order_of_the_decisions() -> None:
    """What came after the twentieth waits, wherever its task stands in the survey."""
    said = words(["expert"] * 20)
    later = said.with_columns(sequence=pl.col("sequence") + 5)
    contrary = words(["core"] * 25)[20:].with_columns(sequence=pl.col("sequence") + 100)
    more = Corrections.validate(pl.concat([contrary, later]))
    first, second = (teach(town(), given, SETTINGS.acts) for given in (said, more))
    assert_array_equal(first.model.coefficients, second.model.coefficients)
    assert [x.reviewed for x in second.lessons] == [25]


@pytest.mark.usefixtures("plain")
def test_the_same_words_teach_the_same() -> None:
    first = teach(town(), words(["expert"] * 20), SETTINGS.acts)
    learning._measure.cache_clear()
    learning._refit.cache_clear()
    second = teach(town(), words(["expert"] * 20), SETTINGS.acts)
    assert first.lessons == second.lessons
    assert_array_equal(first.model.coefficients, second.model.coefficients)


def test_words_that_contradict_each_other_are_not_learned_from(plain: Model) -> None:
    """Each fifth of them is like no other: what is held back is predicted worse."""
    said = ["routine" if i % 5 in {0, 2, 4} else "expert" for i in range(20)]
    found = teach(town(words="申請書の入力"), words(said), SETTINGS.acts)
    [lesson] = found.lessons
    assert lesson.before is not None
    assert lesson.after is not None
    assert lesson.after.right < lesson.before.right
    assert not lesson.is_used
    assert lesson.changed == 0
    assert found.model is plain


def test_random_words_are_used_only_where_they_do_no_harm(plain: Model) -> None:
    used = set()
    for seed in range(10):
        said = pl.Series(CLASSES * 5).shuffle(seed=seed).to_list()
        found = teach(town(words="の審査"), words(said), SETTINGS.acts)
        [lesson] = found.lessons
        assert lesson.before is not None
        assert lesson.after is not None
        assert lesson.is_used == (lesson.after.right >= lesson.before.right)
        assert (found.model is plain) != lesson.is_used
        used.add(lesson.is_used)
    assert False in used


@pytest.mark.usefixtures("plain")
def test_what_is_measured_was_held_back() -> None:
    """Words that no other word foretells are not found again, though each was learned."""
    odd = [
        "鱗",
        "鰓",
        "鰭",
        "鰐",
        "鯨",
        "鱈",
        "鰹",
        "鱒",
        "鰤",
        "鯖",
        "鯉",
        "鮫",
        "鮎",
        "鮭",
        "鯛",
        "鰻",
        "鱚",
        "鯵",
        "鰯",
        "鯰",
    ]
    rows = [
        task(f"{fish}の審査", division="水族課", task_id=f"水族課-{i}")
        for i, fish in enumerate(odd)
    ]
    said = ["core" if i % 2 else "routine" for i in range(20)]
    [lesson] = teach(tasks_frame(*rows), words(said, division="水族課"), SETTINGS.acts).lessons
    assert lesson.after is not None
    assert lesson.after.right <= 10


@pytest.mark.usefixtures("plain")
def test_each_division_is_a_lesson_of_its_own_the_most_reviewed_first() -> None:
    tasks = both(town("一課"), town("二課"), town("三課", "申請書の入力"))
    contrary = ["routine" if i % 5 in {0, 2, 4} else "expert" for i in range(20)]
    said = [
        words(["expert"] * 12, division="一課"),
        words(["expert"] * 30, division="二課"),
        words(contrary, division="三課"),
    ]
    found = teach(tasks, Corrections.validate(pl.concat(said)), SETTINGS.acts)
    assert [(x.division, x.reviewed, x.is_used) for x in found.lessons] == [
        ("二課", 30, True),
        ("三課", 20, False),
        ("一課", 12, False),
    ]


def test_words_on_tasks_without_a_division_or_that_are_gone_teach_nothing(plain: Model) -> None:
    tasks = town().with_columns(division=pl.lit(None, pl.String))
    found = teach(SurveyTasks.validate(tasks), words(["expert"] * 20), SETTINGS.acts)
    assert found == Taught(plain, ())
    gone = words(["expert"] * 20, division="廃止課")
    assert teach(town(), gone, SETTINGS.acts) == Taught(plain, ())


@pytest.mark.parametrize(
    ("before", "after", "used"),
    [
        (Share(12, 20), Share(13, 20), True),
        (Share(12, 20), Share(12, 20), True),
        (Share(12, 20), Share(11, 20), False),
        (None, None, False),
    ],
)
def test_a_lesson_is_used_unless_it_makes_things_worse(
    before: Share | None,
    after: Share | None,
    used: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert Lesson("税務課", 20, 20, before, after).is_used is used
