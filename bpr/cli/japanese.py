"""Click's own words in Japanese: help pages, usage errors."""

import difflib
import re
from collections.abc import Sequence
from typing import Any

import click


class JapaneseCommand(click.Command):
    """A command whose help page is all Japanese, asked for by -h or --help."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as Click takes them
        super().__init__(*arguments, **named)
        self.context_settings.setdefault("help_option_names", ["-h", "--help"])

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line 「使い方」."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[オプション]")
        pieces = pieces.replace("COMMAND [ARGS]...", "コマンド ...")
        formatter.write_usage(ctx.command_path, pieces, prefix="使い方: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [r for option in options if (r := option.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("オプション"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, explained in Japanese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示して終わる。"
        return option


class JapaneseGroup(JapaneseCommand, click.Group):
    """A group whose help page is all Japanese."""

    command_class = JapaneseCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with the first sentence of their help."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, (command.help or "").strip().split("\n")[0]))
        with formatter.section("コマンド"):
            formatter.write_dl(rows)


def explain_usage_error(error: click.UsageError) -> str:
    """Say in Japanese what is wrong with the call, and where help is."""
    command = error.ctx.command_path if error.ctx else "bpr"
    return f"{_explain(error)}「{command} --help」で使い方を確かめてください。"


def _explain(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"オプション {error.option_name} はありません{_perhaps(error.possibilities)}。"
        case click.MissingParameter():
            return f"{_name(error.param, error.ctx)} を指定してください。"
        case click.BadParameter():
            return f"{_name(error.param, error.ctx)} に{_quoted(error)}は使えません。{_allowed(error.param)}"
        case click.BadOptionUsage():
            return f"{error.option_name} の後に値を書いてください。"
    if isinstance(error.ctx and error.ctx.command, click.Group) and "command" in error.message:
        word = _given(error)
        group = error.ctx.command if error.ctx else None
        known = (
            group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []
        )
        near = difflib.get_close_matches(word, known, n=1)
        return f"命令「{word}」はありません{_perhaps(near)}。"
    return f"余分な引数{_quoted(error)}があります。"


def _name(param: click.Parameter | None, ctx: click.Context | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.make_metavar(ctx) if param and ctx else "引数"


def _given(error: click.UsageError) -> str:
    """Return the word of the call that Click quotes in its message."""
    found = re.search(r"'([^']*)'|\(([^)]*)\)|^(-?\d+)", error.message)
    return next((word for word in found.groups() if word is not None), "") if found else ""


def _quoted(error: click.UsageError) -> str:
    word = _given(error)
    return f"「{word}」" if word else ""


def _perhaps(words: Sequence[str] | None) -> str:
    return f"（{'、'.join(words)} のことですか）" if words else ""


def _allowed(param: click.Parameter | None) -> str:
    """Say what the parameter takes."""
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return f"{'、'.join(map(str, kind.choices))} から選んでください。"
    if isinstance(kind, click.IntRange):
        least = "" if kind.min is None else f"{kind.min} 以上"
        most = "" if kind.max is None else f"{kind.max} 以下"
        return f"{least}{most}の整数で書いてください。"
    if isinstance(kind, click.Path):
        return "その名前のフォルダがありません。場所を確かめてください。"
    return ""
