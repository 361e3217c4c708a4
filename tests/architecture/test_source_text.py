"""How code is written: sizes, names, logs and errors, as far as the linter cannot tell."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "kehu"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "service",
    "services",
    "manager",
    "base_classes",
}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
MOST_LINES = 500
MOST_ENTRIES = 15
DEEPEST = 5


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(path: Path) -> Iterator[ast.Call]:
    """Return every call in a module."""
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def test_modules_are_short_and_say_what_they_are_for() -> None:
    for path in [*MODULES, *TESTS]:
        text = path.read_text()
        assert len(text.splitlines()) <= MOST_LINES, name(path)
        assert path.stem not in VAGUE, name(path)
        assert ast.get_docstring(ast.parse(text)) or not text.strip() or "tests" in path.parts, name(path)


def test_folders_are_small_and_not_deep() -> None:
    folders = {path.parent for path in MODULES}

    for folder in folders:
        entries = [p for p in folder.iterdir() if p.name not in {"__pycache__", "__init__.py"}]
        assert len(entries) <= MOST_ENTRIES, name(folder)
        assert len(folder.relative_to(PACKAGE).parts) <= DEEPEST, name(folder)
        assert folder.name not in VAGUE


def test_a_log_message_is_a_constant_sentence_and_values_go_into_extra() -> None:
    for path in MODULES:
        for call in calls(path):
            function = call.func
            if not isinstance(function, ast.Attribute) or function.attr not in LEVELS:
                continue
            if isinstance(function.value, ast.Name) and function.value.id in {"log", "logger", "logging"}:
                is_constant = isinstance(call.args[0], ast.Constant) and len(call.args) == 1
                assert is_constant, f"{name(path)}:{call.lineno}"


def test_what_is_caught_is_named_and_not_everything_is_dropped() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{name(path)}:{node.lineno}"
                is_broad = ast.unparse(node.type) in {"Exception", "BaseException"}
                is_silent = len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
                assert not (is_broad and is_silent), f"{name(path)}:{node.lineno}"


def test_values_of_known_keys_only_go_into_logs() -> None:
    from kehu.platform.logs import SAFE

    for path in MODULES:
        for call in calls(path):
            for keyword in call.keywords:
                if keyword.arg == "extra" and isinstance(keyword.value, ast.Dict):
                    keys = {key.value for key in keyword.value.keys if isinstance(key, ast.Constant)}
                    assert keys <= set(SAFE), f"{name(path)}:{call.lineno}"


def test_nothing_is_left_to_be_done_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error")

    for path in [*MODULES, *TESTS]:
        text = path.read_text()
        assert not [word for word in words if word in text], name(path)


def test_ninja_is_known_to_the_api_alone() -> None:
    for path in MODULES:
        if "api" not in path.parts:
            assert "from ninja" not in path.read_text(), name(path)


def test_no_two_files_of_tests_have_one_name() -> None:
    """Files of tests are loaded by their own name: the second of a name is not loaded."""
    names = [path.name for path in TESTS if path.name.startswith("test_")]

    assert sorted(names) == sorted(set(names))
