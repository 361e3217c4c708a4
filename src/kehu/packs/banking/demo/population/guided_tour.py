"""The family that the tutorial and the screens show: 沈静仪, her husband, mother and daughter.

Their records carry no dirt, so that every tour of the demo bank finds the same story.
"""

from datetime import date

from kehu.packs.banking.demo.draw.names import Surname
from kehu.packs.banking.demo.population.census import Census
from kehu.packs.banking.demo.population.person import APP, CALLS, CARDS, CORE, WEALTH, Home, Person
from kehu.packs.banking.pack import DEMO_USERS

HEROINE = 1
TOUR_COMPANY = "杭州澜石科技有限公司"
_HOME = Home("420111", "浙江省杭州市西湖区文三路128号翠苑12幢2单元501室", "571001", DEMO_USERS[0].email)
_EVERYWHERE = CORE | CARDS | WEALTH | CALLS | APP
_SHEN = Surname("沈", "shen")


def tour_family(census: Census) -> list[Person]:
    """Return the four people of the tour; they are the first of every demo bank."""
    shen = census.person(_HOME, date(1985, 8, 14), _SHEN, is_female=True, given="静仪")
    shen.resident_id, shen.mobile, shen.email = "420111198508141226", "13857101234", "shen.jingyi@example.com"
    shen.aum, shen.loan, shen.wealth_share, shen.risk = 3_862_000.0, 925_000.0, 0.62, "C3"
    shen.occupation, shen.employer, shen.education = "企业管理人员", TOUR_COMPANY, "本科"
    shen.opened_on, shen.systems = date(2019, 4, 18), _EVERYWHERE
    husband = census.person(_HOME, date(1983, 3, 9), Surname("顾", "gu"), is_female=False, given="长林")
    husband.aum, husband.loan, husband.systems = 6_401_000.0, 0.0, CORE | WEALTH | CARDS
    husband.occupation, husband.education = "个体经营者", "硕士研究生"
    mother = census.person(_HOME, date(1958, 11, 2), _SHEN, is_female=True, given="桂芳")
    mother.aum, mother.loan, mother.systems = 1_749_000.0, 0.0, CORE | WEALTH
    daughter = census.person(_HOME, date(2014, 6, 1), Surname("顾", "gu"), is_female=True, given="念")
    daughter.aum, daughter.systems = 20_000.0, CORE
    for person in (shen, husband, mother, daughter):
        person.is_exact, person.former_mobile, person.manager = True, "", _HOME.manager
        census.claims.take(int(person.resident_id[:17]))
        census.claims.take(int(person.mobile))
    shen.marital = husband.marital = "已婚"
    mother.marital, daughter.marital = "丧偶", "未婚"
    return [shen, husband, mother, daughter]
