"""Drawing one coherent person: ID, birth, sex and birthplace agree; work, family and money fit the age."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp
from statistics import NormalDist

from kehu.packs.banking.demo.draw import names, numbers
from kehu.packs.banking.demo.draw.dice import Dice, words
from kehu.packs.banking.demo.draw.names import Surname
from kehu.packs.banking.demo.population.person import APP, CALLS, CARDS, CORE, WEALTH, Home, Person
from kehu.packs.banking.demo.rates import RATES

ADULT, WORKING, RETIRED, OLD = 18, 22, 60, 70
_GRID = 2_048
_NORMAL = NormalDist()
_MONEY = tuple(exp(1.75 * _NORMAL.inv_cdf((step + 0.5) / _GRID)) for step in range(_GRID))
_MEDIAN_ASSETS = 32_000
_CHILD_ASSETS = 3_000
_OWNED_FROM, _SMALL_OWNED = 50_000, 0.6
_OLDEST_ACCOUNT = date(1998, 1, 1)
_DAYS_A_YEAR = 365.25
_BORROWING_UNTIL = 58
_EARLY_MARRIAGE, _USUAL_MARRIAGE = 25, 33
_UNMARRIED = {True: 0.9, False: 0.45}
_WORK = words(
    "企业职员 企业职员 企业职员 专业技术人员 专业技术人员 企业管理人员 个体经营者 个体经营者 教师 医生 公务员 工人 工人 "
    "服务业人员 服务业人员 自由职业者 农民 工程师 销售人员 会计"
)
_UNEMPLOYED = frozenset(("个体经营者", "自由职业者", "农民"))
_EDUCATION = {
    "young": ("本科", "本科", "本科", "大专", "大专", "硕士研究生", "高中", "中专"),
    "middle": ("本科", "大专", "大专", "高中", "高中", "中专", "初中", "硕士研究生"),
    "old": ("初中", "初中", "小学", "高中", "小学", "大专", "中专"),
}
_YOUNG_UNTIL, _MIDDLE_UNTIL = 40, 58
_RISKS = ("C1", "C2", "C2", "C3", "C3", "C3", "C4", "C4", "C5")
_MAIL_HOSTS = ("example.com", "example.com", "example.cn", "mail.example.com", "post.example.cn")


def age_on(born: date, today: date) -> int:
    """Return full years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


class Census:
    """Draw people one by one; nobody shares an ID, a mobile or an e-mail unless a family rule says so."""

    def __init__(self, dice: Dice, claims: numbers.Claims, employers: Sequence[str], today: date) -> None:
        self.dice = dice
        self.claims = claims
        self.today = today
        self._employers = employers
        self._number = 0

    def born(self, age: int) -> date:
        """Draw the birth date of somebody of this age today."""
        return self.today - timedelta(days=int((age + self.dice.random()) * _DAYS_A_YEAR) + 1)

    def person(self, home: Home, born: date, family: Surname, *, is_female: bool, given: str = "") -> Person:
        """Draw a person who lives in a home; without a given name one of the decade is drawn."""
        dice = self.dice
        self._number += 1
        age = age_on(born, self.today)
        occupation, employer = self._work(age, is_female=is_female)
        moved = dice.chance(RATES.changed_mobile)
        scale = _MEDIAN_ASSETS if age >= ADULT else _CHILD_ASSETS
        aum = round(scale * dice.pick(_MONEY) * (0.9 + 0.2 * dice.random()), 2)
        is_owned = aum >= _OWNED_FROM or dice.chance(_SMALL_OWNED)
        return Person(
            number=self._number,
            surname=family.hanzi,
            given=given or names.given_name(dice, born.year, is_female=is_female),
            pinyin=family.pinyin,
            is_female=is_female,
            born=born,
            resident_id=numbers.resident_id(dice, self.claims, home.region, born, is_female=is_female),
            mobile=numbers.mobile(dice, self.claims),
            former_mobile=numbers.mobile(dice, self.claims) if moved else "",
            email=f"{family.pinyin}{born.year % 100:02d}.{self._number}@{dice.pick(_MAIL_HOSTS)}",
            address=home.address,
            unit=home.unit,
            manager=home.manager if is_owned else "",
            occupation=occupation,
            employer=employer,
            education=self._education(age),
            marital=self._marital(age),
            opened_on=self._opened_on(born, age),
            aum=aum,
            loan=self._loan(age),
            wealth_share=0.2 + 0.6 * dice.random(),
            risk=dice.pick(_RISKS),
            systems=self._systems(age),
        )

    def _work(self, age: int, *, is_female: bool) -> tuple[str, str]:
        if age < WORKING:
            return ("学生", "")
        if age >= RETIRED - (5 if is_female else 0):
            return ("退休", "")
        work = self.dice.pick(_WORK)
        return (work, "" if work in _UNEMPLOYED else self.dice.pick(self._employers))

    def _education(self, age: int) -> str:
        if age < ADULT:
            return ""
        if age < _YOUNG_UNTIL:
            return self.dice.pick(_EDUCATION["young"])
        return self.dice.pick(_EDUCATION["middle" if age < _MIDDLE_UNTIL else "old"])

    def _marital(self, age: int) -> str:
        if age < _USUAL_MARRIAGE and (age < WORKING or self.dice.chance(_UNMARRIED[age < _EARLY_MARRIAGE])):
            return "未婚"
        if age >= OLD:
            return "丧偶" if self.dice.chance(0.35) else "已婚"
        return "离异" if self.dice.chance(0.12) else "已婚"

    def _opened_on(self, born: date, age: int) -> date:
        first_day = max(_OLDEST_ACCOUNT, born + timedelta(days=int(min(age, ADULT) * _DAYS_A_YEAR * 0.9)))
        days = (self.today - first_day).days - 40
        return first_day + timedelta(days=int(max(days, 0) * self.dice.random() ** 0.8))

    def _loan(self, age: int) -> float:
        if not WORKING < age < _BORROWING_UNTIL or not self.dice.chance(0.28):
            return 0.0
        return round(50_000 * 2 ** (self.dice.random() * 5.6), 2)

    def _systems(self, age: int) -> int:
        """Draw who knows the person: 70 % core, 40 % cards, 20 % wealth, 15 % calls, 45 % app, over all."""
        if age < ADULT:
            return CORE
        chance = self.dice.chance
        known = CARDS * chance(0.45) | WEALTH * chance(0.225) | CALLS * chance(0.168)
        known |= APP * chance(0.55 if age < RETIRED else 0.28)
        return known | CORE if not known or chance(0.58) else known
