"""The root of all errors that a user may read. Messages carry no personal value: they are logged."""

from typing import ClassVar

from kehu.platform.text import Text


class KehuError(Exception):
    """Something the caller can act on: a stable `code`, and what, where and what to do in both languages.

    `path` is the place within what was given, where there is one, and `said` what is wrong at that place.
    """

    code: ClassVar[str] = "error"
    path: str = ""
    said: Text | None = None

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NotFound(KehuError):
    """The object does not exist, or lies outside what the actor may see; which of the two is not told."""

    code = "not_found"


class NotAllowed(KehuError):
    """The actor holds no permission for this action."""

    code = "not_allowed"


class Invalid(KehuError):
    """A value given by the caller cannot be taken; the text says which and how to mend it."""

    code = "invalid"


class Conflict(KehuError):
    """The object has changed or is in a state that does not allow this."""

    code = "conflict"


class Unavailable(KehuError):
    """A part that the product stands on does not answer now; try again later."""

    code = "unavailable"
