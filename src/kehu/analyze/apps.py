"""Django's registration of this layer."""

from django.apps import AppConfig


class AnalyzeConfig(AppConfig):
    """The layer `analyze`."""

    name = "kehu.analyze"
    label = "analyze"
