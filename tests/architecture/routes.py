"""Every operation of the API, read from the API itself."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kehu.api.routes import api


class Operation(NamedTuple):
    """One operation: its name, method, path below /api/v1, and the function behind it."""

    name: str
    method: str
    path: str
    function: Callable[..., Any]


def operations() -> Iterator[Operation]:
    """Walk the routers."""
    for prefix, router in vars(api)["_routers"]:  # ninja shows its routes nowhere else
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield Operation(str(operation.operation_id), method, prefix + path, operation.view_func)


def ruled() -> list[Operation]:
    """Return the operations that have a rule; that all have one is a test of its own."""
    from tests.architecture.route_rules import RULES

    return [operation for operation in operations() if operation.name in RULES]
