"""What holds for every standard, whatever the cell says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kehu.standardize.invalid import InvalidValue
from kehu.standardize.standards import STANDARDS, Standard, StandardValue

PROMISED = {
    "text", "person_name", "organization_name", "mobile", "landline", "phone", "email", "resident_id", "passport",
    "hk_macau_permit", "taiwan_permit", "foreigner_card", "identity_document", "uscc", "bank_card", "address", "date",
    "money", "integer", "decimal", "percentage", "sex", "occupation", "yes_no", "code", "marital_status", "education",
    "timestamp",
}  # fmt: skip

_PIECES = st.sampled_from(
    [
        "13812345678", "+86", "0571-88886666", "转", "8012", "1.38E+10", "11010519491231002X", "6222", "@", "qq.com", "沈静仪",
        "欧阳", "·", "杭州市", "浙江", "西湖区", "文三路", " ", "　", "１２", "年", "2026", "月", "-", "/", ":", "T", "Z", "万", "亿",
        "¥", "元", "%", "(", ")", "（", "男", "本科", "是", "\u200b", "\ufeff", "𠮷", ".", "0", "1", "E", "H", "USA", "'", "=", "́",
        "省", "市", "区", "吉林", "北京", "南京", "朝阳", "市辖区", "中国", ",", "，", "\n", "\t", "·", "・", "é", "ﬁ", "㎡",
    ]
)  # fmt: skip
CELLS = st.one_of(
    st.text(min_size=1),
    st.lists(_PIECES, min_size=1, max_size=7).map("".join),
    st.from_regex(r"[0-9.,\-/ ]{1,20}", fullmatch=True),
)
SPECIMENS = {
    "person_name": "阿卜杜 • 热合曼",
    "organization_name": "杭州某某 (集团) 有限公司",
    "mobile": "+86 138 1234 5678",
    "landline": "(0571) 8888 6666 转 8012",
    "phone": "+852 9123 4567",
    "email": "<Shen.JY@Example.com>",
    "resident_id": "110105 19491231 002x",
    "passport": "e 12345678",
    "hk_macau_permit": "H1234567801",
    "taiwan_permit": "1234567890(B)",
    "foreigner_card": "USA110190010112",
    "identity_document": "110105491231002",
    "uscc": "91350100M000100Y43",
    "bank_card": "6222 0212 3456 7890 128",
    "address": "浙江 杭州 西湖区 文三路 １００ 号",
    "date": "1985年8月14日",
    "timestamp": "2026-01-02 03:04:05",
    "money": "(1,234.5)",
    "integer": "1,234",
    "decimal": "-1,234.50",
    "percentage": "12.5%",
    "sex": "男",
    "marital_status": "已婚",
    "education": "本科",
    "occupation": "军人",
    "yes_no": "√",
    "code": '="00123"',
    "text": " 备注，第二次\r\n",
}


def _parsed(standard: Standard, raw: str) -> StandardValue | None:
    try:
        return standard.parse(raw)
    except InvalidValue:
        return None


def test_every_promised_standard_exists_under_its_key() -> None:
    assert set(STANDARDS) == PROMISED
    assert all(
        standard.key == key and standard.label.zh and standard.label.en for key, standard in STANDARDS.items()
    )


@pytest.mark.parametrize("key", sorted(PROMISED))
def test_a_specimen_is_taken_and_its_standard_value_stands_still(key: str) -> None:
    value = STANDARDS[key].parse(SPECIMENS[key])

    assert STANDARDS[key].parse(str(value)) == value


@pytest.mark.parametrize("key", sorted(PROMISED))
@given(raw=CELLS)
@example(raw="\u200b")
@example(raw="()-")
@example(raw="a\u200b\u0301")
@example(raw="\ud800")
def test_any_cell_is_refused_or_becomes_a_value_that_stands_still(key: str, raw: str) -> None:
    value = _parsed(STANDARDS[key], raw)

    assert value is None or STANDARDS[key].parse(str(value)) == value


@pytest.mark.parametrize("key", sorted(PROMISED))
@given(raw=CELLS)
def test_a_standard_value_can_be_stored_by_a_database(key: str, raw: str) -> None:
    value = str(_parsed(STANDARDS[key], raw))

    assert value.strip()
    assert "\x00" not in value
    assert value.encode("utf-8")


@pytest.mark.parametrize(
    "key", sorted(PROMISED - {"text", "person_name", "organization_name", "code", "occupation", "address"})
)
@given(raw=st.from_regex(r"[A-Z]{0,2}[0-9]{7,20}(?:E\+[0-9]{2})?", fullmatch=True))
def test_a_refusal_never_repeats_a_number(key: str, raw: str) -> None:
    try:
        STANDARDS[key].parse(raw)
    except InvalidValue as refusal:
        told = (refusal.text.zh + refusal.text.en + str(refusal)).replace("0571-88886666", "")
        assert not any(raw[start : start + 5] in told for start in range(len(raw) - 6))


@pytest.mark.parametrize("key", sorted(PROMISED))
def test_a_refusal_speaks_both_languages(key: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        STANDARDS[key].parse("\u200b")

    assert refusal.value.code == "invalid_value"
    assert refusal.value.text.zh.endswith("。")
    assert refusal.value.text.en.endswith(".")


def test_free_text_keeps_its_chinese_punctuation() -> None:
    assert STANDARDS["text"].parse(" 下周再约，电话联系（上午）\r\n ") == "下周再约，电话联系（上午）"


def test_a_code_keeps_its_leading_zeros_and_loses_what_excel_added() -> None:
    assert [STANDARDS["code"].parse(raw) for raw in ("00123", '="00123"', "100860.0", "KH 1")] == [
        "00123",
        "00123",
        "100860",
        "KH 1",
    ]
