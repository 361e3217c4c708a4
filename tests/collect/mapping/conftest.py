"""A small registry of fields, and a short way to propose for a table given by columns."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from kehu.collect.mapping import ColumnProposal, FieldSpec, propose
from kehu.platform.text import Text
from kehu.standardize.numbers.resident_id import check_character

_FIELDS = """
name 姓名 person_name | former_name 曾用名 person_name | resident_id 证件号码 resident_id | passport 护照 passport
sex 性别 sex | birth_date 出生日期 date | uscc 统一社会信用代码 uscc | mobile 手机 mobile | mobile_2 备用手机 mobile
landline 固定电话 landline | email 电子邮箱 email | address 居住地址 address | work_address 单位地址 address
employer 工作单位 organization_name | education 学历 education | customer_no 客户号 code | account_no 账号 code
bank_card 银行卡 bank_card | opened_on 开户日期 date | tier 客户等级 code | credit_limit 信用额度 money | note 备注 text
organization_name 企业名称 organization_name
"""


@pytest.fixture(scope="session")
def fields() -> list[FieldSpec]:
    """Fields as the registry of a bank has them."""
    rows = [row.split() for line in _FIELDS.strip().splitlines() for row in line.split("|")]
    return [FieldSpec(key, Text(label, key), standard) for key, label, standard in rows]


@pytest.fixture
def proposed(fields: list[FieldSpec]) -> Callable[..., dict[str, ColumnProposal]]:
    """Propose for a table, its shorter columns repeated to the length of the longest."""

    def _proposed(
        table: Mapping[str, Sequence[str]], remembered: Mapping[str, str] | None = None
    ) -> dict[str, ColumnProposal]:
        length = max(map(len, table.values()))
        samples = [(list(values) * length)[:length] for values in table.values()]
        return {each.column: each for each in propose(list(table), samples, fields, remembered)}

    return _proposed


@pytest.fixture(scope="session")
def resident_ids() -> list[str]:
    """A hundred resident numbers with right check digits."""
    bodies = [f"330106{1950 + n % 50}0{1 + n % 9}1{n % 9}{n:03d}" for n in range(100)]
    return [body + check_character(body) for body in bodies]
