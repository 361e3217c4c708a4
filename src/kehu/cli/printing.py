"""What commands say: one sentence in the language of the terminal."""

import os
import sys

from kehu.platform.text import Text


def language() -> str:
    """Return the language of the terminal; Chinese where it says nothing."""
    return "zh" if os.environ.get("LANG", "zh").startswith(("zh", "C", "POSIX")) else "en"


def say(text: Text) -> None:
    """Print a sentence at once."""
    print(text.within(language()), flush=True)


def warn(text: Text) -> None:
    """Print a sentence to standard error."""
    print(text.within(language()), file=sys.stderr, flush=True)
