"""Lists of customers: pasted or uploaded, matched by blind index, and named by segments. No answer holds a pasted value."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from kehu.analyze.models.lists import CustomerList
from kehu.analyze.segments.lists import operations, queries
from kehu.analyze.segments.lists.matching import MOST_VALUES, list_ways
from kehu.analyze.segments.lists.operations import Pasted
from kehu.analyze.segments.lists.uploads import columns_of, values_of
from kehu.api.analyze.segments import router
from kehu.api.edge.schemas import Label
from kehu.api.edge.uploads import SealedUpload
from kehu.api.govern.me import current
from kehu.govern.access.actors import Actor
from kehu.platform.errors import Invalid
from kehu.platform.text import Text
from kehu.profile.queries import get_names

MOST_TEXT = 8_000_000
_PARTS = re.compile(r"[\n\r\t,;，；、]+")


class ListWayOut(Schema):
    """A kind of number by which the reader may match."""

    key: str
    label: Label


class ListWays(Schema):
    """By what lists may be matched, the most certain first, and how many values a list takes."""

    ways: list[ListWayOut]
    most: int


class PastedIn(Schema):
    """Values, one a line (commas, semicolons and tabs part them too), and the kind of number that they are."""

    by: str = Field(max_length=40)
    text: str = Field(max_length=MOST_TEXT)


class CustomerListIn(PastedIn):
    """A new list."""

    name: str = Field(min_length=1, max_length=100)


class ListPastedIn(PastedIn):
    """Values that take the place of a list's members, or join them."""

    mode: Literal["replace", "add"] = "replace"


class CustomerListChange(Schema):
    """What is to change of a list."""

    name: str | None = Field(default=None, min_length=1, max_length=100)
    is_archived: bool | None = None


class ListFileForm(Schema):
    """What comes with a file: the column to read, its kind of number, and the name of a new list or the id of one that is there."""

    by: str = Field(default="", max_length=40)
    column: str = Field(default="", max_length=400)
    name: str = Field(default="", max_length=100)
    list_id: int | None = None
    mode: Literal["replace", "add"] = "replace"


class ListColumnOut(Schema):
    """A column of a file: how many rows say something in it, and the kind of number that most of them are, if any."""

    name: str
    filled: int
    by: str | None


class ListVersionOut(Schema):
    """What a paste came to, for whoever pasted it: values given, and of these how many led to customers."""

    number: int
    by: str
    mode: str
    given: int
    matched: int
    shared: int
    unmatched: int
    doubled: int
    refused: int
    customers: int
    author: str
    made_at: datetime


class CustomerListOut(Schema):
    """A list. `count` is how many customers of the reader's scope are on it now."""

    id: int
    name: str
    version: int
    is_archived: bool
    count: int
    created_at: datetime
    versions: list[ListVersionOut]


@router.get("/lists", response=list[CustomerListOut], operation_id="list_customer_lists")
def list_lists(request: HttpRequest, *, archived: bool = False) -> list[dict[str, Any]]:
    """Return the lists, the latest first."""
    actor = current(request)
    actor.require("segment.read")
    return _shown(queries.list_lists(wants_archived=archived))


@router.get("/lists/ways", response=ListWays, operation_id="list_ways_of_lists")
def get_ways(request: HttpRequest) -> dict[str, Any]:
    """Return by what kinds of numbers the caller may match."""
    actor = current(request)
    actor.require("segment.manage")
    ways = [{"key": key, "label": label._asdict()} for key, label in list_ways(actor)]
    return {"ways": ways, "most": MOST_VALUES}


@router.post("/lists", response={201: CustomerListOut}, operation_id="create_customer_list")
def post_list(request: HttpRequest, body: CustomerListIn) -> Status[dict[str, Any]]:
    """Match pasted values within the caller's scope, and keep whom they lead to; the values are kept nowhere."""
    actor = current(request)
    pasted = Pasted(body.by, split(body.text))
    made = operations.create_list(name=body.name, pasted=pasted, actor=actor, now=timezone.now())
    return Status(201, _shown([made])[0])


@router.post("/lists/{list_id}/versions", response=CustomerListOut, operation_id="change_customer_list")
def post_version(request: HttpRequest, list_id: int, body: ListPastedIn) -> dict[str, Any]:
    """Give a list other members, or more."""
    actor = current(request)
    pasted = Pasted(body.by, split(body.text))
    changed = operations.change_list(
        list_id=list_id, pasted=pasted, mode=body.mode, actor=actor, now=timezone.now()
    )
    return _shown([changed])[0]


@router.patch("/lists/{list_id}", response=CustomerListOut, operation_id="update_customer_list")
def patch_list(request: HttpRequest, list_id: int, body: CustomerListChange) -> dict[str, Any]:
    """Rename a list, put it away or take it up again."""
    actor = current(request)
    kept = operations.keep_list(
        list_id=list_id, name=body.name, is_archived=body.is_archived, actor=actor, now=timezone.now()
    )
    return _shown([kept])[0]


@router.post("/lists/columns", response=list[ListColumnOut], operation_id="read_list_columns")
def post_columns(request: HttpRequest, file: File[UploadedFile]) -> list[dict[str, Any]]:
    """Return the columns of a CSV or Excel file, and what each seems to hold. Nothing of the file is kept."""
    actor = current(request)
    actor.require("segment.manage")
    with _opened(file) as sealed:
        found = columns_of(sealed.path, sealed.file_id, sealed.key, sealed.name or "", actor)
    return [{"name": one.name, "filled": one.filled, "by": one.by} for one in found]


@router.post("/lists/file", response={201: CustomerListOut}, operation_id="upload_customer_list")
def post_file(
    request: HttpRequest, form: Form[ListFileForm], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Make a list, or a version of one, of a column of a CSV or Excel file. The file is deleted as soon as it was read."""
    actor = current(request)
    actor.require("segment.manage")
    with _opened(file) as sealed:
        values = values_of(sealed.path, sealed.file_id, sealed.key, sealed.name or "", form.column)
    made = _kept(form, Pasted(form.by, values), actor)
    return Status(201, _shown([made])[0])


def _kept(form: ListFileForm, pasted: Pasted, actor: Actor) -> CustomerList:
    now, mode = timezone.now(), form.mode
    if form.list_id is None:
        return operations.create_list(name=form.name, pasted=pasted, actor=actor, now=now)
    return operations.change_list(list_id=form.list_id, pasted=pasted, mode=mode, actor=actor, now=now)


def split(text: str) -> list[str]:
    """Return the values of a pasted text: a line each, or parted by commas, semicolons or tabs; spaces are of the number."""
    return _PARTS.split(text)


@contextmanager
def _opened(file: UploadedFile) -> Iterator[SealedUpload]:
    """Give the sealed file of a request, and delete it whatever happens."""
    sealed: Any = file
    if not isinstance(sealed, SealedUpload):
        raise Invalid(Text("没有收到文件。", "No file arrived."))
    try:
        yield sealed
    finally:
        sealed.discard()


def _shown(lists: Sequence[CustomerList]) -> list[dict[str, Any]]:
    sizes = queries.count_each([one.pk for one in lists])
    versions = {one.pk: sorted(one.versions.all(), key=lambda v: -v.number) for one in lists}
    authors = get_names(
        "govern_user", [v.author_id for found in versions.values() for v in found if v.author_id]
    )
    return [
        {
            "id": one.pk, "name": one.name, "version": one.version, "is_archived": one.is_archived,
            "count": sizes[one.pk], "created_at": one.created_at,
            "versions": [
                {
                    "number": v.number, "by": v.by, "mode": v.mode, "given": v.given, "matched": v.matched,
                    "shared": v.shared, "unmatched": v.unmatched, "doubled": v.doubled, "refused": v.refused,
                    "customers": v.customers, "author": authors.get(v.author_id or 0, ""), "made_at": v.made_at,
                }
                for v in versions[one.pk]
            ],
        }
        for one in lists
    ]  # fmt: skip
