"""Proposals for customer files, in the words of the mapping page."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehu.collect.mapping import ColumnProposal, FieldSpec, propose
from kehu.platform.text import Text

Proposed = Callable[..., dict[str, ColumnProposal]]
MOBILES = [f"1381234{n:04d}" for n in range(50)]


def test_check_digits_are_counted_in_the_reason(proposed: Proposed, resident_ids: list[str]) -> None:
    found = proposed({"证件号": [*resident_ids[:99], "330106198508140020"]})["证件号"]

    assert (found.field, found.certainty, found.reason.zh) == (
        "resident_id",
        "high",
        "99% 通过校验码，逐行唯一",
    )
    assert found.warning
    assert found.warning.zh == "样本里 1 行校验码不符"


def test_scientific_notation_is_announced_and_does_not_mislead(proposed: Proposed) -> None:
    found = proposed({"移动电话": [*MOBILES, "1.38E+10", "1.39E+10"]})["移动电话"]

    assert (found.field, found.certainty, found.reason.zh) == ("mobile", "high", "内容像手机号")
    assert found.warning
    assert found.warning.zh == "样本里 2 行为科学计数法，将拒收"


@pytest.mark.parametrize(
    ("header", "values", "field", "reason"),
    [
        ("客户姓名", ["沈静仪", "欧阳澄", "买买提·艾力"], "name", "表头相同"),
        ("SEX", ["1", "2", "0"], "sex", "GB/T 2261.1 代码"),
        ("出生日", ["19850814", "1985/8/14", "1985-08-14", "1985年8月14日"], "birth_date", "四种写法都认得"),
        ("CRD_LMT", ["50000", "120000.00"], "credit_limit", "表头相同"),
        ("电话", ["0571-87654321"], "landline", "内容像座机号"),
        ("CUST_NAME", ["杭州甲乙有限公司", "宁波丙丁厂"], "organization_name", "表头相同"),
        ("KHXM", ["沈静仪", "欧阳澄", "单沈月"], "name", "表头是拼音缩写"),
    ],
)
def test_header_and_content_together_are_certain(
    header: str, values: list[str], field: str, reason: str, proposed: Proposed
) -> None:
    found = proposed({header: values * 3})[header]

    assert (found.field, found.role, found.certainty) == (field, "field", "high")
    assert found.reason.zh == reason


def test_a_header_of_two_meanings_asks_to_be_confirmed(proposed: Proposed) -> None:
    found = proposed({"联系地址": ["杭州市西湖区文三路 1 号"]})["联系地址"]

    assert (found.field, found.certainty) == ("address", "medium")
    assert (found.reason.zh, found.warning) == ("也可能是“单位地址”", Text("请确认", "To be confirmed"))


def test_content_alone_is_never_certain(proposed: Proposed) -> None:
    names = ["沈静仪", "欧阳澄", "单沈月", "韩亦非"]
    found = proposed({"x1": MOBILES[:4], "x2": names, "x3": ["s@example.com"]})

    assert [(each.field, each.certainty) for each in found.values()] == [
        ("mobile", "medium"),
        ("name", "low"),
        ("email", "medium"),
    ]
    assert found["x2"].reason.zh == "只按内容猜"


def test_content_that_contradicts_the_header_lowers_the_certainty(proposed: Proposed) -> None:
    found = proposed({"手机号": ["沈静仪", "欧阳澄", "单沈月"]})["手机号"]

    assert found.certainty == "low" or found.field != "mobile"


def test_each_field_is_used_once_and_the_second_column_says_so(proposed: Proposed) -> None:
    found = proposed(
        {"姓名": ["沈静仪", "欧阳澄"], "KHXM": ["沈静仪", "欧阳澄"], "手机": MOBILES, "手机号": MOBILES}
    )

    assert found["KHXM"].role == "ignore"
    assert found["KHXM"].reason.zh == "与“姓名”是同一字段，已用那一列"
    assert (found["手机号"].field, found["手机号"].certainty) == ("mobile_2", "medium")


@pytest.mark.parametrize("header", ["CVV", "密码", "PIN", "磁道2", "PASSWORD", "卡片有效期"])
def test_c3_columns_are_forbidden_without_samples_even_if_remembered(header: str, proposed: Proposed) -> None:
    found = proposed({header: ["123"]}, {header: "note"})[header]

    assert (found.role, found.field, found.samples_masked) == ("forbidden", None, ())
    assert found.reason.zh == "C3 级信息从不保存"


def test_what_was_confirmed_before_is_used_again(proposed: Proposed) -> None:
    found = proposed(
        {"联系地址": ["杭州市西湖区文三路 1 号"], "代号": ["7", "8"]},
        {"联系地址": "work_address", "代号": "unit"},
    )

    assert (found["联系地址"].field, found["联系地址"].certainty) == ("work_address", "high")
    assert (found["代号"].role, found["代号"].reason.zh) == ("unit", "与上次相同")


@pytest.mark.parametrize(
    ("header", "role"), [("开卡网点", "unit"), ("BRCH_NO", "unit"), ("客户经理", "owner"), ("更新时间", "at")]
)
def test_roles_are_told_by_their_header(header: str, role: str, proposed: Proposed) -> None:
    assert proposed({header: ["0571-03"]})[header].role == role


def test_nearly_empty_and_row_number_and_reason_columns_are_left_out(proposed: Proposed) -> None:
    table = {"备注2": [""] * 97 + ["a"] * 3, "空": [""], "序号": [str(n) for n in range(100)], "原因": ["x"]}

    found = proposed(table)

    assert {each.role for each in found.values()} == {"ignore"}
    assert found["备注2"].reason.zh == "97% 为空，不会保存"
    assert found["空"].reason.zh == "全部为空，不会保存"


def test_columns_of_other_people_are_left_out_and_hidden(proposed: Proposed) -> None:
    found = proposed({"紧急联系人电话": MOBILES})["紧急联系人电话"]

    assert (found.role, set(found.samples_masked)) == ("ignore", {"******"})


def test_the_number_of_the_customer_is_the_key(proposed: Proposed, resident_ids: list[str]) -> None:
    found = proposed({"客户号": [f"CC-{n:07d}" for n in range(100)], "证件号": resident_ids})

    assert (found["客户号"].role, found["客户号"].field) == ("key", "customer_no")
    assert (found["客户号"].certainty, found["客户号"].reason.zh) == ("high", "逐行唯一")
    assert found["证件号"].role == "field"


def test_the_identity_number_is_the_key_where_no_number_is_unique(
    proposed: Proposed, resident_ids: list[str]
) -> None:
    assert proposed({"客户号": ["A", "B"], "证件号": resident_ids})["证件号"].role == "key"
    assert proposed({"客户号": ["A"] * 9, "姓名": ["沈静仪"]})["客户号"].role == "field"


def test_a_few_repeated_keys_are_announced(proposed: Proposed) -> None:
    found = proposed({"客户号": [*[f"C{n}" for n in range(98)], "C1", "C2"]})["客户号"]

    assert found.role == "key"
    assert found.warning
    assert found.warning.zh == "样本里有 2 行重复"


def test_samples_are_masked(proposed: Proposed, resident_ids: list[str]) -> None:
    table = {
        "姓名": ["沈静仪"],
        "证件号": resident_ids,
        "手机": MOBILES,
        "x": ["找张三 13812341234"],
        "客户等级": ["金卡"],
    }

    samples = {header: each.samples_masked[0] for header, each in proposed(table).items()}

    assert samples["姓名"] == "沈**"
    assert samples["手机"] == "138****0000"
    assert samples["x"] == "******"
    assert samples["客户等级"] == "金卡"
    assert resident_ids[0] not in samples["证件号"]


def test_a_file_without_rows_is_proposed_by_header_alone(fields: list[FieldSpec]) -> None:
    found = propose(["客户号", "姓名", "未知"], [], fields)

    assert [each.role for each in found] == ["key", "field", "ignore"]


def test_a_thousand_rows_of_thirty_columns_take_under_a_second(
    fields: list[FieldSpec], resident_ids: list[str]
) -> None:
    columns = [f"x{n}" for n in range(30)]
    samples = [resident_ids * 10 if n % 2 else MOBILES * 20 for n in range(30)]

    started = time.process_time()
    propose(columns, samples, fields)

    assert time.process_time() - started < 1


@settings(max_examples=50)
@given(table=st.lists(st.tuples(st.text(max_size=8), st.lists(st.text(max_size=20), max_size=6)), max_size=8))
def test_any_table_gets_one_proposal_a_column_and_each_field_once(
    table: list[tuple[str, list[str]]], fields: list[FieldSpec]
) -> None:
    found = propose([header for header, _ in table], [values for _, values in table], fields)

    used = [each.field for each in found if each.field]
    assert [each.index for each in found] == list(range(len(table)))
    assert len(used) == len(set(used))
