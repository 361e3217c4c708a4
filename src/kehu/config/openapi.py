"""Prints the OpenAPI document (`python -m kehu.config.openapi`); needs neither server nor keys."""

import json
import os
import sys


def document() -> str:
    """Return the document as JSON text, keys sorted, so that the committed file changes only when the API does."""
    os.environ["KEHU_WITHOUT_KEYS"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kehu.config.settings")
    import django

    django.setup()
    from kehu.api.routes import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
