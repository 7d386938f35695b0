"""Published cases like a task: what other municipalities did with the same kind of work.

A name is compared by its objects (給与支払報告書), which count most, and by all its letters: each as
character 2-3-grams, TF-IDF over the cases, cosine. Grams that no case holds count in the norm, so
that a long name about something else is not alike. Names that share no object are not alike at all:
the same 「受付・入力」 says nothing.
"""

import io
import re
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from sklearn.feature_extraction.text import CountVectorizer

from bpr.frames import DataFrame, NearCases, PublishedCases
from bpr.match.names import bare_name
from bpr.text import squeeze

THRESHOLD: Final = 0.5
"""Chosen by reading, one reader, once: of 60 tasks of the sample town with a case the first case was
the same kind of work for 52 (87 %), of 60 of our labelled names for 53 (88 %); between 0.45 and 0.5
about half are wrong. 4 in 100 tasks have a case."""
_TASK_SHARE: Final = 0.6
"""What a likeness counts that the name of the task alone shows, where an activity is named too."""
_LETTERS_WEIGHT: Final = 0.4
"""Weight of the letters of the whole name; an object's letters weigh 1."""
_GRAMS: Final = (2, 3)
_LONGEST: Final = 120
"""Letters of a name that are compared."""
_DIGITS: Final = 6
_OBJECT, _LETTERS, _NAME = "o", "l", "n"
"""Kinds of features."""

_ACTS: Final = """
受付 受理 受領 収受 受取 引渡し 入力 登録 作成 修正 調製 処理 業務 事務 事業 作業 関係 関連 管理 運営 運用 保全 運転
対応 確認 点検 審査 審査会 決定 確定 判定 選定 許可 交付 発行 発送 送付 郵送 通知 申請 申込 申し込み 届出 請求
依頼 報告 回収 集計 整理 保管 保存 転記 読取 読み取り システム 更正 更新 変更 決裁 押印 製本 閲覧 相談 電話 窓口
問合せ 問い合わせ 案内 連絡 調整 照会 通報 実施 補助 支援 一部 一式 印刷 印字 封入 封緘 封かん 手続 手続き 委託 検収
効率化 デジタル化 データ化 データ 書類 帳票 紙帳票 資料 内容 情報 計画 策定 検討 構築 支払 支払い 支給 徴収 収納 利用
使用 維持 一覧 記載 添付 提出 回答 特例 結果 実績 事前 事後 名簿 対象者 から まで など 等 に関する に係る
"""
"""What is done with anything: cut off the end of a part of a name."""
_COMMON: Final = """
市民 町民 住民 職員 会計年度任用職員 非常勤職員 臨時職員 本人 委員 団体 民間 事業者 受給者 担当 市 町 村 区 県 課 公
庁舎 施設 公共 公共施設 図書館 学校 給食センター センター 議会 本会議 会議 委員会 人事 総務 税務 会計 勤務 契約 課税
保育 介護保険 高齢 高齢福祉 住民基本台帳 書面 文書 用紙 調査票 台帳 記録 写し 証明 証明書 通知書 申請書 届出書 届書
申告書 交付請求書 依頼書 報告書 納付書 資格 制度 補助金 交付金 給付金 経費 報酬 消耗品 日程 カード バス サービス
新規 各種 一般 一般的な 定期 専門 総合 個人 代表 内部 包括 包括的 一次 対象 公開 オンライン 電子 清掃 警備 区域内 県道
うち および 及び 向け 調査 認定 料金 不備 申請書類
"""
"""Words that tell no object when they stand alone or with each other."""


def _any_of(words: str) -> str:
    """Pattern of words in a row, the longest first and without going back: never slow."""
    longest_first = sorted(set(words.split()), key=lambda word: (-len(word), word))
    return f"(?>{'|'.join(longest_first)})++"


_PARTS: Final = re.compile(r"アンケート等?(?:への?|の)?回答(?!の?入力)|[のを]|[^\w]|_|及び|並びに")
"""Between the parts of a name; to answer a questionnaire is not to count one."""
_LAST_ACTS: Final = re.compile(_any_of(_ACTS) + "$")
_NO_OBJECT: Final = re.compile(_any_of(_ACTS + _COMMON))
_JUDGED: Final = re.compile(
    "(?:判断|判定|可否|審査|決定|認定|許可|減免|選考|面接|募集|採用|折衝|交渉|聴取|聞取り|企画|方針|立案|検討|指導|評価)"
    "(?!の|会|書|証|受付|申請|請求|通知|調査|入力|登録|結果|内容|情報|データ|者|済|票|額|簿|台帳)"
)
"""What a person judges; the paper or the result of it (審査結果) may be handled by anyone."""


@cache
def load_cases() -> DataFrame[PublishedCases]:
    """Published cases that come with the product (cases.csv): facts with the source's address.

    One row is one lever of one case. Hours are as the source states them: `effect` tells whether
    per case, per trial or per year. A `reduction_ratio` below 0: the work grew.
    """
    data = resources.files("bpr.match").joinpath("cases.csv").read_bytes()
    return PublishedCases.validate(pl.read_csv(io.BytesIO(data), infer_schema_length=0), cast=True)


def find_near_cases(
    tasks: pl.DataFrame, cases: DataFrame[PublishedCases], *, most: int = 3
) -> DataFrame[NearCases]:
    """At most `most` cases for each task (task_id, task_name, activity_name), the most alike first.

    With a column `lever`, a row of `tasks` is compared with cases of its lever only. Sorted by
    task and likeness; independent of the order of rows.
    """
    if tasks.is_empty() or cases.is_empty():
        return NearCases.create_empty()
    lever = [name for name in ("lever",) if name in tasks.columns]
    texts = pl.col("task_name", "activity_name", *lever).cast(pl.String)
    wanted = tasks.select("task_id", texts).unique()
    pairs = wanted.select("task_name", "activity_name").unique().sort(pl.all())
    offered = cases.select("case_id", "lever", case_name="task_name").cast(pl.String)
    near = (
        _compare_names(pairs, offered["case_name"].unique().sort())
        .join(offered, on="case_name")
        .join(wanted, on=["task_name", "activity_name", *lever], nulls_equal=True)
        .sort("task_id", *lever, -pl.col("likeness"), "case_id")
        .filter(pl.int_range(pl.len()).over("task_id", *lever) < most)
    )
    return NearCases.validate(near.select("task_id", "case_id", "likeness"))


def _compare_names(pairs: pl.DataFrame, case_names: pl.Series) -> pl.DataFrame:
    """Which pairs of task_name and activity_name are like which case_name; likeness."""
    activities = pairs["activity_name"].fill_null("").to_list()
    texts = (case_names.to_list(), pairs["task_name"].to_list(), activities)
    rows = {name: row for row, name in enumerate(sorted({n for names in texts for n in names}))}
    counter = CountVectorizer(analyzer=_list_features)
    counts = csr_array(counter.fit_transform(rows), dtype=float)
    case, task, activity = (counts[[rows[name] for name in names]] for names in texts)
    kinds = np.array([feature[0] for feature in counter.get_feature_names_out()])
    held = np.bincount(case.indices, minlength=len(kinds))
    weights = np.log((1 + len(case_names)) / (1 + held)) + 1
    weights *= np.select([kinds == _OBJECT, kinds == _LETTERS], [1.0, _LETTERS_WEIGHT], 0.0)
    weighed_cases = _weigh(case, weights).T
    objects = (case @ diags_array((kinds != _LETTERS).astype(float))).T

    def compare(names: csr_array) -> csr_array:
        shares_object = (names @ objects).sign()
        return csr_array((_weigh(names, weights) @ weighed_cases) * shares_object)

    names = [last or task for task, last in zip(texts[1], activities, strict=True)]
    judged, case_judged = (
        np.array([bool(_JUDGED.search(n)) for n in some]) for some in (names, texts[0])
    )
    task_share = np.where([bool(name) for name in activities], _TASK_SHARE, 1.0)
    likeness = compare(activity).maximum(compare(csr_array(task + activity)))
    found = likeness.maximum(diags_array(task_share) @ compare(task)).tocoo()
    fits = ~judged[found.row] | case_judged[found.col]
    kept = fits & (np.round(found.data, _DIGITS) >= THRESHOLD)
    return pl.DataFrame(
        {
            **pairs[found.row[kept]].to_dict(),
            "case_name": case_names[found.col[kept]],
            "likeness": np.round(found.data[kept], _DIGITS).clip(0, 1),
        }
    )


def _weigh(counts: csr_array, weights: NDArray[np.float64]) -> csr_array:
    """Rows of counts -> rows of length 1: (1 + ln count) x weight."""
    rows = counts.copy()
    rows.data = 1 + np.log(rows.data)
    rows = csr_array(rows @ diags_array(weights))
    lengths = np.sqrt(np.asarray((rows * rows).sum(axis=1)).ravel())
    return csr_array(diags_array(1 / np.where(lengths > 0, lengths, 1)) @ rows)


def _list_features(name: str) -> tuple[str, ...]:
    """Grams of the objects, grams of all letters, and the whole name (of no weight)."""
    short = squeeze(name)[:_LONGEST]
    bare = bare_name(short)
    grams = [_OBJECT + gram for part in _find_objects(short) for gram in _cut(f" {part} ")]
    return (*grams, *(_LETTERS + gram for gram in _cut(bare)), _NAME + bare)


def _cut(text: str) -> list[str]:
    return [text[at : at + n] for n in _GRAMS for at in range(len(text) - n + 1)]


def _find_objects(name: str) -> list[str]:
    """What the work is about: the parts of a name without the acts and the common words."""
    parts = [part for part in _PARTS.split(name) if part and not _NO_OBJECT.fullmatch(part)]
    return [_LAST_ACTS.sub("", part) or part for part in parts]
