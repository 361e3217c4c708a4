"""The system's own policy lets every row through, and the estimate of a wide scope says so."""

import psycopg
import pytest
from django.db import connection
from tests.plugin import administrator
from tests.world import World

from kehu.profile.lists import reach

MANY = 60


@pytest.mark.parametrize("table", ["profile_customer", "profile_search_token"])
def test_row_security_does_not_halve_an_estimate(world: World, table: str) -> None:
    for n in range(MANY):
        world.say(world.core, str(n), unit=world.xihu, name=f"沈静{n}")
    parameters = {**administrator(), "dbname": str(connection.settings_dict["NAME"])}
    with psycopg.connect(**parameters, autocommit=True) as session:
        statement = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {table}"
        plan = session.execute(statement.encode()).fetchone()
    assert plan is not None
    without_policies = plan[0][0]["Plan"]["Plan Rows"]

    assert reach.estimate(f"SELECT 1 FROM {table}", ()) == pytest.approx(without_policies, rel=0.1, abs=2)
