"""Tables of this layer. Imported here once so that Django finds them; code imports the modules."""

from kehu.analyze.models import lists, modeling, segments, traits

__all__ = ["lists", "modeling", "segments", "traits"]
