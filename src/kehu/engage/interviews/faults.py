"""What can be wrong with a guide or a record."""

from kehu.platform.errors import Conflict, NotFound
from kehu.platform.text import Text


class GuideNotFound(NotFound):
    """No such interview guide."""

    code = "interview_guide_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这份访谈提纲。", "There is no such interview guide."))


class GuideStateWrong(Conflict):
    """What was asked for does not fit the state of the guide."""

    code = "interview_guide_state"


class RecordNotFound(NotFound):
    """No such record within the open scope; another's draft counts as none."""

    code = "interview_not_found"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "没有这份访谈记录，或者不在您的可见范围。",
                "There is no such interview within what you can see.",
            )
        )


class RecordIsDone(Conflict):
    """The interview was finished; what stands in it stays."""

    code = "interview_is_done"

    def __init__(self) -> None:
        super().__init__(
            Text("这份访谈已经完成，不能再改；要补充，另记一次联系。", "This interview is finished and stays as it is; to add to it, record a contact.")
        )  # fmt: skip


class RecordChanged(Conflict):
    """The draft was changed in another window since it was opened."""

    code = "interview_changed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这份草稿在别的窗口里改过，刷新后再写。",
                "This draft was changed in another window; open it again.",
            )
        )
