"""Django's registration of this layer."""

from django.apps import AppConfig


class EngageConfig(AppConfig):
    """The layer `engage`."""

    name = "kehu.engage"
    label = "engage"
