"""The servers of the test session work, so that what is tested against them means something."""

from __future__ import annotations

import smtplib
import urllib.error

import asyncpg
import pytest
from temporalio.testing import WorkflowEnvironment

from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.radicale import Radicale
from tests.servers.relay import Relay

MAIL = b"From: c@example.com\r\nTo: v@va.test\r\nSubject: =?utf-8?B?2LnYp9is2YQ=?=\r\n\r\nhello\r\n"
HOLD = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20261122T090000Z\r\n\
DTSTART:20261122T090000Z\r\nDTEND:20261122T093000Z\r\nSUMMARY:hold\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_a_delivered_mail_arrives_as_it_was(mailbox: Mailbox) -> None:
    mailbox.deliver(MAIL)
    mailbox.append(MAIL, "Sent", r"(\Seen)")
    assert [raw.endswith(MAIL) for raw in mailbox.messages()] == [True]
    assert mailbox.messages("Sent") == [MAIL]


def test_each_test_has_a_mailbox_of_its_own(mailbox: Mailbox) -> None:
    assert mailbox.messages() == []
    with mailbox.imap() as imap:
        assert imap.starttls.__name__ == "starttls"
        assert b"IDLE" in imap.capability()[1][0]


def test_mail_goes_out_by_submission_and_in_by_the_relay(mailbox: Mailbox, dovecot: Dovecot, relay: Relay) -> None:
    other = dovecot.account()
    with smtplib.SMTP(mailbox.host, dovecot.submission) as smtp:
        smtp.starttls(context=mailbox.trust())
        smtp.login(mailbox.username, mailbox.password)
        refused = smtp.sendmail(mailbox.address, [other.address, "client@example.com"], MAIL)
    assert refused == {}
    assert len(other.messages()) == 1
    assert [mail.sender for mail in relay.to("client@example.com")] == [mailbox.address]


def test_the_relay_refuses_puts_off_and_loses_answers(mailbox: Mailbox, relay: Relay) -> None:
    with smtplib.SMTP(relay.host, relay.port) as smtp:
        refused = smtp.sendmail("a@va.test", [mailbox.address, "refused@x.test", "later@x.test"], MAIL)
    assert {who: code for who, (code, _text) in refused.items()} == {"refused@x.test": 550, "later@x.test": 451}
    with smtplib.SMTP(relay.host, relay.port) as smtp, pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.sendmail("a@va.test", [mailbox.address.replace("@", "+lost@")], MAIL)
    assert len(mailbox.messages()) == 2


def test_a_calendar_keeps_an_event_once(radicale: Radicale, calendar_url: str) -> None:
    put = {"If-None-Match": "*", "Content-Type": "text/calendar"}
    radicale.request("PUT", f"{calendar_url}u1.ics", HOLD.encode(), **put)
    with pytest.raises(urllib.error.HTTPError, match="412"):
        radicale.request("PUT", f"{calendar_url}u1.ics", HOLD.encode(), **put)
    assert radicale.events(calendar_url).count("BEGIN:VEVENT") == 1


async def test_postgres_gives_each_test_a_database(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    assert await connection.fetchval("select current_database()") in postgres_url
    await connection.close()


async def test_both_temporal_servers_answer(temporal: WorkflowEnvironment, skipping: WorkflowEnvironment) -> None:
    assert await temporal.client.service_client.check_health()
    assert skipping.supports_time_skipping
    counted = await temporal.client.count_workflows("WakeelClient = 'nour'")
    assert counted.count == 0
