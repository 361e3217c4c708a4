"""Django's registration of this layer."""

from django.apps import AppConfig


class RelateConfig(AppConfig):
    """The layer `relate`."""

    name = "kehu.relate"
    label = "relate"
