"""Customers by the tiers of value: of the first model in use, as its traits hold them, of whom its purpose may take."""

from collections.abc import Mapping

from kehu.analyze.dashboards.card import Asked, TableRows
from kehu.analyze.dashboards.figures.kept import nothing, of_units, values
from kehu.analyze.modeling.queries import list_models, traits_of
from kehu.analyze.models.modeling import AnalysisModel
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import PurposeIsOff
from kehu.platform.text import Text

_HELD = """
SELECT c.id::text AS customer_id, t.text AS x, '' AS series, NULL::float8 AS value
FROM analyze_trait_value t JOIN profile_customer c ON c.id = t.customer_id
WHERE t.trait_id = {trait} AND t.text IS NOT NULL AND c.is_identified AND {units} AND {gate}
"""
_WITHIN = " AND t.as_of >= %(first)s AND t.as_of < %(end)s"


def tiers(asked: Asked) -> TableRows:
    """Return the customers of each tier, as they stand."""
    return _held(asked, "")


def entries(asked: Asked) -> TableRows:
    """Return the customers who came into their tier of now in the period."""
    return _held(asked, _WITHIN)


def tier_names() -> Mapping[str, Text]:
    """Return the names of the tiers by key, in their order; none where there is no model in use."""
    model = _model()
    return {} if model is None else {one["key"]: Text(**one["name"]) for one in model.definition["tiers"]}


def _model() -> AnalysisModel | None:
    return next((one for one in list_models("rfm") if one.is_active and one.computed_at), None)


def _held(asked: Asked, more: str) -> TableRows:
    model = _model()
    try:
        gate = open_gate(model.purpose).condition("c") if model else ""
    except PurposeIsOff:
        gate = ""
    if model is None or not gate:
        return TableRows(nothing(), values(asked))
    rows = _HELD.format(trait=traits_of(model)["tier"].pk, units=of_units(asked), gate=gate)
    return TableRows(rows + more, values(asked))
