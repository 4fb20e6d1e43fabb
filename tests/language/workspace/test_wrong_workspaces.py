"""What a VA reads when a workspace is wrong: code, line, column, and both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from wakeel.language.catalog import Catalog
from wakeel.language.problems import Problem, Problems
from wakeel.language.workspace import Workspace, read

Files = dict[str, str]
Reading = Callable[[Files], tuple[Workspace, Problems]]

NOOR, BRIGHT, LINKS = "clients/noor.yaml", "clients/bright.yaml", "connections.yaml"
MARK = "⟦"  # stands before the place that the problem must name, and is taken out of the file

WHOLE_WEEK = f"[{MARK}sunday, monday, tuesday, wednesday, thursday, friday, saturday]"

ROWS: list[tuple[str, str, str, str, str]] = [
    (NOOR, "client: noor", f"{MARK}clent: noor", "W4002", "Did you mean “client”?"),
    (NOOR, "client: noor\n", f"{MARK}colour: red\n", "W4003", "“client” is missing"),
    (NOOR, "client: noor", f"client: {MARK}Noor Bakery", "W4010", "“Noor Bakery” cannot be the id"),
    (NOOR, "client: noor", f"client: {MARK}shared", "W4010", "`shared` is taken"),
    (NOOR, "client: noor", f"{MARK}client: bright", "W4046", "has two files; the other is"),
    (BRIGHT, "client: bright\ntime_zone: Europe/London", f"{MARK}client: bright", "W4003", "“time_zone” is missing"),
    (NOOR, "Africa/Cairo", f"{MARK}Africa/Ciaro", "W4011", "Did you mean “Africa/Cairo”?"),
    (NOOR, "Africa/Cairo", f"{MARK}Cairo", "W4011", "No time zone “Cairo”"),
    (NOOR, "Africa/Cairo", f"{MARK}../../etc/passwd", "W4011", "region and city"),
    (NOOR, "Africa/Cairo", f"{MARK}Africa", "W4011", "region and city"),
    (NOOR, "Africa/Cairo", f"{MARK}xoxb-1234567890-abcdef", "W4020", "change the one that was here"),
    (NOOR, "language: ar", f"language: {MARK}fr", "W4008", "Choose one of: en, ar."),
    (NOOR, "starts: sunday", f"starts: {MARK}sonday", "W4008", "Did you mean “sunday”?"),
    (NOOR, "[friday, saturday]", f"[friday, {MARK}satday]", "W4008", "Did you mean “saturday”?"),
    (NOOR, "[friday, saturday]", f"{MARK}friday", "W4006", "is a list"),
    (NOOR, "[friday, saturday]", WHOLE_WEEK, "W4013", "nobody ever works"),
    (NOOR, "state: live", f"state:{MARK}", "W4007", "“state” is empty"),
    (NOOR, '"09:00-17:00"', f'{MARK}"17:00-09:00"', "W4012", "09:00-17:00"),
    (NOOR, '"09:00-17:00"', f"{MARK}all day", "W4012", "09:00-17:00"),
    (NOOR, '"09:00-17:00"', f"9:00-{MARK}25:00", "W2160", "25:00"),
    (NOOR, "until: 2027-03-11", "until: 2027-03-01", "W4014", "before it begins"),
    (NOOR, "date: 2027-03-09", f"date: {MARK}2027-02-30", "W2161", "2027-02-28"),
    (NOOR, "email: noor@example.com", "colour: red", "W4015", "has no address"),
    (NOOR, "noor@example.com", f"noor@{MARK}", "W2167", "at character 6"),
    (NOOR, "reach: [slack, mail]", f"reach: [slack, {MARK}fax]", "W4008", "page, mail, slack"),
    (NOOR, "  va:", f"  {MARK}The VA:", "W4009", "small letters"),
    (NOOR, "authority: templates", f"authority: {MARK}template", "W4008", "Did you mean “templates”?"),
    (NOOR, "colour: green", f"{MARK}quiet_hours: 22:00-07:00", "W4016", "not yet supported"),
    (NOOR, "colour: green", f"digits: {MARK}roman", "W4008", "latn, arab"),
    (NOOR, "state: live", f"state: {MARK}rehearsal", "W4016", "not yet supported"),
    (NOOR, "state: live", f"state: {MARK}alive", "W4008", "Did you mean “live”?"),
    (NOOR, "state: live", f"{MARK}stat: live", "W4002", "Did you mean “state”?"),
    (NOOR, "  triage:", f"  {MARK}triagge:", "W4050", "Did you mean “triage”?"),
    (NOOR, "  report:", f"  report: {MARK}live", "W4017", "Write `report: {state: live}`"),
    (NOOR, "slack: noor-slack", f"slack: {MARK}bright-slack", "W4041", "belongs to client “bright”"),
    (NOOR, "slack: noor-slack", f"slack: {MARK}noor-slak", "W4040", "Did you mean “noor-slack”?"),
    (NOOR, "slack: noor-slack", f"slack: {MARK}xoxb-1234567890-abcdef", "W4020", "secret://NAME"),
    (NOOR, "slack: noor-slack", f"{MARK}my slack: noor-slack", "W4009", "small letters"),
    (NOOR, "[noor-mailbox, noor-smtp]", f"[noor-mailbox, {MARK}gmail2]", "W4040", "has no connection “gmail2”"),
    (NOOR, "[noor-mailbox, noor-smtp]", f"{MARK}{{a: b}}", "W4005", "takes one value"),
    (NOOR, "address: 12 شارع النيل", f"wifi_password: {MARK}swordfish", "W4020", "change the one that was here"),
    (LINKS, "connections:\n", f"{MARK}conections:\n", "W4002", "Did you mean “connections”?"),
    (LINKS, "  noor-smtp:", f"  {MARK}Noor SMTP:", "W4031", "cannot be the name of a connection"),
    (LINKS, "connector: smtp", f"connector: {MARK}smpt", "W4033", "Did you mean “smtp”?"),
    (LINKS, "connector: smtp", f"connector: {MARK}schedule", "W4034", "works without an account"),
    (LINKS, "connector: smtp, ", "", "W4003", "“connector” is missing"),
    (LINKS, "client: noor, host: imap.example.org", "host: imap.example.org", "W4032", "whose it is"),
    (LINKS, "client: shared, base", f"client: {MARK}nour, base", "W4038", "Did you mean “noor”?"),
    (LINKS, "username: info", f"{MARK}user_name: info", "W4035", "Did you mean “username”?"),
    (LINKS, "host: smtp.example.com, ", "", "W4036", "needs “host”"),
    (LINKS, 'port: "465"', f"port: {MARK}70000", "W4037", "Port of the server, 1 to 65535."),
    (LINKS, 'port: "465"', f"port: {MARK}smtp", "W2150", "smtp"),
    (LINKS, "files_sent: yes", f"files_sent: {MARK}maybe", "W2154", "maybe"),
    (LINKS, "files_sent: yes", f"security: {MARK}ssl", "W4008", "tls, starttls, none"),
    (LINKS, "timeout: 1m", f"timeout: {MARK}1", "W2156", "1m"),
    (LINKS, "secret://NOOR_MAIL", f"{MARK}swordfish", "W4020", "secret://NAME"),
    (LINKS, "secret://NOOR_MAIL", f"{MARK}secret://noor mail", "W4021", "capital letters"),
    (LINKS, "username: info@example.com", f"username: {MARK}xoxb-1234567890-abcdef", "W4020", "secret://NAME"),
    (LINKS, '"secret://X"', f"{MARK}Basic swordfish", "W4020", "secret://NAME"),
]


def broken(files: Files, file: str, old: str, new: str) -> tuple[Files, tuple[int, int] | None]:
    """Return the files with one change, and the line and column of the mark."""
    assert files[file].count(old) == 1, old
    text = files[file].replace(old, new)
    before, mark, _ = text.partition(MARK)
    place = (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else None
    return files | {file: text.replace(MARK, "")}, place


@pytest.mark.parametrize(("file", "old", "new", "code", "said"), ROWS)
def test_a_wrong_workspace_is_explained_with_its_place(
    files: Files, reading: Reading, file: str, old: str, new: str, code: str, said: str
) -> None:
    changed, place = broken(files, file, old, new)
    problems = reading(changed)[1]
    found = [p for p in problems if p.code == code and p.place.file == file]
    assert found, [p.as_json() for p in problems]
    assert said in f"{found[0].message()} {found[0].hint()}"
    assert place in {None, (found[0].place.line, found[0].place.column)}
    for problem in problems:
        in_two_languages(problem)


def in_two_languages(problem: Problem) -> None:
    english, arabic = (f"{problem.message(lang)} {problem.hint(lang)}" for lang in ("en", "ar"))
    assert re.search("[\u0621-\u064a]{3}", arabic)
    assert not re.search("[\u0621-\u064a]", re.sub("[“`].*?[”`]", "", english))
    assert not re.search(r"\{[a-z_]+\}", english + arabic)
    assert "swordfish" not in english + arabic
    assert "xoxb" not in english + arabic


def test_the_connection_of_another_client_is_refused_with_the_line_in_the_client_s_file(
    files: Files, reading: Reading
) -> None:
    changed, place = broken(files, NOOR, "slack: noor-slack", f"slack: {MARK}bright-slack")
    (problem,) = reading(changed)[1]
    assert (problem.code, problem.place.file, (problem.place.line, problem.place.column)) == ("W4041", NOOR, place)
    assert problem.message() == "“bright-slack” belongs to client “bright”, not to “noor”."
    assert problem.message("ar") == "الاتصال «bright-slack» يخص العميل «bright» وليس «noor»."


def test_a_faulty_connection_is_not_called_missing_as_well(files: Files, reading: Reading) -> None:
    changed, _ = broken(files, LINKS, 'port: "465"', "port: smtp")
    assert [p.code for p in reading(changed)[1]] == ["W2150"]


def test_a_client_s_file_that_cannot_be_read_does_not_orphan_its_connections(files: Files, reading: Reading) -> None:
    changed, _ = broken(files, BRIGHT, "client: bright", "client: [")
    assert {p.place.file for p in reading(changed)[1]} == {BRIGHT}


def test_two_recipes_with_one_id_are_refused(files: Files, reading: Reading) -> None:
    (problem,) = reading(files | {"recipes/work/triage.yaml": "recipe: triage\n"})[1]
    assert (problem.code, problem.place.file) == ("W4047", "recipes/work/triage.yaml")
    assert "recipes/mail/triage.yaml" in problem.message()


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        (BRIGHT, "- bright\n", "W4001"),
        (BRIGHT, "# nobody yet\n", "W4001"),
        (BRIGHT, "bright\n", "W4001"),
        (LINKS, "- noor-slack\n", "W4030"),
    ],
)
def test_a_file_of_another_form_is_told_how_to_begin(
    files: Files, reading: Reading, file: str, text: str, code: str
) -> None:
    found = [p for p in reading(files | {file: text})[1] if p.place.file == file]
    assert [p.code for p in found] == [code]
    in_two_languages(found[0])


def test_a_reply_that_is_no_text_is_refused(shelf: Catalog) -> None:
    problems = Problems()
    read({"replies/thanks.md": b"\xff\xfe"}, shelf, problems)
    assert [p.code for p in problems] == ["W4048"]
