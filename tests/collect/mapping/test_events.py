"""Proposals for event files: time, name, message id and subject; the rest are properties."""

from kehu.collect.mapping import ColumnProposal, FieldSpec
from kehu.collect.mapping.events import propose_events

TABLE = {
    "交易流水号": [f"T{n:06d}" for n in range(20)],
    "客户号": ["C1", "C2"] * 10,
    "交易时间": ["2026-11-23 10:00:00"] * 20,
    "交易类型": ["转账", "消费"] * 10,
    "交易金额": ["1.20"] * 20,
    "手机号": ["13812345678"] * 20,
    "商户类别": ["超市"] * 20,
    "更新时间": ["2026-11-24"] * 20,
    "密码": ["x"] * 20,
}


def proposed(table: dict[str, list[str]], fields: list[FieldSpec]) -> dict[str, ColumnProposal]:
    return {each.column: each for each in propose_events(list(table), list(table.values()), fields)}


def test_each_column_of_an_event_gets_its_part(fields: list[FieldSpec]) -> None:
    found = proposed(TABLE, fields)

    assert {column: (each.role, each.field) for column, each in found.items()} == {
        "交易流水号": ("field", "message_id"),
        "客户号": ("key", "customer_no"),
        "交易时间": ("at", "event_at"),
        "交易类型": ("field", "event_name"),
        "交易金额": ("property", "amount"),
        "手机号": ("field", "mobile"),
        "商户类别": ("property", None),
        "更新时间": ("property", None),
        "密码": ("forbidden", None),
    }


def test_the_subject_is_the_surest_identifier_there_is(fields: list[FieldSpec]) -> None:
    table = {column: TABLE[column] for column in ("手机号", "交易时间")}

    assert proposed(table, fields)["手机号"].role == "key"


def test_without_a_telling_header_the_column_of_times_is_the_time(fields: list[FieldSpec]) -> None:
    found = proposed({"客户号": ["C1"] * 5, "t1": ["2026-11-23 10:00:00"] * 5, "x": ["a"] * 5}, fields)["t1"]

    assert (found.role, found.field, found.certainty) == ("at", "event_at", "low")
