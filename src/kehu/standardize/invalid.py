"""The one fact every standard may state: this value cannot be taken, and here is how to mend it."""

from typing import ClassVar

from kehu.platform.errors import KehuError
from kehu.platform.text import Text


class InvalidValue(KehuError):
    """A cell does not meet its standard. The text names the fault and the remedy, never the whole value."""

    code: ClassVar[str] = "invalid_value"

    def __init__(self, text: Text) -> None:
        super().__init__(text)


def refused(zh: str, en: str) -> InvalidValue:
    """Return the refusal to raise, from both sentences."""
    return InvalidValue(Text(zh, en))
