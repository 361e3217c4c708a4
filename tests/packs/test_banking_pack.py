"""The pack's tables fit together: units form one tree, users sit in it, mappings name known fields."""

import pytest

from kehu.govern.access.rights import SHIPPED_ROLES
from kehu.govern.fields.core import CORE_FIELDS
from kehu.packs.banking.mappings import FILES, FileMapping
from kehu.packs.banking.pack import DEMO_USERS, FIELDS, ROOT_UNIT, SOURCES, TIERS, UNITS

_KNOWN = {field.key for field in CORE_FIELDS} | {field.key for field in FIELDS}


def test_units_are_one_tree_under_the_head_office() -> None:
    codes = {unit.code for unit in UNITS}
    assert len(codes) == len(UNITS)
    assert [unit.code for unit in UNITS if not unit.parent] == [ROOT_UNIT]
    assert all(unit.parent in codes for unit in UNITS if unit.parent)


def test_every_city_branch_has_three_to_six_sub_branches() -> None:
    branches = [unit.code for unit in UNITS if unit.parent == ROOT_UNIT]
    counts = [sum(unit.parent == branch for unit in UNITS) for branch in branches]
    assert all(3 <= count <= 6 for count in counts)


def test_each_role_of_the_release_has_a_sign_in() -> None:
    assert {user.role for user in DEMO_USERS} == {role.key for role in SHIPPED_ROLES}
    assert {user.unit for user in DEMO_USERS} <= {unit.code for unit in UNITS}


def test_tiers_rise_without_gaps_from_zero() -> None:
    lowers = [tier.lower for tier in TIERS]
    assert lowers[0] == 0
    assert lowers == sorted(set(lowers))


@pytest.mark.parametrize("mapping", FILES.values(), ids=FILES.keys())
def test_a_mapping_fills_known_fields_and_has_one_key(mapping: FileMapping) -> None:
    fields = {column.target for column in mapping.columns if column.role == "field"}
    fields |= set(mapping.organization_targets.values())
    assert fields <= _KNOWN
    assert [column.role for column in mapping.columns].count("key") == 1
    assert mapping.source in {source.key for source in SOURCES}
