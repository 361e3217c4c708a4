"""Returned mails: reports by the standard, and the letters of Chinese providers; a forged one changes nothing."""

from email.message import EmailMessage

import pytest

from kehu.engage.channels.email.bounces import read_bounce
from kehu.engage.channels.email.compose import message_id
from kehu.platform.ids import new_id

SEND = new_id()
ADDRESS = "shen.jingyi@qq.com"
ID = message_id(SEND, ADDRESS, "hengchuan.example")


def report(*, action: str = "failed", status: str = "5.1.1", said: str = "smtp; 550 5.1.1 User unknown", final: str = ADDRESS, mid: str = ID) -> bytes:  # fmt: skip
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: service@hengchuan.example\r\nSubject: Delivery Status Notification\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {final}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {said}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mid}\r\nTo: {final}\r\nSubject: x\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("changes", "kind", "is_nobody"),
    [
        ({}, "bounced", True),
        ({"status": "5.0.0", "said": "smtp; 550 Mailbox not found"}, "bounced", True),
        ({"status": "5.7.1", "said": "smtp; 554 5.7.1 spam"}, "bounced", False),
        ({"status": "5.2.2", "said": "smtp; 552 mailbox full"}, "soft_bounced", False),
        ({"status": "4.4.1", "action": "delayed", "said": "smtp; 451 later"}, "soft_bounced", False),
        ({"status": "4.4.7", "action": "failed", "said": "smtp; 451 expired"}, "soft_bounced", False),
        ({"status": "2.0.0", "action": "delivered", "said": "smtp; 250 ok"}, "delivered", False),
    ],
)
def test_a_report_by_the_standard(changes: dict[str, str], kind: str, *, is_nobody: bool) -> None:
    bounce = read_bounce(report(**changes))

    assert bounce is not None
    assert (bounce.send_id, bounce.address, bounce.kind, bounce.is_nobody) == (SEND, ADDRESS, kind, is_nobody)


def letter(subject: str, text: str, *, charset: str = "utf-8") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "PostMaster@qq.com", "service@hengchuan.example", subject
    mail.set_content(text, charset=charset, cte="base64")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("subject", "text", "charset", "is_nobody"),
    [
        ("来自qq.com的退信", f"抱歉，您的邮件被退回。收件人邮件地址（{ADDRESS}）不存在，邮件无法送达。\n{ID}", "utf-8", True),
        ("系统退信/Systems bounce", f"收件人：{ADDRESS}\n退信原因：550 User not found\nMessage-ID: {ID}", "gb18030", True),
        ("系统退信", f"{ADDRESS} 554 DT:SPM 发送的邮件内容包含了未被许可的信息\n{ID}", "gb18030", False),
    ],
)  # fmt: skip
def test_letters_of_chinese_providers(subject: str, text: str, charset: str, *, is_nobody: bool) -> None:
    bounce = read_bounce(letter(subject, text, charset=charset))

    assert bounce is not None
    assert (bounce.kind, bounce.is_nobody, bounce.address) == ("bounced", is_nobody, ADDRESS)


def test_a_complaint() -> None:
    raw = (
        "From: fbl@mx.example\r\nSubject: abuse\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n--b\r\n"
        f"Content-Type: message/rfc822\r\n\r\nMessage-ID: {ID}\r\nTo: {ADDRESS}\r\n\r\nx\r\n--b--\r\n"
    )

    bounce = read_bounce(raw.encode())

    assert bounce is not None
    assert bounce.kind == "complained"


def test_a_report_that_names_another_address_is_not_believed() -> None:
    assert read_bounce(report(final="boss@bank.example")) is None


def test_a_report_of_a_mail_that_is_not_ours_is_not_believed() -> None:
    assert read_bounce(report(mid="<" + "A" * 38 + "." + "0" * 16 + "@hengchuan.example>")) is None


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"Subject: hi\r\n\r\nthanks", letter("Re: 您的账单", f"谢谢 {ID} {ADDRESS}")]
)
def test_other_mails_say_nothing(raw: bytes) -> None:
    assert read_bounce(raw) is None
