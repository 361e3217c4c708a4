"""An empty file with the registry's fields as headers, for those who fill a table in by hand."""

from typing import Literal

from kehu.collect.files.template_file import write_csv, write_workbook
from kehu.collect.mapping.proposal import FieldSpec
from kehu.collect.mapping.template import headers_of
from kehu.govern.fields.registry import registry
from kehu.platform.text import Text

Kind = Literal["customer", "event", "consent"]
Form = Literal["csv", "xlsx"]
TITLES = {
    "customer": Text("客户", "Customers"),
    "event": Text("事件", "Events"),
    "consent": Text("同意", "Consents"),
}


def give_template(*, kind: Kind, form: Form, language: str) -> bytes:
    """Return the template in a language."""
    fields = registry()
    specs = [FieldSpec(s.key, s.label, s.standard.key, s.synonyms) for s in fields.values()]
    identifying = frozenset(key for key, spec in fields.items() if spec.identifier)
    headers = headers_of(kind, specs, identifying, language)
    return write_csv(headers) if form == "csv" else write_workbook(headers, TITLES[kind].within(language))
