"""What can be wrong with a questionnaire or an answer, with its place."""

from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text


class SurveyNotFound(NotFound):
    """No such survey."""

    code = "survey_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这份问卷。", "There is no such survey."))


class SurveyNotOpen(Conflict):
    """The survey takes no answers: not published yet, closed, or past its end."""

    code = "survey_not_open"

    def __init__(self) -> None:
        super().__init__(
            Text("这份问卷已经结束，谢谢您的关注。", "This survey has ended. Thank you for your interest.")
        )


class SurveyStateWrong(Conflict):
    """What was asked for does not fit the state of the survey."""

    code = "survey_state"


class AnsweredAlready(Conflict):
    """An answer was handed in by this link already."""

    code = "answered_already"

    def __init__(self) -> None:
        super().__init__(
            Text("您已经答过这份问卷，谢谢。", "You have answered this survey already. Thank you.")
        )


class QuotaFull(Conflict):
    """As many answers of this kind came as were wanted."""

    code = "survey_quota_full"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "名额已满，这次不再收集，谢谢您的参与。",
                "As many answers came as were needed. Thank you for taking part.",
            )
        )


class DefinitionInvalid(Invalid):
    """A questionnaire that cannot be read; the text names the place as a JSON pointer."""

    code = "survey_definition"

    def __init__(self, place: str, text: Text) -> None:
        super().__init__(Text(f"{place or '/'}：{text.zh}", f"{place or '/'}: {text.en}"))
        self.place = place


class AnswerInvalid(Invalid):
    """An answer that does not fit its question; the text names it by its key or title and never repeats the answer."""

    code = "survey_answer"

    def __init__(self, question: str, text: Text, title: Text | None = None) -> None:
        shown = title or Text(question, question)
        super().__init__(Text(f"{shown.zh}：{text.zh}", f"{shown.en}: {text.en}"))
        self.question, self.words = question, text
