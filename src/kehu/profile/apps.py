"""Django's registration of this layer."""

from django.apps import AppConfig


class ProfileConfig(AppConfig):
    """The layer `profile`."""

    name = "kehu.profile"
    label = "profile"
