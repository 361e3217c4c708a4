"""Django's registration of this layer."""

from django.apps import AppConfig


class GovernConfig(AppConfig):
    """The layer `govern`."""

    name = "kehu.govern"
    label = "govern"

    def ready(self) -> None:
        """Read the rules of retention at the start: a file that cannot be read stops it there, not in the night."""
        from kehu.govern.retention.rules import get_rules

        get_rules()
