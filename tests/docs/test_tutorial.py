"""What the tutorial promises of its file happens: accepted, refused, one person of two rows, gone after the revert."""

import json
import re
from pathlib import Path

from tests.world import NOW, World

from kehu.cli.main import parser
from kehu.collect.models import Import, Refusal
from kehu.flows.imports.run_import import run_import
from kehu.flows.imports.start_import import start_import
from kehu.flows.imports.upload_file import upload_file
from kehu.flows.revert_import import revert_import
from kehu.platform.scope import SYSTEM, acting
from kehu.profile.models import Customer

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE = re.compile(r"```csv\n(.*?)```", re.DOTALL)
MAPPING = re.compile(r"--mapping '(\{.*\})'")


def standing() -> dict[str, int]:
    with acting(SYSTEM):
        return dict(Customer.objects.values_list("name", "record_count"))


def test_the_file_of_the_tutorial_comes_in_and_goes_as_it_says(world: World, tmp_path: Path) -> None:
    text = (DOCS / "tutorial.md").read_text()
    path = tmp_path / "salon.csv"
    (content,), (mapping,) = FILE.findall(text), MAPPING.findall(text)
    path.write_text(content)
    job = start_import(
        upload=upload_file(path), source=world.core, mapping=json.loads(mapping), actor_id=None, now=NOW
    )

    run_import(job.pk)

    with acting(SYSTEM):
        done = Import.objects.get(pk=job.pk)
        refused = list(Refusal.objects.values_list("row", "field"))
    assert (done.rows_accepted, done.rows_rejected, done.customers_created) == (3, 1, 2)
    assert refused == [(5, "mobile")]
    assert standing() == {"苏念安": 2, "顾庭远": 1}
    revert_import(import_id=job.pk, actor_id=None, reason="", now=NOW)
    assert standing() == {}


def test_both_languages_show_the_same_commands_and_the_commands_parse() -> None:
    texts = [(DOCS / name).read_text() for name in ("tutorial.md", "tutorial.en.md")]
    blocks = [re.findall(r"```\w+\n.*?```", text, re.DOTALL) for text in texts]

    assert blocks[0] == blocks[1]
    assert (
        parser().parse_args(["source", "create", "salon", "--name", "沙龙报名", "--trust", "40"]).trust == 40
    )
