"""Invented companies: corporate customers of the core system, and employers of its people."""

from datetime import date, timedelta
from typing import NamedTuple

from kehu.packs.banking.demo.draw import numbers, places
from kehu.packs.banking.demo.draw.dice import Dice, words

_FIRST = "恒瑞衡远澜启宏盛华凯天嘉鑫明泰安博汇金立东方正新中兴元信隆德海云科润景晟"
_SECOND = "石川达通源成泽辰利丰诚和力创业为旺腾顺昌逸康洲远航润泰联众"
_TRADES = words(
    "科技 信息技术 贸易 机械制造 电子 纺织 服饰 食品 建筑工程 装饰设计 物流 医疗器械 环保科技 新材料 汽车零部件 文化传媒 "
    "餐饮管理 进出口 软件 五金制品"
)
_STRIDE = 1_327
_OLDEST_DAYS = 9_000


class Company(NamedTuple):
    """A legal person with a valid unified social credit code."""

    number: int
    name: str
    credit_code: str
    mobile: str
    address: str
    unit: str
    opened_on: date
    aum: float
    loan: float

    @property
    def key(self) -> str:
        """The company's name in the truth file."""
        return f"O{self.number:08d}"


def company(dice: Dice, claims: numbers.Claims, number: int, today: date) -> Company:
    """Draw the company of a running number; names do not repeat among the first 20,000."""
    pairs = len(_FIRST) * len(_SECOND)
    spot = (number * _STRIDE) % (pairs * len(_TRADES))
    trade, pair = divmod(spot, pairs)
    first, second = divmod(pair, len(_SECOND))
    place = places.home(dice)
    city = place.region.removeprefix("浙江省").removesuffix("市")[-3:]
    deposits = 20_000 * 2 ** (dice.random() * 11)
    return Company(
        number=number,
        name=f"{city}{_FIRST[first]}{_SECOND[second]}{_TRADES[trade]}有限公司",
        credit_code=numbers.credit_code(dice, claims, place.code),
        mobile=numbers.mobile(dice, claims),
        address=places.address(dice, place),
        unit=places.unit_for(dice, place),
        opened_on=today - timedelta(days=dice.between(30, _OLDEST_DAYS)),
        aum=round(deposits, 2),
        loan=round(deposits * 3 * dice.random(), -4) if dice.chance(0.4) else 0.0,
    )
