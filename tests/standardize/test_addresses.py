"""Addresses and regions, with levels left out and names shortened."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.contact.address import parse_address, split_address
from kehu.standardize.contact.regions import region_name, regions, short_name
from kehu.standardize.persons.characters import plain

CURRENT = [region for region in regions().values() if not region.abolished]
DISTRICTS = [region.code for region in CURRENT if region.code[4:] != "00"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省杭州市西湖区文三路100号", ("浙江省", "杭州市", "西湖区", "文三路100号", "330106")),
        ("浙江杭州西湖区文三路", ("浙江省", "杭州市", "西湖区", "文三路", "330106")),
        ("杭州文三路100号", ("浙江省", "杭州市", "", "文三路100号", "330100")),
        ("浙江省西湖区文三路", ("浙江省", "杭州市", "西湖区", "文三路", "330106")),
        ("中国 浙江省/杭州市/西湖区/文三路", ("浙江省", "杭州市", "西湖区", "文三路", "330106")),
        ("北京朝阳区建国路", ("北京市", "北京市", "朝阳区", "建国路", "110105")),
        ("北京市市辖区朝阳区建国路", ("北京市", "北京市", "朝阳区", "建国路", "110105")),
        ("上海 上海市 浦东新区张江", ("上海市", "上海市", "浦东新区", "张江", "310115")),
        ("吉林市昌邑区", ("吉林省", "吉林市", "昌邑区", "", "220202")),
        ("朝阳市双塔区", ("辽宁省", "朝阳市", "双塔区", "", "211302")),
        ("昆山市花桥镇", ("江苏省", "苏州市", "昆山市", "花桥镇", "320583")),
        ("浙江义乌稠江", ("浙江省", "金华市", "义乌市", "稠江", "330782")),
        ("湖北仙桃市", ("湖北省", "", "仙桃市", "", "429004")),
        ("广东东莞长安镇", ("广东省", "东莞市", "", "长安镇", "441900")),
        ("广西南宁青秀区", ("广西壮族自治区", "南宁市", "青秀区", "", "450103")),
        ("新疆乌鲁木齐天山区", ("新疆维吾尔自治区", "乌鲁木齐市", "天山区", "", "650102")),
        ("湖北恩施巴东县", ("湖北省", "恩施土家族苗族自治州", "巴东县", "", "422823")),
        ("海南藏族自治州共和县", ("青海省", "海南藏族自治州", "共和县", "", "632521")),
        ("杭州市下城区1号", ("浙江省", "杭州市", "下城区", "1号", "330103")),
        ("香港中环", ("香港特别行政区", "", "", "中环", "810000")),
    ],
)
def test_an_address_is_split_by_the_register(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(split_address(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "鼓楼区中山路1号",
        "朝阳区建国路",
        "西湖区文三路",
        "东区3号楼",
        "南京路100号",
        "四川北路5号",
        "北京大学",
        "Apt 5",
    ],
)
def test_what_could_lie_in_several_places_stays_unresolved(text: str) -> None:
    assert tuple(split_address(text)) == ("", "", "", text, "")


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ("南京鼓楼区", "320106"),
        ("福州市鼓楼区", "350102"),
        ("江苏徐州鼓楼区", "320302"),
        ("开封 鼓楼区", "410204"),
    ],
)
def test_context_decides_between_districts_of_one_name(context: str, code: str) -> None:
    assert split_address(context + "中山路1号").region_code == code


def test_every_district_in_force_is_found_by_its_full_name() -> None:
    lost = [code for code in DISTRICTS if split_address(region_name(code) + "文三路1号").region_code != code]

    assert lost == []


def test_every_district_is_found_behind_short_names_of_province_and_city() -> None:
    lost = [code for code in DISTRICTS if split_address(_spoken(code)).region_code != code]

    assert lost == []


def _spoken(code: str) -> str:
    known = regions()
    city = known.get(code[:4] + "00")
    return (
        short_name(known[code[:2] + "0000"].name) + (short_name(city.name) if city else "") + known[code].name
    )


@given(st.sampled_from(["", "浙江", "杭州市", "西湖区", "中国"]), st.text())
def test_nothing_written_is_lost(start: str, rest: str) -> None:
    address = split_address(start + rest)

    assert address.rest in plain(start + rest)
    assert split_address(address.full).region_code == address.region_code


@pytest.mark.parametrize(
    ("raw", "full"),
    [
        ("杭州 西湖区 文三路 １００ 号", "浙江省杭州市西湖区文三路100号"),
        ("北京市北京市朝阳区建国路", "北京市朝阳区建国路"),
        ("昆山市花桥镇", "江苏省苏州市昆山市花桥镇"),
        ("鼓楼区中山路1号", "鼓楼区中山路1号"),
    ],
)
def test_an_address_is_completed_in_front_where_it_is_known(raw: str, full: str) -> None:
    assert parse_address(raw) == full


def test_regions_are_whole_and_know_their_past() -> None:
    known = regions()

    assert len(CURRENT) > 3200
    assert all(re.fullmatch(r"[1-8][0-9]{5}", code) and region.name for code, region in known.items())
    assert region_name("330103") == "浙江省杭州市下城区"
    assert known["330103"].abolished
    assert region_name("330199") == "浙江省杭州市"
    assert region_name("990000") == ""


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("浙江省", "浙江"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"),
        ("西双版纳傣族自治州", "西双版纳"),
        ("忠县", "忠县"),
        ("神农架林区", "神农架"),
        ("阿拉善盟", "阿拉善"),
    ],
)
def test_short_names_are_what_people_say(name: str, short: str) -> None:
    assert short_name(name) == short
