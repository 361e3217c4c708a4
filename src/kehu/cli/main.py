"""The command `kehu`. Heavy imports happen inside each command, so that `kehu serve` stays small."""

import argparse
import os
import sys
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kehu.config.settings")
LASTING = frozenset({"serve", "worker"})


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    from kehu.cli import (
        backup,
        bench,
        data,
        demo,
        doctor,
        installation,
        keys,
        lake,
        people,
        send,
        serve,
    )

    top = argparse.ArgumentParser(prog="kehu", description="客户信息管理 / customer information management")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="启动网页与后台任务 / run web and worker")
    serve.add_arguments(serving)
    serving.set_defaults(run=serve.run)
    for module in (installation, people, data, demo, lake, send, keys, backup, doctor, bench):
        module.add_commands(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors that a person can mend are printed in one sentence, with exit status 1."""
    from kehu.platform.errors import KehuError

    options = parser().parse_args(arguments)
    _mark_as_command(is_one=options.command not in LASTING)
    try:
        return int(options.run(options) or 0)
    except KehuError as error:
        print(error.text.zh if _is_chinese() else error.text.en, file=sys.stderr)
        if script := getattr(error, "sql", ""):
            print(script)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:
        if os.environ.get("KEHU_DEVELOPMENT"):
            raise
        _tell_without_values(error)
        return 1


def _mark_as_command(*, is_one: bool) -> None:
    """Keep the terminal of whoever typed a command for its sentences: `kehu.platform.logs` writes elsewhere then."""
    if is_one:
        os.environ["KEHU_IS_COMMAND"] = "1"
    else:
        os.environ.pop("KEHU_IS_COMMAND", None)


def _is_chinese() -> bool:
    return os.environ.get("LC_ALL", os.environ.get("LANG", "zh")).startswith(("zh", "C", "POSIX"))


def _tell_without_values(error: Exception) -> None:
    """Say that a command broke, and where: kind and places only, since a message may quote a customer's row."""
    from kehu.platform.logs import places

    print(
        "这一步没有完成，已写入的内容不受影响。把下面几行交给管理员。" if _is_chinese()
        else "This did not complete; what was written before stays. Give these lines to your administrator.",
        file=sys.stderr,
    )  # fmt: skip
    print(type(error).__name__, *places(error.__traceback__), sep="\n  ", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
