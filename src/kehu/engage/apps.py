"""Django's registration of this layer."""

from django.apps import AppConfig


class EngageConfig(AppConfig):
    """The layer `engage`."""

    name = "kehu.engage"
    label = "engage"

    def ready(self) -> None:
        """Read the rules of contact at the start, and let tracking ask the ledger of campaigns for a send."""
        from kehu.engage.campaigns.sent import find_sent
        from kehu.engage.channels.tracking import tell_sends
        from kehu.engage.governor.rules import check_rules

        check_rules()
        tell_sends(find_sent)
