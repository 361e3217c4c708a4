"""Tables of this layer. Imported here once so that Django finds them; code imports the modules."""

from kehu.analyze.models import boards, lifecycle, lists, modeling, segments, traits

__all__ = ["boards", "lifecycle", "lists", "modeling", "segments", "traits"]
