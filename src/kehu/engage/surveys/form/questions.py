"""The kinds of questions, and what each may carry. The names of keys are SurveyJS's, so that its form draws them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kehu.engage.surveys.form.logic import Logic
from kehu.platform.text import Text

LANGUAGES = {"default": "zh-CN", "en": "en", "zh-tw": "zh-TW"}


class Kind(NamedTuple):
    """A kind of question: how SurveyJS calls it, which keys it may carry besides the common ones."""

    type: str
    label: Text
    keys: frozenset[str]


def _kind(kind: str, zh: str, en: str, keys: str = "") -> Kind:
    return Kind(kind, Text(zh, en), frozenset(keys.split()))


COMMON = frozenset({"type", "name", "title", "description", "isRequired", "visibleIf", "kehuKind"})
_ENDS = "rateMin rateMax minRateDescription maxRateDescription"
KINDS: dict[str, Kind] = {
    "nps": _kind("rating", "净推荐值", "NPS", _ENDS),
    "csat": _kind("rating", "满意度", "CSAT", _ENDS),
    "ces": _kind("rating", "费力度", "CES", _ENDS),
    "rating": _kind("rating", "打分", "Rating", _ENDS),
    "single": _kind("radiogroup", "单选", "Single choice", "choices showRefuseItem"),
    "multiple": _kind("checkbox", "多选", "Multiple choice", "choices maxSelectedChoices showRefuseItem"),
    "matrix": _kind("matrix", "矩阵", "Matrix", "rows columns eachRowRequired"),
    "ranking": _kind("ranking", "排序", "Ranking", "choices"),
    "text": _kind("comment", "文字", "Text", "maxLength rows"),
    "number": _kind("text", "数字", "Number", "inputType min max"),
    "date": _kind("text", "日期", "Date", "inputType"),
    "file": _kind("file", "文件", "File", "acceptedTypes maxSize storeDataAsText"),
    "consent": _kind("boolean", "同意", "Consent", "labelTrue labelFalse consentPurpose consentChannel"),
}
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
SCORES = tuple(SCALES)
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    value: str
    text: dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was read; `lowest` and `highest` bound ratings and numbers.

    A consent question with a `purpose` writes to the ledger of consents; without a `channel` it is about all of them.
    """

    name: str
    kind: str
    title: dict[str, str]
    is_required: bool = False
    visible_if: tuple[Logic, ...] = ()
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    most: int | None = None
    may_refuse: bool = False
    purpose: str = ""
    channel: str = ""
    ends: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        """Whether people write or attach what they like, so that it is sealed."""
        return self.kind in {"text", "file"}


@dataclass(frozen=True, slots=True)
class Definition:
    """A questionnaire as it was read: its questions in order, the languages in which every text is there."""

    title: dict[str, str]
    questions: tuple[Question, ...]
    languages: tuple[str, ...]

    def by_name(self) -> dict[str, Question]:
        """Return the questions by name."""
        return {question.name: question for question in self.questions}

    def score(self) -> Question | None:
        """Return the first question that is a measure (NPS, CSAT, CES); it is what a survey is judged by."""
        return next((q for q in self.questions if q.kind in SCORES), None)


def text_of(words: dict[str, str], language: str = "zh-CN") -> str:
    """Return a text in a language, else in the first one."""
    key = next((key for key, name in LANGUAGES.items() if name == language), "default")
    return words.get(key) or words.get("default", "")
