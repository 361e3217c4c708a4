"""The API keeps to its own document: generated calls of every route, well formed and not, by somebody who may call it.

Drawn ones try what nobody thought of; those of coverage try each end of every range, each missing and each wrong value
that the document names. No answer is a server's error, every status and content type is documented, every body fits its
schema, and no error tells anything of a customer. Seed and number of examples are fixed: the same calls every time.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.config import (
    CoveragePhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.core.result import Ok
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override
from tests.api.staff import appoint
from tests.architecture.route_rules import RULES
from tests.conftest import Caller
from tests.world import World

from kehu.api.routes import api
from kehu.govern.access.rights import SHIPPED_ROLES

SEED = 20261122
EXAMPLES = 12
FEWEST = 2  # a GET without a parameter has two
CANARIES: dict[str, Any] = {
    "name": "沈静仪",
    "mobile": "13857101234",
    "resident_id": "420111198508141226",
    "address": "杭州市西湖区金丝雀路 7 号",
}
CHECKED = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
]


def _config() -> SchemathesisConfig:
    phases = PhasesConfig(coverage=CoveragePhaseConfig(unexpected_methods=set()))
    generation = GenerationConfig(
        max_examples=EXAMPLES, with_security_parameters=False, database="none", no_shrink=True
    )
    project = ProjectConfig(phases=phases, generation=generation)
    return SchemathesisConfig(seed=SEED, projects=ProjectsConfig(default=project))


def _schema() -> schemathesis.BaseSchema:
    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schema = schemathesis.openapi.from_dict(document, config=_config())
    schema.app = get_wsgi_application()
    return schema


schema = _schema()


@pytest.fixture(autouse=True)
def one_transaction() -> Iterator[None]:
    """Keep the test's connection open between requests, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def customer(world: World) -> str:
    """Somebody whose values must not show in any error."""
    done = world.say(world.core, "1", unit=world.xihu, owner=world.alice, **CANARIES)
    return str(done.profiles.created[0])


@pytest.fixture
def token_for(world: World, call: Callable[..., Caller]) -> Callable[[str], str]:
    """Find somebody who may call an operation: the steward where he may, else another who may."""

    @cache
    def find(operation: str) -> str:
        wanted = set(RULES[operation].permissions) if operation in RULES else set()
        able = [role.key for role in SHIPPED_ROLES if wanted & set(role.permissions)]
        user = world.steward if "steward" in able or not able else appoint(world, able[0])
        return str(call(user).client.defaults["HTTP_AUTHORIZATION"])

    return find


def aim(case: Any, customer: str) -> None:
    """Let a well-formed id of a customer name the one that is there."""
    given = (case.path_parameters or {}).get("customer_id")
    if given is not None:
        try:
            UUID(str(given))
        except ValueError:
            return
        case.path_parameters["customer_id"] = customer


OPERATIONS: list[Any] = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


def kinds_of_calls() -> list[Any]:
    """Return each route with well-formed calls, and with ill-formed ones where it takes anything at all."""
    takes = [o for o in OPERATIONS if o.definition.raw.get("parameters") or "requestBody" in o.definition.raw]
    kinds = [
        *((o, GenerationMode.POSITIVE) for o in OPERATIONS),
        *((o, GenerationMode.NEGATIVE) for o in takes),
    ]
    return [pytest.param(o, mode, id=f"{o.label} {mode.name.lower()}") for o, mode in kinds]


@pytest.fixture
def check(token_for: Callable[[str], str], customer: str) -> Callable[[Any], None]:
    """Make a call as somebody who may, and compare its answer with the document."""

    def call(case: Any) -> None:
        headers = {"Authorization": token_for(case.operation.definition.raw["operationId"])}
        aim(case, customer)
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS.get_by_names(CHECKED), headers=headers)
        if answer.status_code >= 400:
            for value in CANARIES.values():
                assert value not in answer.text

    return call


@pytest.mark.parametrize(("operation", "mode"), kinds_of_calls())
def test_every_answer_is_as_documented(
    operation: Any, mode: GenerationMode, check: Callable[[Any], None]
) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    def calls(case: Any) -> None:
        check(case)

    calls()


def coverage(operation: Any) -> list[Any]:
    """Return the calls of the coverage phase, in both modes; schemathesis's own parametrization gives them no ids."""
    generator = CoverageGenerator(
        operation=operation, generation_modes=list(GenerationMode), auth_storage=None, override=Override(),
        generation_config=schema.config.generation_for(operation=operation, phase="coverage"), feedback=NO_FEEDBACK,
    )  # fmt: skip
    return list(generator)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_end_of_every_range_is_answered_as_documented(
    operation: Any, check: Callable[[Any], None]
) -> None:
    cases = coverage(operation)
    assert len(cases) >= FEWEST
    for case in cases:
        check(case)
