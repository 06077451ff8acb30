"""Messages: a row in the transaction of their cause, sent after the commit.

MAIL_URL is smtp://user:password@host:port, or file:///folder for .eml files.
"""

import smtplib
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog
from flask import current_app
from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.extensions import db
from vpt_regio.models.jobs import OutboxMessage
from vpt_regio.queue import wake_outbox
from vpt_regio.uow import on_commit, write

SENDER = "noreply@vpt.example"
MAX_ATTEMPTS = 5

log = structlog.get_logger()


def post(recipient: str, *, subject: str, body: str) -> OutboxMessage:
    """Put a message in the outbox, in the transaction of its cause."""
    message = OutboxMessage(recipient=recipient, subject=subject, body=body)
    db.session.add(message)
    on_commit(wake_outbox)
    return message


def page_address(path: str) -> str:
    """Return the full address of a page, for in a message."""
    return f"{current_app.config['VPT_BASE_URL']}{path}"


def deliver() -> int:
    """Send what waits; return how many messages went out. A failure waits for the next time."""
    waiting = db.session.scalars(
        select(OutboxMessage.id)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.attempts < MAX_ATTEMPTS)
        .order_by(OutboxMessage.id)
    ).all()
    return sum(_deliver_one(message_id) for message_id in waiting)


def mail_folder() -> Path | None:
    """Return the folder of the .eml files, or None when mail goes out by SMTP."""
    parts = urlsplit(current_app.config["MAIL_URL"])
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _deliver_one(message_id: int) -> bool:
    message = db.session.get_one(OutboxMessage, message_id)
    try:
        _send(message)
    except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
        # ValueError and MessageError: an address or a subject that no message can carry
        reason = f"{type(error).__name__}: {error}"
        log.warning("mail_not_sent", message=message_id, reason=reason)
        write(lambda: _not_sent(message_id, reason))
        return False
    write(lambda: _sent(message_id))
    return True


def _send(message: OutboxMessage) -> None:
    mail = EmailMessage()
    mail["From"] = SENDER
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(clock.real_now())
    mail["Message-ID"] = make_msgid(domain="vpt.example")
    mail.set_content(message.body)
    folder = mail_folder()
    if folder is None:
        _send_by_smtp(mail)
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{message.id:08}.eml").write_bytes(mail.as_bytes())


def _send_by_smtp(mail: EmailMessage) -> None:
    parts = urlsplit(current_app.config["MAIL_URL"])
    with smtplib.SMTP(parts.hostname or "localhost", parts.port or 25, timeout=20) as server:
        if parts.scheme == "smtps" or server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)


def _sent(message_id: int) -> None:
    message = db.session.get_one(OutboxMessage, message_id)
    message.attempts += 1
    message.sent_at = clock.real_now()
    if current_app.config["VPT_ENV"] == "production":
        # a one-time link must not stay readable; the demonstration shows its messages
        message.body = ""


def _not_sent(message_id: int, reason: str) -> None:
    message = db.session.get_one(OutboxMessage, message_id)
    message.attempts += 1
    message.last_error = reason
