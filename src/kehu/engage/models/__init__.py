"""Tables of this layer. Imported here once so that Django finds them; code imports the modules."""

from kehu.engage.models import campaigns, channels, templates

__all__ = ["campaigns", "channels", "templates"]
