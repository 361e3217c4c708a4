"""Django's registration of this layer."""

from django.apps import AppConfig


class CollectConfig(AppConfig):
    """The layer `collect`."""

    name = "kehu.collect"
    label = "collect"
