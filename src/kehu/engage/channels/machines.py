"""Who asks: a person, or a gateway, scanner or prefetcher that opens and follows everything. Kept apart, never dropped."""

import re
from dataclasses import dataclass

QUICK_SECONDS = 2.0
_SCANNERS = re.compile(
    r"bot\b|crawler|spider|slurp|preview|scanner|barracuda|proofpoint|mimecast|symantec|messagelabs|ironport|fireeye|"
    r"trendmicro|sophos|forcepoint|cloudmark|safelinks|microsoft office/|ms-office|bitdefender|kaspersky|"
    r"360spider|qax|sangfor|coremail|eyou|netentsec|"
    r"curl/|wget/|python-|go-http-client|java/|okhttp|libwww|httpclient|headlesschrome|phantomjs|facebookexternalhit",
    re.IGNORECASE,
)
_PREFETCH = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)
_BARE = frozenset({"", "Mozilla/5.0", "Mozilla/4.0"})
"""Apple Mail loads pictures beforehand under the bare name; no reader sends none."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of one request: nothing that names the person."""

    method: str
    user_agent: str
    purpose: str = ""
    """The headers `Sec-Purpose`, `Purpose` and `X-Purpose`, joined: browsers tell here that they only prefetch."""


def machine_reason(visit: Visit, seconds_since: float) -> str:
    """Return why a machine asked (`head`, `prefetch`, `no_agent`, `scanner`, `quick`), or "" for a person.

    `seconds_since` is the time since the message was handed over.
    """
    if visit.method != "GET":
        return "head"
    if _PREFETCH.search(visit.purpose):
        return "prefetch"
    if visit.user_agent.strip() in _BARE:
        return "no_agent"
    if _SCANNERS.search(visit.user_agent):
        return "scanner"
    return "quick" if seconds_since < QUICK_SECONDS else ""
