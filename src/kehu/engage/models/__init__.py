"""Tables of this layer. Imported here once so that Django finds them; code imports the modules."""

from kehu.engage.models import campaigns, channels, interviews, recommendations, surveys, templates

__all__ = ["campaigns", "channels", "interviews", "recommendations", "surveys", "templates"]
