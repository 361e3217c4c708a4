"""Personal data that nobody declared, columns that must not come in, values that identify nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.standardize.detect import find_personal, is_forbidden_c3, looks_sealed
from kehu.standardize.junk import DEFAULT_BLOCKED, is_junk_identifier

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
SURROUNDINGS = st.text(alphabet="手机号是，。客户下周abc :：（", max_size=12)


@given(MOBILES, SURROUNDINGS, SURROUNDINGS)
def test_a_mobile_is_found_in_any_surroundings(number: str, before: str, after: str) -> None:
    assert "mobile" in find_personal(before + number + after)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("手机13812341234号", {"mobile"}),
        ("电话１３８１２３４１２３４", {"mobile"}),
        ("+86 138-1234-1234", {"mobile"}),
        ("身份证11010519491231002x已核", {"resident_id"}),
        ("旧证110105491231002", {"resident_id"}),
        ("卡6222 0212 3456 7890 128", {"bank_card"}),
        ("发到shen@example.com吧", {"email"}),
        ("打 0571-88886666 找她", {"landline"}),
        ("13812341234，shen@qq.com", {"mobile", "email"}),
        ("订单 20260102 共 3 件", set()),
        ("下周二 10:30 再约", set()),
        ("12345678901234567890123", set()),
    ],
)
def test_personal_data_in_free_text_is_named_by_kind(text: str, kinds: set[str]) -> None:
    assert find_personal(text) == kinds


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("phone", "x"),
        ("userMobile", "x"),
        ("e-mail", "x"),
        ("id_card", "x"),
        ("idCardNo", "x"),
        ("name", "沈静仪"),
        ("customer_name", "沈静仪"),
        ("realName", "x"),
        ("客户姓名", "沈"),
        ("收货地址", "x"),
        ("ref", "a@b"),
        ("order", "1234567"),
        ("order", "１２３４５６７"),
        ("note", "x" * 65),
        ("remark", "打 138 1234 1234"),
        ("client_ip", "10.0.0.1"),
    ],
)
def test_a_property_that_may_be_personal_is_sealed(key: str, value: str) -> None:
    assert looks_sealed(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("page_name", "首页"),
        ("product_name", "天天盈"),
        ("url", "/home"),
        ("amount", "1200.50"),
        ("mobile", "true"),
        ("channel", "app"),
        ("at", "2026-01-02T03:04:05Z"),
        ("pinyin", "x"),
        ("filename", "a.pdf"),
    ],
)
def test_a_property_of_things_stays_clear(key: str, value: str) -> None:
    assert not looks_sealed(key, value)


@given(st.text(), st.text(), st.from_regex(r"[0-9]{7,18}", fullmatch=True))
def test_no_long_number_ever_stays_clear(key: str, text: str, digits: str) -> None:
    assert looks_sealed(key, f"{text} {digits} {text}")


@pytest.mark.parametrize(
    "header",
    [
        "CVV",
        "cvv2",
        "CVN2",
        "信用卡安全码",
        "磁道信息",
        "二磁道",
        "Track2",
        "track_data",
        "PIN",
        "card_pin",
        "PIN码",
        "登录密码",
        "支付密码",
        "password",
        "user_pwd",
        "交易口令",
        "卡有效期",
        "信用卡有效期",
        "card_expiry",
        "Valid Thru",
        "指纹",
        "ＣＶＶ",
    ],
)
def test_secrets_of_authentication_are_never_imported(header: str) -> None:
    assert is_forbidden_c3(header, [])


@pytest.mark.parametrize(
    ("header", "samples"),
    [
        ("备注", ["正常", ";6222021234567890128=29122010000"]),
        ("data", ["%B6222021234567890128^SHEN/JINGYI^2912"]),
        ("有效期", ["12/29", "0130"]),
        ("token", ["$2b$12$abcdefghijklmnopqrstuv"]),
    ],
)
def test_samples_alone_can_forbid_a_column(header: str, samples: list[str]) -> None:
    assert is_forbidden_c3(header, samples)


@pytest.mark.parametrize(
    ("header", "samples"),
    [
        ("姓名", ["沈静仪"]),
        ("证件有效期", ["2029-12-31"]),
        ("pinyin", ["shen"]),
        ("shipping", ["x"]),
        ("卡号", ["6222021234567890128"]),
        ("客户等级", ["金卡"]),
        ("到期日", ["2027-01-01"]),
        ("opinion", ["好"]),
    ],
)
def test_ordinary_columns_are_not_forbidden(header: str, samples: list[str]) -> None:
    assert not is_forbidden_c3(header, samples)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", "13800138000"),
        ("mobile", "13333333333"),
        ("mobile", "19999999999"),
        ("resident_id", "111111111111111111"),
        ("resident_id", "11111111111111111X"),
        ("user_id", "0"),
        ("user_id", "00-00"),
        ("user_id", "-1"),
        ("user_id", "NULL"),
        ("anonymous_id", "anonymous"),
        ("customer_no", "测试"),
        ("customer_no", "测试客户1"),
        ("customer_no", "无"),
        ("customer_no", "未知"),
        ("user_id", "test"),
        ("user_id", "void"),
        ("email", "test@qq.com"),
        ("bank_card", "0000000000000000"),
        ("passport", "E00000000"),
        ("anonymous_id", "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_junk_identifies_nobody(kind: str, value: str) -> None:
    assert is_junk_identifier(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", "13857190264"),
        ("resident_id", "11010519491231002X"),
        ("email", "shen@qq.com"),
        ("user_id", "testa.rossi"),
        ("bank_card", "6222021234567890128"),
        ("customer_no", "KH000123"),
        ("user_id", "1024"),
    ],
)
def test_real_identifiers_are_not_junk(kind: str, value: str) -> None:
    assert not is_junk_identifier(kind, value)


def test_the_default_list_can_be_joined_into_one_pattern() -> None:
    joined = re.compile("|".join(f"(?:{pattern})" for _, pattern in DEFAULT_BLOCKED), re.IGNORECASE)

    assert joined.groups == 0
    assert len(set(DEFAULT_BLOCKED)) == len(DEFAULT_BLOCKED)
    assert all(len(kind) <= 32 and len(pattern) <= 200 for kind, pattern in DEFAULT_BLOCKED)
