"""An SPSS file becomes a survey that is closed: its questions by their labels, its cases as answers of nobody we know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kehu.engage.models.surveys import Answer, Survey, SurveyVersion
from kehu.engage.surveys.answers.collecting import ANSWER, HIDDEN, seal_secret
from kehu.engage.surveys.answers.reading import read_answer
from kehu.engage.surveys.files.reading_sav import read_sav
from kehu.engage.surveys.form.definition import read_definition
from kehu.engage.surveys.form.questions import REFUSED
from kehu.govern import audit
from kehu.govern.access.actors import Actor
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting

PORTION = 2_000


@dataclass(frozen=True, slots=True)
class Variable:
    """What becomes of one variable of a file: a question of a kind, with its choices and how many cases answered it."""

    variable: str
    title: str
    kind: str
    choices: tuple[str, ...]
    answered: int
    refused: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What an import would make: a survey of `title` with `cases` answers. Nothing is written."""

    title: str
    cases: int
    variables: tuple[Variable, ...]


def try_answers(*, data: bytes, name: str, actor: Actor) -> Trial:
    """Read a `.sav` as an import would and write nothing. Raises SavNotRead or what the questions are refused for."""
    actor.require("survey.manage")
    read = read_sav(data, title=name)
    definition = read_definition(read.definition)
    given = [read_answer(definition, raw) for raw in read.answers]
    variables = []
    for column, element in zip(read.columns, read.definition["pages"][0]["elements"], strict=True):
        values = [{**one.plain, **one.secret}.get(element["name"]) for one in given]
        refused = values.count(REFUSED)
        answered = sum(value is not None for value in values) - refused
        choices = tuple(choice["text"] for choice in element.get("choices", ()))
        variables.append(Variable(column, element["title"], element["kehuKind"], choices, answered, refused))
    return Trial(read.definition["title"], len(given), tuple(variables))


def import_answers(*, data: bytes, name: str, actor: Actor, now: datetime) -> UUID:
    """Read a `.sav` into a new survey. Returns its id. Raises SavNotRead."""
    actor.require("survey.manage")
    read = read_sav(data, title=name)
    definition = read_definition(read.definition)
    survey = Survey.objects.create(
        id=new_id(), name=name[:100], mode="open", state="closed", draft=read.definition, author_id=actor.id,
        created_at=now, updated_at=now,
    )  # fmt: skip
    version = SurveyVersion.objects.create(
        survey=survey, version=1, definition=read.definition, author_id=actor.id, published_at=now
    )
    survey.current = version
    survey.save(update_fields=["current"])
    rows = []
    with acting(SYSTEM):
        for raw in read.answers:
            given, answer_id = read_answer(definition, raw), new_id()
            hidden = {HIDDEN: raw[HIDDEN]} if HIDDEN in raw else {}
            rows.append(
                Answer(
                    id=answer_id, version=version, language="zh-CN", source="file", answered_at=now,
                    plain={**given.plain, **hidden}, sealed=seal_secret(given.secret, ANSWER, answer_id),
                )
            )  # fmt: skip
        Answer.objects.bulk_create(rows, batch_size=PORTION)
    audit.record(
        action="survey.import", actor_id=actor.id, now=now, object_kind="survey", object_id=survey.pk,
        row_count=len(rows), request_id=actor.request_id,
    )  # fmt: skip
    return survey.pk
