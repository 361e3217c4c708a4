"""Every route has a rule, and asks for exactly the permission that its rule names."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ninja import Schema
from tests.architecture.route_rules import EVERYBODY, NOBODY_ASKED, RULES
from tests.architecture.routes import Operation, operations, ruled

from kehu.govern.access.rights import PERMISSIONS

ALL = {operation.name: operation for operation in operations()}


def source_of(function: Callable[..., Any]) -> ast.FunctionDef:
    """Return a function as it stands in its file, found by name."""
    plain = inspect.unwrap(function)
    tree = ast.parse(Path(inspect.getfile(plain)).read_text())
    return next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == plain.__name__)


def asked(function: Callable[..., Any]) -> set[str]:
    """Return the permissions that a function asks for by `….require("…")`."""
    return {
        str(node.args[0].value)
        for node in ast.walk(source_of(function))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "require"
        if isinstance(node.args[0], ast.Constant)
    }


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert ALL.keys() == RULES.keys()


def _below(shape: type[Schema]) -> Iterator[type[Schema]]:
    for below in shape.__subclasses__():
        yield below
        yield from _below(below)


def test_no_two_shapes_of_the_interface_have_one_name() -> None:
    """In the document of the interface the second would take the place of the first."""
    places: dict[str, set[str]] = {}
    for shape in _below(Schema):
        if shape.__module__.startswith("kehu."):
            places.setdefault(shape.__name__, set()).add(shape.__module__)

    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_rules_name_permissions_that_exist() -> None:
    named = {permission for rule in RULES.values() for permission in rule.permissions}

    assert named <= PERMISSIONS.keys() | {EVERYBODY, NOBODY_ASKED}


@pytest.mark.parametrize("operation", ruled(), ids=lambda operation: operation.name)
def test_a_route_asks_for_the_permission_of_its_rule(operation: Operation) -> None:
    rule = RULES[operation.name]
    if rule.permissions[0] in {EVERYBODY, NOBODY_ASKED}:
        assert asked(operation.function) == set()
    elif not rule.asked_in:
        assert asked(operation.function) == set(rule.permissions)
    else:
        module, _, name = rule.asked_in.rpartition(".")
        assert name in ast.unparse(source_of(operation.function))
        found = getattr(importlib.import_module(module), name)
        assert asked(found) == set(rule.permissions) or found.__name__ == "require_reader"


OPEN = {
    "get_health", "read_own_page", "change_own_consent", "report_bounces", "read_leaving", "leave",
    "read_survey_form", "save_survey_part", "answer_survey",
}  # fmt: skip


def test_only_health_and_what_links_open_are_open_to_all() -> None:
    assert {name for name, rule in RULES.items() if rule.permissions == (NOBODY_ASKED,)} == OPEN
