"""Django's registration of this layer."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The layer `platform`."""

    name = "kehu.platform"
    label = "platform"
