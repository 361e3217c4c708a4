"""Units of the organisation: everybody reads their names, the system administrator makes them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import StringConstraints

from kehu.api.govern.me import current
from kehu.govern import operations
from kehu.govern.models.access import Unit
from kehu.govern.queries import people

router = Router(tags=["units"])

RowId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class UnitNode(Schema):
    """A unit and where it hangs; the root has no parent."""

    id: int
    code: str
    name: str
    parent_id: int | None
    depth: int


class UnitIn(Schema):
    """A new unit below `parent` (a code), or below the root."""

    code: Code
    name: Name
    parent: Code | None = None


class UnitChange(Schema):
    """Another name."""

    name: Name


def unit_out(unit: Unit) -> dict[str, Any]:
    """Return a unit as answers hold it."""
    return {
        "id": unit.pk, "code": unit.code, "name": unit.name, "parent_id": unit.parent_id, "depth": len(unit.path) - 1
    }  # fmt: skip


@router.get("", response=list[UnitNode], operation_id="list_units")
def list_units(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the whole tree, each unit behind its parent."""
    current(request)
    return [unit_out(unit) for unit in people.list_units()]


@router.post("", response={201: UnitNode}, operation_id="create_unit")
def create_unit(request: HttpRequest, body: UnitIn) -> Status[dict[str, Any]]:
    """Make a unit."""
    actor = current(request)
    actor.require("unit.manage")
    parent = operations.get_unit(body.parent)
    unit = operations.create_unit(
        code=body.code, name=body.name, parent=parent, actor_id=actor.id, now=timezone.now()
    )
    return Status(201, unit_out(unit))


@router.patch("/{unit_id}", response=UnitNode, operation_id="update_unit")
def update_unit(request: HttpRequest, unit_id: RowId, body: UnitChange) -> dict[str, Any]:
    """Give a unit another name."""
    actor = current(request)
    actor.require("unit.manage")
    unit = operations.rename_unit(unit_id=unit_id, name=body.name, actor_id=actor.id, now=timezone.now())
    return unit_out(unit)
