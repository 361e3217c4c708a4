"""The day it is where the product counts days: not the machine's, which differs for eight hours of each."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from kehu.analyze.segments.reading import ZONE


def today() -> date:
    return timezone.localdate(timezone=ZoneInfo(ZONE))
