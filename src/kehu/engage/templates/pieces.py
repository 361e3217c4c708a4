"""A template cut into constant texts and values, so that a mail is put together and not interpreted.

Conditions and loops stay with the Liquid library; all else is a list to be joined. Both write the same.
"""

from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

from liquid import Environment
from liquid.ast import Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.output import OutputNode
from liquid.context import RenderContext
from liquid.output import LimitedStringIO
from liquid.stringify import to_liquid_string
from liquid.template import BoundTemplate

from kehu.engage.templates.liquid.language import MOST_OUTPUT

Names = tuple[str, ...]
_LONGEST = 2


class Scope(dict[str, Any]):
    """What a rendering may name: the filled values by root, and addresses, made when they are asked for."""

    __slots__ = ("link",)

    def __init__(self, roots: Mapping[str, Any], link: Callable[[int], str]) -> None:
        super().__init__(roots)
        self.link = link

    def __missing__(self, name: str) -> Any:
        if name.startswith("link_"):
            return self.link(int(name[5:]))
        raise KeyError(name)

    def find(self, names: Names) -> Any:
        """Return a value by its names, None where there is none."""
        try:
            found = self[names[0]]
            return found if len(names) == 1 else found[names[1]]
        except KeyError:
            return None


class Pieces:
    """A parsed template, ready to be put together many times."""

    __slots__ = ("is_escaped", "parts", "template")

    def __init__(self, source: str, environment: Environment) -> None:
        self.template: BoundTemplate = environment.from_string(source)
        self.is_escaped: bool = environment.autoescape
        self.parts: Sequence[str | Names | Node] = tuple(_part(node) for node in self.template.nodes)

    def render(self, scope: Scope) -> str:
        """Return the text with the values of a scope. Raises LiquidError where a condition cannot be judged."""
        out: list[str] = []
        context: RenderContext | None = None
        for part in self.parts:
            if part.__class__ is str:
                out.append(part)  # type: ignore[arg-type]  # its class was asked above, which is faster than isinstance
            elif part.__class__ is tuple:
                out.append(to_liquid_string(scope.find(part), self.is_escaped))  # type: ignore[arg-type]  # as above
            else:
                context = context or RenderContext(self.template, globals=scope)
                out.append(_interpret(part, context))  # type: ignore[arg-type]  # the one kind left
        return "".join(out)


def _interpret(node: Node, context: RenderContext) -> str:
    buffer: StringIO = LimitedStringIO(MOST_OUTPUT)
    node.render(context, buffer)
    return buffer.getvalue()


def _part(node: Node) -> str | Names | Node:
    if isinstance(node, ContentNode):
        return node.text
    if isinstance(node, OutputNode) and isinstance(node.expression, FilteredExpression):
        path = node.expression.left
        if not node.expression.filters and isinstance(path, Path) and len(path.path) <= _LONGEST:
            names = tuple(one for one in path.path if isinstance(one, str))
            if len(names) == len(path.path):
                return names
    return node
