"""Opening a lifecycle to a reader: its stages tell what the fields of its rules hold."""

from kehu.analyze.lifecycle.reading import Lifecycle, read_lifecycle
from kehu.analyze.models.modeling import AnalysisModel
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.govern.access.actors import Actor
from kehu.platform.errors import NotAllowed
from kehu.platform.text import Text


class LifecycleClosed(NotAllowed):
    """A rule of the lifecycle asks what is hidden from the reader: the stage would tell it."""

    code = "lifecycle_closed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这个生命周期的规则用到您看不到的字段，所以不能打开。需要的话，请管理员调整您的字段权限。",
                "The rules of this lifecycle use fields that are hidden from you. Ask an administrator if you need them.",
            )
        )


def open_lifecycle(model: AnalysisModel, actor: Actor) -> Lifecycle:
    """Return the stages of a model for a reader. Raises LifecycleClosed."""
    try:
        return read_lifecycle(model.definition, book_of(actor))
    except DefinitionInvalid as error:
        raise LifecycleClosed from error
