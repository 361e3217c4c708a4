"""The one router of customers: several modules hang their operations on it, since one path may carry operations of two."""

from ninja import Router

router = Router(tags=["customers"])


def literal_paths_first() -> None:
    """Have `/search` asked before `/{customer_id}`, in whichever order the modules were imported."""
    router.path_operations = dict(sorted(router.path_operations.items(), key=lambda entry: "{" in entry[0]))
