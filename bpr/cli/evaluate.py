"""`bpr evaluate`: how good the classes are, measured on divisions that the model never saw."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from bpr import terms
from bpr.classify.accuracy import add_record, summarize_evaluation
from bpr.classify.evaluate import Evaluation, evaluate
from bpr.classify.labels import read_cases
from bpr.classify.metrics import Quality, Share
from bpr.cli.analyze import SETTINGS
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import table, write_result
from bpr.match.cases import load_cases
from bpr.pipeline import score_names
from bpr.score.evaluate import LeverQuality, list_names, measure_levers
from bpr.settings import Settings


@click.command("evaluate", cls=JapaneseCommand)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json"]),
    default="text",
    help="出力の形式。なければ text。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="保存先",
    help="保存先。なければ標準出力。",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="履歴",
    help="測定の履歴（CSV）に 1 行を加える。",
)
@click.option(
    "--scores",
    is_flag=True,
    help="自動判定ではなく、名前だけから付けた適性の点を公表事例で測る（数秒）。",
)
@SETTINGS
def evaluate_(
    kind: str, out: Path | None, record: Path | None, scores: bool, folder: Path | None
) -> None:
    """自動判定がどれだけ当たるかを、学習に使っていない課で測る（数分）。"""
    settings = Settings.load(folder)
    if scores:
        measured = evaluate_scores(settings)
        text = (
            json.dumps([asdict(one) for one in measured], ensure_ascii=False, indent=1)
            if kind == "json"
            else describe_scores(measured)
        )
        write_result(f"{text}\n".encode(), out, binary=False)
        return
    acts = settings.acts
    found = evaluate(acts, lambda step: click.echo(f"{step}…", err=True))
    text = (
        json.dumps(asdict(found), ensure_ascii=False, indent=1)
        if kind == "json"
        else describe(found)
    )
    write_result(f"{text}\n".encode(), out, binary=False)
    if record:
        day = datetime.now(UTC).astimezone().date().isoformat()
        history = record.read_bytes() if record.exists() else b""
        write_result(
            add_record(history, summarize_evaluation(found, acts, day)), record, binary=False
        )


def evaluate_scores(settings: Settings) -> list[LeverQuality]:
    """AUC of the main levers' scores, from names alone, on published cases."""
    cases, core = load_cases(), read_cases().filter(label_core="1")
    scored = score_names(list_names(cases, core), settings)
    return measure_levers(scored, cases, core, terms.MAIN_LEVERS)


def describe_scores(found: list[LeverQuality]) -> str:
    """Table in Japanese of how scores rank published cases."""
    rows = [
        [
            terms.LEVERS[one.lever].label,
            f"{one.cases:,}",
            f"{one.core_cases:,}",
            f"{one.auc:.3f}",
            f"{one.auc_low:.3f}–{one.auc_high:.3f}（{one.sources} 出典）",
        ]
        for one in found
    ]
    header = [
        "手段",
        "導入した事例",
        "職員でなければならない業務",
        "AUC",
        "出典を 1 つずつ除いた範囲",
    ]
    return "公表事例の順位づけ（課と業務名だけから付けた点）\n" + table(
        header, rows, right=(1, 2, 3, 4)
    )


def describe(found: Evaluation) -> str:
    """Tables in Japanese, every share with its base."""
    qualities = {
        "課を 1 つずつ除く": found.by_division,
        "課の種類ごと除く": found.by_kind,
        "無作為に除く（参考・甘い）": found.at_random,
        "学習に使わない町の一覧": found.held_out,
        "比較：言葉の規則だけ": found.keywords,
        "比較：最も多い区分だけ": found.majority,
    }
    main = found.by_division
    lines = [
        _describe_labels(found),
        "",
        table(
            ["測り方", "母数", "正解率", "95%区間", "macro-F1", "コア／ノンコア", "較正誤差"],
            [_row(name, quality) for name, quality in qualities.items()],
            right=(1, 2, 3, 4, 5, 6),
        ),
        "",
        "確信度ごと（課を 1 つずつ除く）",
        table(
            ["確信度", "件数", "全体に占める割合", "正解率"],
            [
                [level, f"{s.total:,}", f"{s.total / main.accuracy.total:.1%}", percent(s)]
                for level, s in main.by_confidence.items()
            ],
            right=(1, 2, 3),
        ),
        "",
        "区分ごとの再現率（課を 1 つずつ除く）",
        table(
            ["区分", "件数", "再現率"],
            [
                [terms.SHORT_WORK_CLASSES[name], f"{s.total:,}", percent(s)]
                for name, s in main.recall.items()
            ],
            right=(1, 2),
        ),
        "",
    ]
    if main.worst_group:
        name, worst = main.worst_group
        lines.append(f"最も低い課：{name} {percent(worst)}")
    lines += [
        _describe_cases(found),
        _describe_medium(found),
    ]
    return "\n".join(lines)


def _describe_labels(found: Evaluation) -> str:
    same, kappa = percent(found.agreement.same), found.agreement.kappa
    places = f"{found.divisions} 課（{found.kinds} 種類）"
    return f"ラベル {found.labels:,} 件、{places}。2 回の独立した判定の一致 {same}、κ {kappa:.3f}"


def _describe_cases(found: Evaluation) -> str:
    whole, single = found.cases, found.cases_of_one_task
    counts = f"{whole.auc:.3f}（{whole.cases} 件）、〔総称〕を除くと {single.auc:.3f}（{single.cases} 件）"
    return f"公表事例のコアの順位づけ（AUC）：{counts}"


def _describe_medium(found: Evaluation) -> str:
    said = found.medium_said
    levels = "、".join(f"{k} {percent(s)}" for k, s in found.medium.by_confidence.items())
    return f"媒体の推定：{said.total:,} 件のうち {said.right:,} 件について述べ、確信度ごとの正解率 {levels}"


def percent(share: Share) -> str:
    """95.1 %（1,234/1,300）."""
    return f"{share.value:.1%}（{share.right:,}/{share.total:,}）"


def _row(name: str, quality: Quality) -> list[str]:
    low, high = quality.accuracy.interval
    error = quality.calibration_error
    return [
        name,
        f"{quality.accuracy.total:,}",
        f"{quality.accuracy.value:.1%}",
        f"{low:.1%}–{high:.1%}",
        f"{quality.macro_f1:.3f}",
        f"{quality.core_accuracy.value:.1%}",
        "–" if error is None else f"{error:.3f}",
    ]
