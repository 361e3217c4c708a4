"""Places: counties with their GB/T 2260 codes, the sub-branch that serves each, and addresses.

Codes go into resident IDs, so counties founded after most customers were born are left out.
"""

from typing import NamedTuple

from kehu.packs.banking.demo.draw.dice import Dice, words

_ZHEJIANG = """
杭州市 330102上城区 330105拱墅区 330106西湖区 330108滨江区 330109萧山区 330110余杭区 330111富阳区 330122桐庐县 330127淳安县 330182建德市
宁波市 330203海曙区 330205江北区 330206北仑区 330211镇海区 330212鄞州区 330225象山县 330226宁海县 330281余姚市 330282慈溪市
温州市 330302鹿城区 330303龙湾区 330304瓯海区 330324永嘉县 330326平阳县 330327苍南县 330328文成县 330329泰顺县 330381瑞安市 330382乐清市
绍兴市 330602越城区 330603柯桥区 330604上虞区 330624新昌县 330681诸暨市 330683嵊州市
嘉兴市 330402南湖区 330411秀洲区 330421嘉善县 330424海盐县 330481海宁市 330482平湖市 330483桐乡市
湖州市 330502吴兴区 330503南浔区 330521德清县 330522长兴县 330523安吉县
金华市 330702婺城区 330703金东区 330723武义县 330726浦江县 330781兰溪市 330782义乌市 330783东阳市 330784永康市
衢州市 330802柯城区 330803衢江区 330822常山县 330824开化县 330825龙游县 330881江山市
台州市 331002椒江区 331003黄岩区 331004路桥区 331022三门县 331023天台县 331024仙居县 331081温岭市 331082临海市
丽水市 331102莲都区 331121青田县 331122缙云县 331123遂昌县 331124松阳县 331125云和县 331127景宁畲族自治县 331181龙泉市
"""

_ELSEWHERE = """
上海市 310101黄浦区 310104徐汇区 310115浦东新区
北京市 110101东城区 110105朝阳区 110108海淀区
天津市 120101和平区
江苏省 南京市 320106鼓楼区
江苏省 苏州市 320581常熟市 320583昆山市
江苏省 泰州市 321283泰兴市
安徽省 合肥市 340104蜀山区
安徽省 安庆市 340822怀宁县
安徽省 阜阳市 341221临泉县 341225阜南县
江西省 南昌市 360102东湖区
江西省 上饶市 361127余干县 361128鄱阳县
福建省 福州市 350102鼓楼区
福建省 泉州市 350583南安市
河南省 信阳市 411522光山县 411525固始县
湖北省 武汉市 420106武昌区 420111洪山区
湖北省 黄冈市 421127黄梅县 421182武穴市
湖南省 长沙市 430102芙蓉区 430104岳麓区
广东省 广州市 440104越秀区 440106天河区
四川省 成都市 510104锦江区 510107武侯区
贵州省 贵阳市 520102南明区
陕西省 西安市 610113雁塔区
甘肃省 兰州市 620102城关区
山东省 济南市 370102历下区
山东省 青岛市 370202市南区
辽宁省 沈阳市 210102和平区
黑龙江省 哈尔滨市 230102道里区
新疆维吾尔自治区 喀什地区 653101喀什市
"""

_SERVED_BY = {
    "330106": "571001",
    "330108": "571002",
    "330105": "571003",
    "330102": "571004",
    "330109": "571005",
    "330110": "571006",
    "330203": "574001",
    "330212": "574002",
    "330205": "574003",
    "330282": "574004",
    "330602": "575001",
    "330603": "575002",
    "330681": "575003",
    "330302": "577001",
    "330304": "577002",
    "330381": "577003",
    "330382": "577004",
}
_CITY_WEIGHTS = {"杭州市": 6, "宁波市": 2, "绍兴市": 2, "温州市": 2}
_SERVED_WEIGHT = 4
_STREETS = words(
    "文三路 文一西路 古墩路 江南大道 滨盛路 莫干山路 庆春路 解放路 人民路 建设路 中山路 市心中路 体育场路 学院路 "
    "望江路 环城西路 新华路 和平路 迎宾大道 兴业路 公园路 东门街 南大街 朝晖路 绍兴路 百丈路 天童路 府山路 胜利路"
)
_ESTATES = words(
    "翠苑 嘉绿苑 湖畔花园 金都雅苑 春江花月 南岸晶都 书香苑 和睦院 桂花城 绿园 丹桂公寓 明月江南 云栖里 锦绣家园 "
    "阳光名邸 新城花苑 梧桐公寓 清水湾 东方润园 水岸华庭"
)


class Place(NamedTuple):
    """A county: the words of an address, the code of an ID, the unit that serves it."""

    region: str
    county: str
    code: str
    unit: str


def _read(lines: str, province: str) -> list[Place]:
    """Read lines of `[province] city code+county …`; a city without province stands alone."""
    places = []
    for line in lines.strip().splitlines():
        words = line.split()
        counties = [word for word in words if word[0].isdigit()]
        region = province + "".join(word for word in words if not word[0].isdigit())
        for county in counties:
            code = county[:6]
            places.append(Place(region, county[6:], code, _SERVED_BY.get(code, "")))
    return places


ZHEJIANG = tuple(_read(_ZHEJIANG, "浙江省"))
ELSEWHERE = tuple(_read(_ELSEWHERE, ""))
BY_CODE = {place.code: place for place in ZHEJIANG + ELSEWHERE}
FAR_WEST = BY_CODE["653101"]


def _home_pool() -> tuple[Place, ...]:
    """Repeat the counties of the four branch cities, most of all those with a sub-branch."""
    pool: list[Place] = []
    for place in ZHEJIANG:
        weight = _CITY_WEIGHTS.get(place.region[3:], 0)
        pool.extend([place] * (weight * (_SERVED_WEIGHT if place.unit else 1)))
    return tuple(pool)


_HOMES = _home_pool()
_UNITS = tuple(sorted(_SERVED_BY.values()))
_UNITS_OF_CITY = {
    place.region: tuple(unit for unit in _UNITS if unit.startswith(place.unit[:3]))
    for place in ZHEJIANG
    if place.unit
}


def home(dice: Dice) -> Place:
    """Draw where a household lives: the four branch cities, 3 % the rest of Zhejiang, 3 % elsewhere."""
    share = dice.random()
    edge = 0.03
    if share < edge:
        return dice.pick(ELSEWHERE)
    return dice.pick(ZHEJIANG if share < edge + edge else _HOMES)


def unit_for(dice: Dice, place: Place) -> str:
    """Return the sub-branch of a place: its own, else one of its city, else one of Hangzhou."""
    return place.unit or dice.pick(_UNITS_OF_CITY.get(place.region) or _UNITS_OF_CITY["浙江省杭州市"])


def birthplace(dice: Dice, lives_in: Place) -> Place:
    """Draw the county of an ID: mostly where the family lives, else Zhejiang, else elsewhere."""
    share = dice.random()
    local, provincial = 0.6, 0.8
    if share < local:
        return lives_in
    return dice.pick(ZHEJIANG if share < provincial else ELSEWHERE)


def address(dice: Dice, place: Place) -> str:
    """Draw a postal address in a county, down to the room."""
    street = f"{dice.pick(_STREETS)}{dice.between(1, 699)}号"
    building = f"{dice.pick(_ESTATES)}{dice.between(1, 38)}幢{dice.between(1, 4)}单元"
    return f"{place.region}{place.county}{street}{building}{dice.between(1, 28)}0{dice.between(1, 4)}室"
