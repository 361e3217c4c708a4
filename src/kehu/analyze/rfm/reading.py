"""From the JSON of a model to what is computed: which events are purchases, the window, the scores, the tiers.

Events and conditions are those of segments. A mistake is told with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kehu.analyze.rfm.tiers import Scores, Tier, left_out, standard
from kehu.analyze.segments.reading import ZONE, read_step
from kehu.analyze.segments.tree import Step
from kehu.analyze.segments.values import (
    LARGEST,
    MOST_DAYS,
    PAIR,
    Raw,
    at,
    only,
    read_text,
    read_whole,
    read_yes,
    refuse,
)
from kehu.platform.text import Text

MOST_EVENTS, MOST_TIERS, MOST_NAME, MOST_KEY = 10, 20, 40, 32
FEWEST_SCORES, MOST_SCORES = 2, 10
Dimension = Literal["recency", "frequency", "monetary"]
DIMENSIONS: tuple[Dimension, ...] = ("recency", "frequency", "monetary")
Bounds = tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Purchase:
    """An event that counts, and the property that is its amount; absolute where a debit is a purchase, too."""

    step: Step
    amount: str
    is_absolute: bool


@dataclass(frozen=True, slots=True)
class RfmDefinition:
    """What is computed. `cuts` are the bounds between scores: none for quantiles; of recency they are days, of the best first."""

    purchases: tuple[Purchase, ...]
    days: int
    scores: int
    cuts: Mapping[Dimension, Bounds]
    tiers: tuple[Tier, ...]
    zone: str


def read_rfm(raw: Any) -> RfmDefinition:
    """Return a definition. Raises DefinitionInvalid."""
    if not isinstance(raw, Mapping):
        refuse("", "定义要是一个对象。", "A definition is an object.")
    only(raw, "", "purchases", "within_days", "scores", "cuts", "tiers", "zone")
    scores = read_whole(raw.get("scores", 5), "scores", FEWEST_SCORES, MOST_SCORES)
    return RfmDefinition(
        _purchases(raw.get("purchases")), read_whole(raw.get("within_days", 365), "within_days", 1, MOST_DAYS), scores,
        _cuts(raw.get("cuts", {}), scores), _tiers(raw, scores), _zone(raw),
    )  # fmt: skip


def written(tiers: tuple[Tier, ...]) -> list[dict[str, Any]]:
    """Return tiers as JSON."""
    return [
        {"key": one.key, "name": one.name._asdict(), "r": list(one.r), "f": list(one.f), "m": list(one.m)}
        for one in tiers
    ]


def _purchases(raw: Any) -> tuple[Purchase, ...]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_EVENTS:
        refuse(
            "purchases",
            f"写明 1 到 {MOST_EVENTS} 种算作交易的事件。",
            f"This names 1 to {MOST_EVENTS} events that count as a purchase.",
        )
    return tuple(_purchase(one, f"purchases[{place}]") for place, one in enumerate(raw))


def _purchase(raw: Any, path: str) -> Purchase:
    if not isinstance(raw, Mapping):
        refuse(path, "要是一个对象。", "This is an object.")
    only(raw, path, "event", "where", "amount", "absolute")
    if "event" not in raw:
        refuse(at(path, "event"), "要写明哪种事件。", "This names an event.")
    amount = read_text(raw.get("amount"), at(path, "amount"))
    is_absolute = read_yes(raw.get("absolute", False), at(path, "absolute"))
    return Purchase(
        read_step({key: raw[key] for key in ("event", "where") if key in raw}, path), amount, is_absolute
    )


def _cuts(raw: Any, scores: int) -> dict[Dimension, Bounds]:
    if not isinstance(raw, Mapping):
        refuse("cuts", "要是一个对象。", "This is an object.")
    only(raw, "cuts", *DIMENSIONS)
    return {one: _bounds(raw.get(one, "quantile"), at("cuts", one), scores) for one in DIMENSIONS}


def _bounds(raw: Any, path: str, scores: int) -> Bounds:
    if raw == "quantile":
        return None
    if not isinstance(raw, list) or len(raw) != scores - 1:
        refuse(
            path,
            f"写 quantile，或 {scores - 1} 个从小到大的界限。",
            f"This is “quantile”, or {scores - 1} bounds in rising order.",
        )
    found = tuple(_number(one, f"{path}[{place}]") for place, one in enumerate(raw))
    if any(one >= following for one, following in pairwise(found)):
        refuse(path, "界限要从小到大，不能相同。", "Bounds rise, and no two are the same.")
    return found


def _number(raw: Any, path: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= LARGEST:
        refuse(path, "要是数字。", "This is a number.")
    return float(raw)


def _tiers(raw: Raw, scores: int) -> tuple[Tier, ...]:
    given = raw.get("tiers")
    if given is None:
        return standard(scores)
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_TIERS:
        refuse("tiers", f"要有 1 到 {MOST_TIERS} 个分层。", f"There are 1 to {MOST_TIERS} tiers.")
    found = tuple(_tier(one, f"tiers[{place}]", scores) for place, one in enumerate(given))
    if len({one.key for one in found}) < len(found):
        refuse("tiers", "两个分层的代码相同。", "Two tiers have the same code.")
    if (missing := left_out(found, scores)) is not None:
        r, f, m = missing
        refuse(
            "tiers",
            f"R {r}、F {f}、M {m} 分的客户没有分层，补上一个。",
            f"Customers of R {r}, F {f}, M {m} have no tier; add one.",
        )
    return found


def _tier(raw: Any, path: str, scores: int) -> Tier:
    if not isinstance(raw, Mapping):
        refuse(path, "要是一个对象。", "This is an object.")
    only(raw, path, "key", "name", "r", "f", "m")
    key = read_text(raw.get("key"), at(path, "key"))
    if not key.isascii() or not key.replace("_", "a").isalnum() or len(key) > MOST_KEY:
        refuse(
            at(path, "key"), "代码用英文字母、数字和下划线。", "A code is of letters, digits and underscores."
        )
    whole: Scores = (1, scores)
    r, f, m = (_scores(raw.get(one, list(whole)), at(path, one), scores) for one in "rfm")
    return Tier(key, read_name(raw.get("name"), at(path, "name")), r, f, m)


def read_name(raw: Any, path: str) -> Text:
    """Return a name in both languages."""
    if not isinstance(raw, Mapping):
        refuse(path, "写成中文和英文两个名称。", "This is a name in Chinese and one in English.")
    only(raw, path, "zh", "en")
    zh, en = (read_text(raw.get(one), at(path, one)).strip() for one in ("zh", "en"))
    if max(len(zh), len(en)) > MOST_NAME:
        refuse(path, f"名称最多 {MOST_NAME} 个字。", f"A name has at most {MOST_NAME} characters.")
    return Text(zh, en)


def _scores(raw: Any, path: str, scores: int) -> Scores:
    if not isinstance(raw, list) or len(raw) != PAIR:
        refuse(path, "写成 [4, 5]：从几分到几分。", "This is [4, 5]: from which score to which.")
    least = read_whole(raw[0], f"{path}[0]", 1, scores)
    return least, read_whole(raw[1], f"{path}[1]", least, scores)


def _zone(raw: Raw) -> str:
    zone = raw.get("zone", ZONE)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        refuse("zone", "没有这个时区。", "There is no such time zone.")
    return str(zone)
