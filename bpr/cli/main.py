"""`bpr`: the one place that turns errors into messages and exit statuses."""

import sys
from collections.abc import Sequence

import click

from bpr.cli.analyze import analyze
from bpr.cli.audit import audit
from bpr.cli.backup import backup, restore
from bpr.cli.check import check
from bpr.cli.collection import collection
from bpr.cli.decide import decide
from bpr.cli.demo import demo
from bpr.cli.edition import edition
from bpr.cli.evaluate import evaluate_
from bpr.cli.export import export
from bpr.cli.forget import forget
from bpr.cli.imports import import_
from bpr.cli.japanese import JapaneseGroup, explain_usage_error
from bpr.cli.kpi import kpi
from bpr.cli.serve import serve
from bpr.cli.template import template
from bpr.cli.user import user
from bpr.errors import BprError
from bpr.log import record_incident

BUG_STATUS = 70


@click.group(cls=JapaneseGroup)
@click.version_option(package_name="bpr", message="bpr %(version)s", help="版を表示して終わる。")
def cli() -> None:
    """業務量調査を読み取り、分類し、AI-OCR・RPA・外部委託の候補を根拠つきで並べます。

    終了コード: 0 完了 / 1 完了したがエラーで除いた行がある / 2 入力か呼び出しが使えない /
    3 データベースが使えない
    """


for command in (
    analyze,
    check,
    template,
    import_,
    collection,
    export,
    evaluate_,
    decide,
    kpi,
    edition,
    serve,
    demo,
    user,
    audit,
    backup,
    restore,
    forget,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(args=arguments, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message, err=True)
        status = 2
    except click.UsageError as error:
        click.echo(explain_usage_error(error), err=True)
        status = 2
    except click.Abort:
        click.echo("中止しました。", err=True)
        status = 130
    except BprError as error:
        click.echo(str(error), err=True)
        status = error.exit_status
    except BrokenPipeError:
        status = 0
    except Exception as error:  # noqa: BLE001 - the translator of bugs: the user sees a number
        number = record_incident(error)
        click.echo(
            f"思わぬ不具合が起きました（受付番号 {number}）。上の記録を添えて開発元に知らせてください。",
            err=True,
        )
        status = BUG_STATUS
    sys.exit(status if isinstance(status, int) else 0)
