"""Reading the Liquid of a source before it is used: which variables it names, and whether it keeps to what is allowed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liquid.ast import Node
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.tags.for_tag import ForNode
from liquid.exceptions import LiquidError
from liquid.static_analysis import Variable
from liquid.template import BoundTemplate

from kehu.engage.templates.faults import TemplateInvalid
from kehu.engage.templates.liquid.language import LONGEST_LOOP, MOST_ROUNDS, for_markup
from kehu.platform.text import Text

LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LITERAL = re.compile(r""""([^"]*)"|'([^']*)'""")
_DOTTED = re.compile(r"[a-z_]+\.[A-Za-z0-9_]+")
_MARKUP = frozenset("<>&\"'")
URLS = frozenset({"view_url", "unsubscribe_url", "survey_url"})
OWN = {"sender": frozenset({"name"})}
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Use:
    """A variable and the first line on which it stands, such as `customer.name`."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What a source uses. `printed` are the variables whose value is written out without a default beside it."""

    uses: tuple[Use, ...]
    printed: frozenset[str]


def examine(source: str) -> Examined:
    """Return the variables of a source. Raises TemplateInvalid for what is unknown or not allowed, with its line."""
    _check_literals(source)
    template = parse(source)
    _check_loops(template.nodes, source, 1)
    found: dict[str, int] = {}
    for variables in template.analyze(include_partials=False).globals.values():
        for one in variables:
            name = _name(one, line_of(source, one.span.index))
            found.setdefault(name, line_of(source, one.span.index))
    uses = tuple(Use(name, line) for name, line in found.items())
    return Examined(uses, frozenset(_printed(source)) & found.keys())


def parse(source: str) -> BoundTemplate:
    """Return Liquid parsed. Raises TemplateInvalid."""
    try:
        return for_markup().from_string(source)
    except LiquidError as error:
        token = error.token
        line = line_of(source, token.start_index) if token and token.start_index >= 0 else 0
        detail = str(error.message or "")[:120]
        text = Text(
            f"这里的 Liquid 读不懂或不允许（{detail}）。可用：变量、if、unless、case、for (1..n)。",
            f"This Liquid cannot be read or is not allowed ({detail}). There are variables, if, unless, case, for (1..n).",
        )
        raise TemplateInvalid("liquid", text, line) from error


def line_of(source: str, index: int) -> int:
    """Return the line of a place, from 1."""
    return source.count("\n", 0, max(index, 0)) + 1


def _check_literals(source: str) -> None:
    """Refuse markup inside Liquid: where a value stands must show in the source itself."""
    for found in LIQUID.finditer(source):
        for literal in _LITERAL.finditer(found.group()):
            if _MARKUP & set(literal.group(1) or literal.group(2) or ""):
                text = Text(
                    "Liquid 的引号里不能有 < > & 和引号。把标记写在外面。",
                    "No < > & or quotes within a text of Liquid. Write markup outside.",
                )
                raise TemplateInvalid("literal", text, line_of(source, found.start()))


def _check_loops(
    nodes: Iterator[Node] | list[Node], source: str, rounds: int, total: list[int] | None = None
) -> None:
    total = total if total is not None else [0]
    for node in nodes:
        within = rounds
        if isinstance(node, ForNode):
            within = rounds * _length(node, source)
            total[0] += within
            if total[0] > MOST_ROUNDS:
                raise _loop_fault(node, source)
        _check_loops(list(node.children(None)), source, within, total)  # type: ignore[arg-type]  # partials are not registered


def _length(node: ForNode, source: str) -> int:
    loop = node.expression
    between = loop.iterable
    start, stop = getattr(between, "start", None), getattr(between, "stop", None)
    ends = (getattr(start, "value", None), getattr(stop, "value", None))
    if not isinstance(between, RangeLiteral) or not all(type(end) is int for end in ends):
        raise _loop_fault(node, source)
    length = ends[1] - ends[0] + 1  # type: ignore[operator]  # both are whole numbers, checked above
    if loop.limit or loop.offset or loop.reversed or not 0 <= length <= LONGEST_LOOP:
        raise _loop_fault(node, source)
    return int(length)


def _loop_fault(node: ForNode, source: str) -> TemplateInvalid:
    text = Text(
        f"循环只能写成 for i in (1..n)，n 最大 {LONGEST_LOOP}，全部循环合计不超过 {MOST_ROUNDS} 次。",
        f"A loop is written for i in (1..n), n at most {LONGEST_LOOP}; all loops together make {MOST_ROUNDS} rounds at most.",
    )
    return TemplateInvalid("loop", text, line_of(source, node.token.start_index))


def _name(variable: Variable, line: int) -> str:
    segments = variable.segments
    if all(isinstance(one, str) for one in segments):
        name = ".".join(str(one) for one in segments)
        root = str(segments[0])
        if len(segments) == 1 and root in URLS:
            return name
        if len(segments) == _PAIR and (root == "customer" or segments[1] in OWN.get(root, ())):
            return name
    shown = str(variable)[:60]
    text = Text(
        f"没有变量“{shown}”。从变量列表里选。", f"There is no variable “{shown}”. Choose one from the list."
    )
    raise TemplateInvalid("variable", text, line)


def _printed(source: str) -> Iterator[str]:
    """Yield the variables that are written out with nothing to stand in for them: no default, and no condition asks."""
    asked = {name for tag in LIQUID.findall(source) if tag.startswith("{%") for name in _DOTTED.findall(tag)}
    for found in LIQUID.finditer(source):
        inner = found.group()
        if inner.startswith("{{") and not re.search(r"\|\s*default\b", inner):
            name = re.split(r"[\s|]", inner[2:-2].strip("- \t\r\n"), maxsplit=1)[0]
            if name not in asked:
                yield name
