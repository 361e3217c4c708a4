"""Customers by the stages of life: of the first lifecycle in use, of whom its purpose may take."""

from collections.abc import Mapping

from kehu.analyze.dashboards.card import Asked, TableRows
from kehu.analyze.dashboards.figures.kept import nothing, of_units, values
from kehu.analyze.lifecycle.opening import LifecycleClosed, open_lifecycle
from kehu.analyze.lifecycle.operations import KIND
from kehu.analyze.modeling.queries import list_models
from kehu.analyze.models.modeling import AnalysisModel
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import PurposeIsOff
from kehu.platform.text import Text

_STAYS = """
FROM analyze_stay s JOIN resolve_cluster k ON k.id = s.customer_id
JOIN profile_customer c ON c.id = coalesce(k.living_id, k.id)
"""
_OF = "s.model_id = {model} AND c.is_identified AND {units} AND {gate}"
_STAGES = f"""
SELECT c.id::text AS customer_id, s.stage AS x, '' AS series, NULL::float8 AS value {_STAYS}
WHERE {_OF} AND s.left_at IS NULL
"""
_ENTRIES = f"""
SELECT c.id::text AS customer_id, s.stage AS x, '' AS series, NULL::float8 AS value {_STAYS}
WHERE {_OF} AND s.entered_at >= %(first)s AND s.entered_at < %(end)s
"""
_OVER_TIME = f"""
SELECT c.id::text AS customer_id, (step.number - 1)::text AS x, s.stage AS series, NULL::float8 AS value {_STAYS}
JOIN unnest(%(ends)s::timestamptz[]) WITH ORDINALITY AS step (ends, number) ON s.entered_at <= step.ends
  AND (s.left_at IS NULL OR s.left_at > step.ends)
WHERE {_OF}
"""


def stages(asked: Asked) -> TableRows:
    """Return the customers of each stage, as they stand."""
    return _of(asked, _STAGES)


def entries(asked: Asked) -> TableRows:
    """Return who entered each stage in the period."""
    return _of(asked, _ENTRIES)


def over_time(asked: Asked) -> TableRows:
    """Return the customers of each stage at the end of each step."""
    return _of(asked, _OVER_TIME)


def stage_names() -> Mapping[str, Text]:
    """Return the names of the stages by key, in the order of life; none where no lifecycle is in use."""
    model = _model()
    return {} if model is None else {one["key"]: Text(**one["name"]) for one in model.definition["stages"]}


def _model() -> AnalysisModel | None:
    return next((one for one in list_models(KIND) if one.is_active and one.computed_at), None)


def _of(asked: Asked, sql: str) -> TableRows:
    model, gate = _model(), ""
    if model is not None:
        try:
            open_lifecycle(model, asked.actor)
            gate = open_gate(model.purpose).condition("c")
        except (PurposeIsOff, LifecycleClosed):
            gate = ""
    if model is None or not gate:
        return TableRows(nothing(), values(asked))
    return TableRows(sql.format(model=model.pk, units=of_units(asked), gate=gate), values(asked))
