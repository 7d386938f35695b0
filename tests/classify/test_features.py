"""Names -> texts -> numbers: what is read of a name, and what is not."""

import numpy as np
import polars as pl
import pytest

from bpr.classify.features import LONGEST, gather_texts
from bpr.classify.model import Model
from tests.builder import SETTINGS, assert_rows, task, tasks_frame


def test_task_activity_and_place_become_three_texts() -> None:
    texts = gather_texts(
        tasks_frame(
            task("賦課", "申告書の入力", division="税務課", unit="市民税係", process="課税"),
            task("庶務"),
        )
    )
    assert_rows(
        texts,
        "whole last context readable",
        [
            ["賦課 申告書の入力", "申告書の入力", "税務課 市民税係 課税", True],
            ["庶務", "庶務", "", True],
        ],
    )


def test_frames_without_places_and_without_rows() -> None:
    names = pl.DataFrame({"task_name": ["賦課"], "activity_name": [None]})
    assert gather_texts(names)["context"].to_list() == [""]
    assert gather_texts(names.clear()).height == 0


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("入力", True),
        ("DX推進", True),
        ("税", False),
        ("", False),
        ("data input", False),
        ("😀😀", False),
        ("あ" * LONGEST, True),
        ("あ" * (LONGEST + 1), False),
    ],
)
def test_only_a_japanese_name_of_some_length_is_readable(name: str, readable: bool) -> None:  # noqa: FBT001 - what is expected
    assert gather_texts(tasks_frame(task(name)))["readable"].item() is readable


def test_the_blocks_cover_every_column_once(model: Model) -> None:
    features = model.features
    width = features.transform(gather_texts(tasks_frame(task("賦課")))).shape[1]
    covered = [column for block in features.blocks().values() for column in range(width)[block]]
    assert covered == list(range(width))


def test_an_act_is_seen_in_the_last_part_only(model: Model) -> None:
    features = model.features
    texts = gather_texts(tasks_frame(task("許可申請の審査", "申請書の入力"), task("審査")))
    acts = features.transform(texts)[:, features.blocks()["acts"]].toarray()
    names = np.asarray(list(SETTINGS.acts))
    assert [names[row > 0].tolist() for row in acts] == [["input"], ["examine"]]


def test_what_was_never_seen_makes_the_rest_of_a_name_lighter(model: Model) -> None:
    features = model.features
    texts = gather_texts(tasks_frame(task("入力"), task("入力鱗鰓鰭鰐")))
    weights = abs(features.transform(texts)[:, features.blocks()["whole"]]).max(axis=1).toarray()
    assert weights.ravel()[0] > weights.ravel()[1] > 0
