"""Every personal field has its class and its sealing, in the shipped list and in the table."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kehu.govern.fields.core import CORE_FIELDS, SECTIONS, CoreField
from kehu.govern.fields.registry import registry
from kehu.govern.models.fields import Field
from kehu.resolve.models import IdentifierKind
from kehu.standardize.standards import STANDARDS

PERSONAL = {
    "mobile", "landline", "phone", "email", "resident_id", "passport", "hk_macau_permit", "taiwan_permit",
    "foreigner_card", "identity_document", "bank_card", "address",
}  # fmt: skip


@pytest.mark.parametrize("field", CORE_FIELDS, ids=lambda field: field.key)
def test_a_shipped_field_is_read_shown_and_protected_by_known_rules(field: CoreField) -> None:
    assert field.standard in STANDARDS
    assert field.section in SECTIONS
    assert field.data_class in {"C1", "C2"}
    assert field.zh
    assert field.en
    if field.standard in PERSONAL:
        assert field.data_class == "C2"


def test_every_personal_field_is_sealed_or_a_figure(db: None) -> None:
    fields = registry()

    assert fields.keys() >= {field.key for field in CORE_FIELDS}
    open_ones = [s.key for s in fields.values() if s.data_class == "C2" and not s.is_sealed]
    assert open_ones
    assert all(fields[key].section == "figures" for key in open_ones)


def test_every_sealed_field_has_a_mask_that_hides_it(db: None) -> None:
    for spec in registry().values():
        if spec.is_sealed:
            shown = spec.standard.masked("4201111985081412")
            assert "*" in shown or "尾号" in shown, spec.key


def test_identifying_fields_are_sealed_and_of_a_known_kind(db: None) -> None:
    kinds = set(IdentifierKind.objects.values_list("key", flat=True))

    for spec in registry().values():
        if spec.identifier:
            assert spec.identifier in kinds
            assert spec.is_sealed or spec.party == "organization", spec.key


def test_the_table_itself_refuses_a_personal_field_in_clear(db: None) -> None:
    with pytest.raises(IntegrityError, match="personal_fields_are_sealed"), transaction.atomic():
        Field.objects.create(
            key="leak", label_zh="漏", label_en="Leak", section="contact", standard="text", data_class="C2",
            is_sealed=False, updated_at=timezone.now(),
        )  # fmt: skip
