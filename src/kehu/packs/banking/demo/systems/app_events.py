"""Website and app: tracking events in the Segment shape, one JSON body a line, ready for `/v1/batch`.

A visit starts without a name (anonymousId alone); signing in identifies it. A family tablet gives two
people one anonymousId, so it must never join customers by itself.
"""

from typing import Any, BinaryIO

import msgspec

from kehu.packs.banking.demo.dirt import Copy, copy_of
from kehu.packs.banking.demo.draw.numbers import customer_key
from kehu.packs.banking.demo.population.guided_tour import HEROINE
from kehu.packs.banking.demo.population.person import APP, Person
from kehu.packs.banking.demo.systems.office import BUSY, Office, moment, utc_stamp

_WITHIN_DAYS = 90
_SHARED_DEVICE = 0.15
_VISITOR = 0.05
_NAME_HELD, _MOBILE_HELD, _EMAIL_HELD = 0.85, 0.75, 0.45
_PAGES = (
    ("首页", "/"),
    ("理财列表", "/wealth"),
    ("大额存单", "/deposit/large"),
    ("贷款计算器", "/loan/calculator"),
    ("信用卡申请", "/cards/apply"),
    ("网点查询", "/branches"),
)
_PRODUCTS = ("衡盈稳健90天", "衡盈添利180天", "大额存单三年期", "衡川优享消费贷", "青山白金信用卡")
_FAILURE = {"reason": "超过单日限额", "amount": 360_000}
_DEVICES = ("iOS", "Android", "HarmonyOS", "Web")
_MOBILE_APP = {"name": "衡川银行", "version": "6.2.0"}


class EventsFile:
    """Write page, identify and track events of the last 90 days, each person's in order of time."""

    def __init__(self, file: BinaryIO, office: Office) -> None:
        self._file = file
        self._office = office
        self._dice = office.dice("app")
        self._encode = msgspec.json.Encoder().encode
        self._most_events = 2 if office.customers > BUSY else 8
        self._last = office.today.toordinal()
        self._count = 0
        self._device, self._home = "", ""

    def add(self, person: Person) -> None:
        """Write a person's visit: pages, sign-in, and what was done after it."""
        dice = self._dice
        copy = copy_of(person, APP, dice, self._office.claims)
        user = f"u{customer_key(person.number + 71)}"
        is_shared = self._home == person.address and dice.chance(_SHARED_DEVICE)
        device = self._device if is_shared else self._new_device()
        self._device, self._home = device, person.address
        at = moment(dice, self._last - 1, _WITHIN_DAYS)
        who = {"anonymousId": device}
        context = self._context()
        self._page(who, at, context)
        who = {"anonymousId": device, "userId": user}
        identify = {**who, "traits": self._traits(person, copy)}
        self._write("identify", identify, at + 40, context)
        self._track(who, at + 41, context, "登录")
        for _ in range(dice.between(0, self._most_events)):
            at += dice.between(60, 4_000)
            self._act(who, at, context)
        if person.number == HEROINE and person.is_exact:
            for minute in range(4):
                self._track(who, moment(dice, self._last, 1) + 60 * minute, context, "转账失败", _FAILURE)
        self._office.note("app", user, person.key)
        if dice.chance(_VISITOR):
            self._page({"anonymousId": self._new_device()}, at + 7, context)

    def _traits(self, person: Person, copy: Copy) -> dict[str, str]:
        """Return what the app knows: a name often, a mobile or an e-mail always."""
        dice = self._dice
        traits: dict[str, str] = {}
        if person.is_exact or dice.chance(_NAME_HELD):
            traits["name"] = copy.name
        has_email = dice.chance(_EMAIL_HELD)
        if person.is_exact or not has_email or dice.chance(_MOBILE_HELD):
            traits["phone"] = copy.mobile
        if has_email:
            traits["email"] = copy.email
        return traits

    def _act(self, who: dict[str, str], at: int, context: dict[str, Any]) -> None:
        dice = self._dice
        if dice.chance(0.4):
            self._page(who, at, context)
        elif dice.chance(0.7):
            self._track(
                who,
                at,
                context,
                "查看产品",
                {"product": dice.pick(_PRODUCTS), "seconds": dice.between(3, 240)},
            )
        elif dice.chance(0.3):
            self._track(
                who,
                at,
                context,
                "转账失败",
                {"reason": "超过单日限额", "amount": dice.between(1, 50) * 10_000},
            )
        else:
            amount = dice.between(1, 40) * 5_000
            self._track(who, at, context, "购买理财", {"product": dice.pick(_PRODUCTS[:3]), "amount": amount})

    def _page(self, who: dict[str, str], at: int, context: dict[str, Any]) -> None:
        name, path = self._dice.pick(_PAGES)
        self._write("page", {**who, "name": name, "properties": {"path": path}}, at, context)

    def _track(
        self,
        who: dict[str, str],
        at: int,
        context: dict[str, Any],
        event: str,
        properties: dict[str, Any] | None = None,
    ) -> None:
        self._write("track", {**who, "event": event, "properties": properties or {}}, at, context)

    def _write(self, kind: str, body: dict[str, Any], at: int, context: dict[str, Any]) -> None:
        self._count += 1
        message = f"hengchuan-{self._office.seed}-{self._count:09d}"
        event = {"type": kind, "messageId": message, "timestamp": utc_stamp(at), "context": context, **body}
        self._file.write(self._encode(event) + b"\n")

    def _new_device(self) -> str:
        raw = f"{self._dice.getrandbits(128):032x}"
        return f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-a{raw[17:20]}-{raw[20:]}"

    def _context(self) -> dict[str, Any]:
        system = self._dice.pick(_DEVICES)
        return {"os": {"name": system}, "locale": "zh-CN"} | ({} if system == "Web" else {"app": _MOBILE_APP})
