"""Click's own words in Japanese: help pages, usage errors."""

import click


class JapaneseCommand(click.Command):
    """A command whose help page is all Japanese."""

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
    match error:
        case click.NoSuchOption():
            near = (
                f"（{'、'.join(error.possibilities)} のことですか）" if error.possibilities else ""
            )
            text = f"オプション {error.option_name} はありません{near}。"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "引数"
            text = f"{name} を指定してください。"
        case click.BadParameter():
            name = error.param.opts[0] if error.param else "値"
            text = f"{name} の値が使えません：{error.message}"
        case _:
            text = f"呼び出し方が違います：{error.message}"
    return f"{text}「{command} --help」で使い方を確かめてください。"
