"""The one normaliser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpr.text import BLANK_MARKS, header_key, is_blank, normalize, squeeze


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("１．５ｈ", "1.5h"),
        ("　業務　　名　", "業務 名"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("Ⅲ", "III"),
        ("①", "1"),
        ("㈱", "(株)"),
        ("1－2", "1-2"),
        ("1–2―3−4", "1-2-3-4"),
        ("サーバー", "サーバー"),
        ("a\n\tb", "a b"),
    ],
)
def test_normalize(text: str, normal: str) -> None:
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("業　務　名", "業務名"),
        ("1件当たりの\n処理時間", "1件当たりの処理時間"),
        (" ＲＰＡ ", "rpa"),
    ],
)
def test_squeeze(text: str, key: str) -> None:
    assert squeeze(text) == key


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("年間作業時間（ｈ）", "年間作業時間"),
        ("※業務名", "業務名"),
        ("１．業務名", "業務名"),
        ("(2) 業務名", "業務名"),
        ("③業務名", "業務名"),
        ("件数〔年間〕【必須】", "件数"),
        ("1件あたり時間（分）", "1件あたり時間"),
        ("◎ 処理媒体", "処理媒体"),
    ],
)
def test_header_key_drops_remarks_and_leading_marks(label: str, key: str) -> None:
    assert header_key(label) == key


@pytest.mark.parametrize("text", [*sorted(BLANK_MARKS), None, "　", "－", "―", "…", "N/A", "／"])
def test_blank(text: str | None) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "無", "なし", "〃", "x", "--1"])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert squeeze(squeeze(text)) == squeeze(text)
