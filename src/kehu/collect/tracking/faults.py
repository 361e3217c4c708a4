"""Why an event waits in quarantine, and what mends it, in both languages."""

from kehu.platform.text import Text

FAULTS: dict[str, Text] = {
    "event_too_large": Text(
        "单个事件超过 32 KB，减少属性后重新发送。", "The event is larger than 32 KB. Send fewer properties."
    ),
    "event_unreadable": Text("这不是一个 JSON 事件。", "This is no JSON event."),
    "type_unknown": Text(
        "type 只能是 identify、track、page、screen、group 或 alias。",
        "`type` must be identify, track, page, screen, group or alias.",
    ),
    "identity_missing": Text("userId 和 anonymousId 都没有。", "Neither userId nor anonymousId is given."),
    "identity_invalid": Text(
        "userId 或 anonymousId 不是可用的编码。", "A user id or anonymous id is no usable code."
    ),
    "previous_id_missing": Text("alias 缺少 previousId。", "An alias needs previousId."),
    "event_name_missing": Text("track 缺少 event（事件名）。", "A track needs `event`."),
    "timestamp_unreadable": Text(
        "看不懂 timestamp，写成 ISO 8601。", "`timestamp` cannot be read. Write it in ISO 8601."
    ),
    "subject_erased": Text(
        "对应的个人资料已删除，密钥已销毁。", "The person was erased and the key destroyed."
    ),
    "not_applied": Text(
        "写入时出错，管理员查明后重放。", "It could not be written. Replay it once the cause is mended."
    ),
}
UNKNOWN = Text("原因不明。", "The reason is not known.")


def fault_text(code: str) -> Text:
    """Return the reason in words."""
    return FAULTS.get(code, UNKNOWN)
