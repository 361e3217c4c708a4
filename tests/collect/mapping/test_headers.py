"""Headers as banks write them find their field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.collect.mapping import FieldSpec
from kehu.collect.mapping.headers import index_of, is_of_another_person, normalized
from kehu.collect.mapping.synonyms import ROLE_SYNONYMS, SYNONYMS
from kehu.platform.text import Text

CORE = [
    "customer_no",
    "user_id",
    "anonymous_id",
    "name",
    "former_name",
    "sex",
    "birth_date",
    "resident_id",
    "passport",
    "hk_macau_permit",
    "taiwan_permit",
    "foreigner_card",
    "document_expires_on",
    "mobile",
    "mobile_2",
    "landline",
    "email",
    "wechat_union_id",
    "address",
    "work_address",
    "region",
    "nationality",
    "ethnicity",
    "marital_status",
    "education",
    "occupation",
    "employer",
    "job_title",
    "income",
    "bank_card",
    "account_no",
    "opened_on",
    "tier",
    "risk_level",
    "aum",
    "deposit_balance",
    "loan_balance",
    "credit_limit",
    "preferred_channel",
    "salutation",
    "note",
    "organization_name",
    "uscc",
    "legal_representative",
    "registered_capital",
    "industry",
    "established_on",
    "event_name",
    "event_at",
    "amount",
    "currency",
    "product",
    "channel",
    "message_id",
]


@pytest.mark.parametrize(
    ("header", "field", "likeness"),
    [
        ("客户姓名", "name", "same"),
        ("ＣＵＳＴ＿ＮＡＭＥ", "name", "same"),
        ("cust-name", "name", "same"),
        (" 手 机 号 ", "mobile", "same"),
        ("手机号（必填）", "mobile", "same"),
        ("Mobile No.", "mobile", "same"),
        ("ID_NO", "resident_id", "same"),
        ("证件号", "resident_id", "same"),
        ("CRD_LMT", "credit_limit", "same"),
        ("客户学历", "education", "similar"),
        ("CUST_EMAIL", "email", "similar"),
        ("KHXM", "name", "pinyin"),
        ("XM", "name", "pinyin"),
        ("CSRQ", "birth_date", "pinyin"),
        ("xingbie", "sex", "same"),
        ("yidongdianhua", "mobile", "pinyin"),
        ("本行预留手机号码一", "mobile", "contained"),
    ],
)
def test_a_header_finds_its_field(header: str, field: str, likeness: str) -> None:
    index = index_of([FieldSpec(key, Text(key, key), "text") for key in CORE])

    best = index.matches(header)[0]

    assert (best.target, best.likeness) == (field, likeness)


def test_synonyms_of_the_registry_count_like_our_own() -> None:
    index = index_of([FieldSpec("pet", Text("宠物", "Pet"), "text", ("爱宠",))])

    assert [index.matches(header)[0].target for header in ("爱宠", "PET", "CW")] == ["pet"] * 3


def test_every_core_field_has_synonyms_in_both_languages() -> None:
    assert set(SYNONYMS) == set(CORE)
    for names in (*SYNONYMS.values(), *ROLE_SYNONYMS.values()):
        assert any(name.isascii() for name in names)
        assert any(not name.isascii() for name in names)


def test_no_synonym_stands_twice_under_a_field() -> None:
    for names in SYNONYMS.values():
        assert len({normalized(name) for name in names}) == len(names)


@pytest.mark.parametrize("header", ["紧急联系人电话", "配偶手机", "客户经理手机", "GUARANTOR_NAME"])
def test_headers_of_other_people_are_told(header: str) -> None:
    assert is_of_another_person(header)


@given(st.text(max_size=30))
def test_any_header_is_taken(header: str) -> None:
    index_of([FieldSpec("name", Text("姓名", "Name"), "person_name")]).matches(header)
