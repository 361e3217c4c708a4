"""What the interfaces of models have in common: how a model is told, its words, and who stands behind a figure."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Schema
from pydantic import Field

from kehu.analyze.dashboards.answering import Behind
from kehu.analyze.modeling.operations import ModelChange, Terms
from kehu.analyze.models.modeling import AnalysisModel
from kehu.api.edge.presenting import people_of
from kehu.api.edge.schemas import Label
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text

ModelKey = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class ModelOut(Schema):
    """A model. `computed_at` is null until it was computed; `is_waiting` while it is being computed anew."""

    key: str
    name: Label
    used_for: str
    purpose: str
    definition: dict[str, Any]
    version: int
    is_active: bool
    is_waiting: bool
    computed_at: datetime | None
    created_at: datetime


class ModelVersionOut(Schema):
    """A definition as it was published."""

    number: int
    definition: dict[str, Any]
    published_at: datetime


class ModelDetails(ModelOut):
    """A model with all its definitions, the newest first."""

    versions: list[ModelVersionOut]


class ModelName(Schema):
    """A name in both languages."""

    zh: str = Field(min_length=1, max_length=60)
    en: str = Field(min_length=1, max_length=60)


class ModelWordsIn(Schema):
    """How a model is called, what it is used for, and the purpose for which it takes customers."""

    name: ModelName
    used_for: str = Field(min_length=1, max_length=400)
    purpose: str = Field(default="", max_length=64)

    def terms(self) -> Terms:
        """Return them as operations take them."""
        return Terms(Text(self.name.zh.strip(), self.name.en.strip()), self.used_for.strip(), self.purpose)


class ModelIn(ModelWordsIn):
    """A new model."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    definition: dict[str, Any]


class ModelChangeIn(Schema):
    """What is to change."""

    words: ModelWordsIn | None = None
    definition: dict[str, Any] | None = None
    is_active: bool | None = None

    def change(self) -> ModelChange:
        """Return it as operations take it."""
        return ModelChange(self.words.terms() if self.words else None, self.definition, self.is_active)


class ModelPreviewIn(Schema):
    """A draft, and the purpose for which it takes customers."""

    purpose: str = Field(default="", max_length=64)
    definition: dict[str, Any]


class ModelCustomer(Schema):
    """A customer behind a figure. The name is masked where the reader's role wants it."""

    customer_id: UUID
    name: str
    unit: str


class ModelCustomers(Schema):
    """A page of the customers behind a figure, in the order of their ids."""

    items: list[ModelCustomer]
    next_cursor: UUID | None


def model_out(model: AnalysisModel) -> dict[str, Any]:
    """Return a model as it is told."""
    same = ("key", "used_for", "purpose", "definition", "version", "is_active", "computed_at", "created_at")
    return {name: getattr(model, name) for name in same} | {
        "name": {"zh": model.name_zh, "en": model.name_en},
        "is_waiting": model.is_active and model.watermark == 0,
    }


def details_out(model: AnalysisModel) -> dict[str, Any]:
    """Return a model with its versions."""
    versions = model.versions.order_by("-number").values("number", "definition", "published_at")
    return {**model_out(model), "versions": list(versions)}


def customers_out(found: Behind, actor: Actor) -> dict[str, Any]:
    """Return a page of customers with their names, as the reader may see them."""
    return {"items": people_of(found.ids, actor), "next_cursor": found.next_cursor}
