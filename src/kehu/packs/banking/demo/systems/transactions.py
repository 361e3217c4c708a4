"""Account transactions: a CSV of events keyed by the core customer number, amounts signed by direction."""

import csv
from typing import NamedTuple, TextIO

from kehu.packs.banking.demo.draw.dice import Dice
from kehu.packs.banking.demo.population.guided_tour import HEROINE
from kehu.packs.banking.demo.population.person import Person
from kehu.packs.banking.demo.population.troubled_branch import LEAVES, LEAVING_DAYS, MOST_TRANSFERS, TROUBLED
from kehu.packs.banking.demo.systems.office import Office, core_number, local_stamp, moment
from kehu.packs.banking.mappings import TRANSACTIONS

_LIVELY_CUSTOMERS = 5_000
_LIVELY = (5, 15)
_QUIET = (0, 3)
_WITHIN_DAYS = 540
_FOREIGN = 0.01
_LAST_TRANSFERS = (
    ("360000.00", "转给他行本人账户"),
    ("301000.00", "转给他行本人账户"),
    ("210000.00", "理财到期转出"),
)


class Move(NamedTuple):
    """A kind of transaction: its sign, its middle amount in yuan, and its summaries."""

    kind: str
    sign: int
    middle: int
    channel: str
    summaries: tuple[str, ...]


_PAYMENT = Move(
    "消费", -1, 120, "快捷支付", ("扫码支付", "网购", "餐饮", "便利店", "打车", "水电燃气", "话费充值")
)
_MOVES = (
    *(_PAYMENT,) * 5,
    Move("消费", -1, 400, "POS", ("超市", "加油站", "百货", "药店", "酒店")),
    Move("工资", 1, 9_000, "批量代发", ("工资", "奖金", "报销")),
    Move("转入", 1, 3_000, "手机银行", ("他行转入", "亲友转账", "退款")),
    Move("转出", -1, 2_500, "手机银行", ("转账", "房租", "还信用卡", "亲友转账")),
    Move("转出", -1, 9_000, "网上银行", ("大额转账", "货款")),
    Move("存款", 1, 5_000, "柜面", ("现金存入", "存单开立")),
    Move("取款", -1, 1_500, "ATM", ("现金支取",)),
    Move("理财申购", -1, 30_000, "手机银行", ("衡盈稳健90天", "衡盈添利180天", "大额存单三年期")),
    Move("理财赎回", 1, 32_000, "手机银行", ("衡盈稳健90天", "衡盈添利180天")),
    Move("贷款还款", -1, 4_800, "批量扣款", ("房贷扣款", "消费贷还款")),
    Move("利息", 1, 60, "系统", ("结息",)),
)

_LEAVING = Move("转出", -1, 90_000, "手机银行", ("转给他行本人账户", "理财到期转出", "大额转账"))


class TransactionsFile:
    """Write transactions: about ten for each of the first 5,000 customers, at most three for the others."""

    def __init__(self, file: TextIO, office: Office) -> None:
        self._rows = csv.writer(file, lineterminator="\n")
        self._rows.writerow(TRANSACTIONS.headers)
        self._dice = office.dice("transactions")
        self._leaving = office.dice("troubled branch: money")
        self._last = office.today.toordinal()
        self._customers = 0
        self._count = 0

    def add(self, person: Person) -> None:
        """Write a core customer's transactions, none before the account was opened."""
        dice, customer = self._dice, core_number(person.number)
        self._customers += 1
        low, high = _LIVELY if self._customers <= _LIVELY_CUSTOMERS else _QUIET
        within = min(_WITHIN_DAYS, self._last - person.opened_on.toordinal() - 1)
        for _ in range(dice.between(low, high)):
            self._write(dice, customer, moment(dice, self._last, within))
        if person.unit == TROUBLED and not person.is_exact and self._leaving.chance(LEAVES):
            self._leave(customer, min(LEAVING_DAYS, within))
        if person.number == HEROINE and person.is_exact:
            for days_ago, (amount, summary) in enumerate(_LAST_TRANSFERS):
                at = local_stamp(moment(dice, self._last - days_ago, 1))
                self._row(customer, at, "转出", f"-{amount}", "手机银行", summary)

    def _leave(self, customer: str, within: int) -> None:
        dice = self._leaving
        for _ in range(dice.between(1, MOST_TRANSFERS)):
            self._write(dice, customer, moment(dice, self._last, within), _LEAVING)

    def _write(self, dice: Dice, customer: str, at: int, move: Move | None = None) -> None:
        move = move or dice.pick(_MOVES)
        amount = move.sign * move.middle * 4 ** (2 * dice.random() - 1)
        self._row(
            customer, local_stamp(at), move.kind, f"{amount:.2f}", move.channel, dice.pick(move.summaries)
        )

    def _row(self, customer: str, at: str, *rest: str) -> None:
        self._count += 1
        kind, amount, channel, summary = rest
        currency = "USD" if kind == "转出" and self._dice.chance(_FOREIGN) else "CNY"
        self._rows.writerow((f"{self._count:012d}", customer, at, kind, amount, currency, channel, summary))
