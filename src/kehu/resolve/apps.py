"""Django's registration of this layer."""

from django.apps import AppConfig


class ResolveConfig(AppConfig):
    """The layer `resolve`."""

    name = "kehu.resolve"
    label = "resolve"
