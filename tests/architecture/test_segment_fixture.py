"""What the builder of segments is tested with is what the server documents: the file is made from the schema, not by hand."""

import json
from pathlib import Path
from typing import Any

from kehu.analyze.segments.operators import OPERATORS
from kehu.analyze.segments.schema import definition_schema

FIXTURE = Path(__file__).parents[2] / "web" / "fixtures" / "segment-definitions.json"


def documented() -> dict[str, Any]:
    """Return the operators and an example of every condition, every number of times and every window."""
    kinds = definition_schema()["$defs"]
    examples: dict[str, list[Any]] = {}
    for name, schema in kinds.items():
        alternatives = [schema, *schema.get("oneOf", []), *schema.get("anyOf", [])]
        if found := [example for one in alternatives for example in one.get("examples", [])]:
            examples[name] = found
    operators = [
        {
            "key": key,
            "label": form.text._asdict(),
            "kinds": list(form.kinds),
            "takes": form.takes,
            "is_met_by_nothing": False,
        }
        for key, form in OPERATORS.items()
    ]
    return {"operators": operators, "examples": examples}


def test_the_builder_is_tested_with_what_the_server_documents() -> None:
    assert json.loads(FIXTURE.read_text("utf-8")) == documented(), (
        "run python -m tests.architecture.test_segment_fixture and make fix, then the tests of web"
    )


if __name__ == "__main__":
    FIXTURE.write_text(json.dumps(documented(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
