"""The call center: a file of callers (name, mobile, little else) and a file of their tickets."""

import csv
from typing import NamedTuple, TextIO

from kehu.packs.banking.demo.dirt import copy_of, spell_mobile
from kehu.packs.banking.demo.draw.dice import Dice, words
from kehu.packs.banking.demo.draw.numbers import customer_key
from kehu.packs.banking.demo.population.guided_tour import HEROINE
from kehu.packs.banking.demo.population.person import CALLS, CORE, Person
from kehu.packs.banking.demo.population.troubled_branch import (
    COMPLAINS,
    MOST_COMPLAINTS,
    TROUBLED,
    UNHAPPY_DAYS,
)
from kehu.packs.banking.demo.systems.office import BUSY, Office, core_number, local_stamp, moment
from kehu.packs.banking.mappings import SERVICE_CALLERS, SERVICE_RECORDS

_TITLE_ONLY = 0.02
_NUMBER_ASKED = 0.2
_NOTED = 0.1
_NOTES = words("普通话不便，可用方言 请勿午休时间致电 听力不便，语速放慢 偏好短信回复 VIP客户")
_HOUR = 3_600
_OPEN_SHARE, _RATED = 0.04, 0.55
_YEAR = 365
_RATINGS = {"投诉": (1, 2, 2, 3, 3, 4, 5), "咨询": (3, 4, 4, 5, 5, 5), "建议": (3, 4, 5), "表扬": (5,)}


class Matter(NamedTuple):
    """What a call is about."""

    topic: str
    category: str
    content: str


_MATTERS = (
    Matter("转账汇款", "投诉", "手机银行大额转账失败，多次尝试均未成功，要求说明原因。"),
    Matter("转账汇款", "咨询", "咨询跨行转账到账时间和手续费。"),
    Matter("理财产品", "咨询", "询问到期理财的赎回时间和再次购买的办法。"),
    Matter("理财产品", "投诉", "反映产品实际收益低于预期，认为销售时说明不充分。"),
    Matter("信用卡", "咨询", "咨询账单分期费率和提前还清的规则。"),
    Matter("信用卡", "咨询", "申请临时提高信用卡额度。"),
    Matter("信用卡", "投诉", "对年费扣收有异议，要求退还。"),
    Matter("贷款", "咨询", "咨询提前还房贷的预约方式和违约金。"),
    Matter("账户服务", "咨询", "忘记手机银行登录密码，询问重置办法。"),
    Matter("账户服务", "咨询", "更换手机号码，询问如何修改预留号码。"),
    Matter("网点服务", "投诉", "网点排队时间过长，希望增开窗口。"),
    Matter("网点服务", "表扬", "感谢大堂经理耐心协助老人办理业务。"),
    Matter("手机银行", "建议", "希望手机银行字体可以调大。"),
    Matter("手机银行", "投诉", "手机银行更新后无法打开存单页面。"),
)
_SOUR = (
    Matter("网点服务", "投诉", "诸暨支行柜台合并后等候超过一小时，多次到店都没有办成。"),
    Matter("网点服务", "投诉", "原来的客户经理调走后无人对接，电话转接三次没有回复。"),
    Matter("理财产品", "投诉", "理财到期没有人通知，资金闲置半个月。"),
    Matter("网点服务", "咨询", "询问业务现在由哪个网点、哪位客户经理办理。"),
)
_SOUR_RATED, _SOUR_RATINGS = 0.8, (1, 1, 1, 2, 2, 3)
_COMMON = _MATTERS + tuple(matter for matter in _MATTERS if matter.category == "咨询")


class CallCenter:
    """Write callers and tickets; a caller is known by name and mobile, hardly ever by customer number."""

    def __init__(self, callers: TextIO, records: TextIO, office: Office) -> None:
        self._callers = csv.writer(callers, lineterminator="\n")
        self._records = csv.writer(records, lineterminator="\n")
        self._callers.writerow(SERVICE_CALLERS.headers)
        self._records.writerow(SERVICE_RECORDS.headers)
        self._office = office
        self._dice = office.dice("call center")
        self._sour = office.dice("troubled branch: calls")
        self._most_calls = 2 if office.customers > BUSY else 4
        self._last = office.today.toordinal()
        self._tickets = 0

    def add(self, person: Person) -> None:
        """Write a caller and the tickets of the last year."""
        dice = self._dice
        copy = copy_of(person, CALLS, dice, self._office.claims)
        name = copy.name
        if person.surname and not person.is_exact and dice.chance(_TITLE_ONLY):
            name = person.surname + ("女士" if person.is_female else "先生")
        caller = f"CC{customer_key(person.number + 53)}"
        note = dice.pick(_NOTES) if dice.chance(_NOTED) else ""
        self._callers.writerow((caller, name, spell_mobile(dice, copy.mobile), note))
        self._office.note("service", caller, person.key)
        number = core_number(person.number) if person.systems & CORE else ""
        who = (caller, name, copy.mobile, number)
        if person.number == HEROINE and person.is_exact:
            self._ticket(dice, who, _MATTERS[0], moment(dice, self._last - 3, 4))
        for _ in range(dice.between(1, self._most_calls)):
            self._ticket(dice, who, dice.pick(_COMMON), moment(dice, self._last, _YEAR))
        if person.unit == TROUBLED and not person.is_exact:
            self._complain(who)

    def _complain(self, who: tuple[str, str, str, str]) -> None:
        dice = self._sour
        if dice.chance(COMPLAINS):
            for _ in range(dice.between(1, MOST_COMPLAINTS)):
                rating = str(dice.pick(_SOUR_RATINGS)) if dice.chance(_SOUR_RATED) else ""
                self._ticket(dice, who, dice.pick(_SOUR), moment(dice, self._last, UNHAPPY_DAYS), rating)

    def _ticket(
        self, dice: Dice, who: tuple[str, str, str, str], matter: Matter, at: int, rating: str | None = None
    ) -> None:
        self._tickets += 1
        caller, name, mobile, number = who
        is_open = dice.chance(_OPEN_SHARE)
        solved = min(at + dice.between(1, 96) * _HOUR, self._last * 24 * _HOUR)
        if rating is None:
            rating = str(dice.pick(_RATINGS[matter.category])) if dice.chance(_RATED) else ""
        row = (
            f"T{self._tickets:09d}",
            caller,
            name,
            mobile,
            number if dice.chance(_NUMBER_ASKED) else "",
            *matter,
            local_stamp(at),
            "" if is_open else local_stamp(solved),
            "" if is_open else rating,
        )
        self._records.writerow(row)
