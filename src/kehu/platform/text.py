"""A sentence in both languages of the product, chosen when it is shown, never when it is made."""

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One sentence, Chinese and English with the same facts."""

    zh: str
    en: str

    def within(self, language: str) -> str:
        """Return the sentence for a language tag such as `zh-CN` or `en-US`; Chinese where unknown."""
        return self.en if language.lower().startswith("en") else self.zh
