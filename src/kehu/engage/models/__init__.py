"""Tables of this layer. Imported here once so that Django finds them; code imports the modules."""

from kehu.engage.models import channels, templates

__all__ = ["channels", "templates"]
