"""A definition that is not saved yet, in words: all that it names is looked up, and what is wrong is told at its place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.explaining import titles
from kehu.analyze.segments.saved.naming import check_names
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sentences import tell
from kehu.govern.access.actors import Actor
from kehu.platform.text import Text


def words_of(raw: Mapping[str, Any], *, own: UUID | None, actor: Actor) -> Text:
    """Return a definition in words. `own` is the segment that it will define. Raises DefinitionInvalid."""
    book = book_of(actor)
    definition = read(raw, book.kinds)
    check_names(raw, book, own=own)
    return tell(definition.root, titles(book))
