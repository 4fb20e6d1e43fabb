"""What people write and YAML misreads: each is refused in our own words, at its place, with what to write instead."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
import yaml

from wakeel.language.problems import Problem, Problems
from wakeel.language.source import load, read
from wakeel.language.source.finding import Refused
from wakeel.language.source.text import decode


class Row(NamedTuple):
    """A text, and the one problem that it has."""

    text: str
    code: str
    line: int
    column: int
    english: str
    arabic: str


# The number is the row of reliability.md, section 6; the others stand in section 2 of language.md.
ROWS = {
    "1 empty file": Row("", "W1003", 1, 1, "The file is empty.", "الملف فارغ"),
    "1 only a comment": Row("# later\n", "W1003", 1, 1, "Begin".casefold(), "wakeel new"),
    "2 a list first": Row("- a\n", "W1004", 1, 1, "A recipe begins with `recipe:`", "يبدأ الملف بقائمة"),
    "2 a text first": Row("hello\n", "W1005", 1, 1, "no `key: value` lines", "تبدأ الوصفة بـ `recipe:`"),
    "3 a tab": Row("steps:\n\t- a: b\n\t- c: d\n", "W1010", 2, 1, "Use two spaces for each level.", "مسافتين"),
    "3 a tab in a text of two lines": Row("a: b\nc: d\n\te\n", "W1010", 3, 1, "A tab is used to indent.", "Tab"),
    "4 twice": Row(
        "steps: a\nwhen: b\nsteps: c\n", "W1016", 3, 1, "“steps” is written twice (first on line 1).", "«steps»"
    ),
    "5 braces": Row(
        "text: {{ event.subject }}\n", "W1030", 1, 7, "`text: ${event.subject}`", "`text: ${event.subject}`"
    ),
    "5 braces and text": Row("a:\n  b: {{ x }} came\n", "W1030", 2, 6, "`b: ${x} came`", "`b: ${x} came`"),
    "5 text and braces": Row("b: New {{ x }}\n", "W1030", 1, 4, "`b: New ${x}`", "`b: New ${x}`"),
    "5 braces and a dollar": Row("b: ${{ x }}\n", "W1030", 1, 4, "`b: ${x}`", "`b: ${x}`"),
    "5 braces in a list": Row("b: [{{ x }}, c]\n", "W1030", 1, 5, '`"${x}"`', '`"${x}"`'),
    "6 colon": Row("text: Re: ${event.subject}\n", "W1031", 1, 7, '`text: "Re: ${event.subject}"`', '`text: "Re: ${'),
    "6 colon in an item": Row(
        "steps:\n- note: Re: a # b\n- note: c\n", "W1031", 2, 9, '`note: "Re: a"`', '`note: "Re: a"`'
    ),
    "6 colon at the end": Row("text: See below:\n", "W1031", 1, 7, '`text: "See below:"`', '`text: "See below:"`'),
    "6 colon in an expression": Row(
        'a: ${x | default("a: b")}\n', "W1031", 1, 4, """`a: '${x | default("a: b")}'`""", "`a: '${x | default("
    ),
    "7 expression in a map": Row(
        "values: {meeting: ${hold.start}}\n", "W1032", 1, 19, "Inside `{ }` a `${…}` needs quotes.", '`"${hold.start}"`'
    ),
    "7 expression in a list": Row("to: [a, Re ${b} c]\n", "W1032", 1, 9, '`"Re ${b} c"`', "داخل `[ ]`"),
    "7 expression in lines": Row("to: {\n  a: ${b},\n  }\n", "W1032", 2, 6, '`a: "${b}"`', "داخل `{ }`"),
    "8 comment": Row("channel: #general\n", "W1033", 1, 10, "so “channel” is empty", '`channel: "#general"`'),
    "8 comment as an item": Row("to:\n  - #general\n", "W1033", 2, 5, '`"#general"`', '`"#general"`'),
    "8 comment in a list": Row("to: [#general, b]\n", "W1034", 1, 6, '`"#general"`', "تعليق"),
    "8 comment cuts an expression": Row(
        'a: ${x | default(" #b")}\n', "W1034", 1, 4, """`a: '${x | default(" #b")}'`""", "تنتهي القيمة قبله"
    ),
    "8 comment cuts a text": Row("a: Order #5\n", "W1034", 1, 4, '`a: "Order #5"`', '`a: "Order #5"`'),
    "8 comment cuts an item": Row("a: [b #c]\n", "W1034", 1, 5, '`"b #c"`', '`"b #c"`'),
    "9 at sign": Row("to: @client\n", "W1023", 1, 5, "cannot begin with `@`", '`to: "@client"`'),
    "9 at sign in a list": Row("to: [a, @client]\n", "W1023", 1, 9, '`"@client"`', '`"@client"`'),
    "9 backtick": Row("to: `x`\n", "W1023", 1, 5, '`to: "`x`"`', '`to: "`x`"`'),
    "9 per cent": Row("rate: %10\n", "W1023", 1, 7, '`rate: "%10"`', '`rate: "%10"`'),
    "9 dash": Row("text: - a\n", "W1023", 1, 7, '`text: "- a"`', '`text: "- a"`'),
    "9 more than": Row("text: > 50\n", "W1023", 1, 7, '`text: "> 50"`', '`text: "> 50"`'),
    "9 bar": Row("text: | a\n", "W1023", 1, 7, '`text: "| a"`', '`text: "| a"`'),
    "10 tag": Row("label: !important\n", "W1022", 1, 8, '`label: "!important"`', '`label: "!important"`'),
    "10 tag on a map": Row("a: !b\n  c: d\n", "W1022", 1, 4, "tags are not allowed", "الوسوم غير مسموحة"),
    "10 tag with a handle": Row("a: !b!c d\n", "W1022", 1, 4, '`a: "!b!c d"`', '`a: "!b!c d"`'),
    "11 python tag": Row("x: !!python/object/apply:os.system [id]\n", "W1022", 1, 4, "tags are not allowed", "وسم"),
    "12 bracket": Row("into: [urgent, later\n", "W1035", 1, 7, "The `[` on line 1 has no `]`.", "السطر 1"),
    "12 bracket and more": Row("a: b\ninto: {c: d\ne: f\n", "W1035", 2, 7, "The `{` on line 2 has no `}`.", "السطر 2"),
    "12 inner bracket": Row("a: {b: [c, d}\n", "W1035", 1, 8, "The `[` on line 1 has no `]`.", "`]`"),
    "12 stray bracket": Row("a: [b]]\n", "W1043", 1, 7, "This `]` closes nothing.", "`]`"),
    "12 no comma": Row("a: [b\n  ,\n  'c'\n  'd']\n", "W1042", 4, 3, "A `,` is missing here", "ناقصة"),
    "13 Arabic comma": Row("into: [urgent، later]\n", "W1039", 1, 14, "This comma is Arabic (،).", "هذه الفاصلة عربية"),
    "13 Arabic comma in a map": Row("a: {b: 1، c: 2}\n", "W1039", 1, 9, "Between items write `,`", "اكتب بين العناصر"),
    "14 quote": Row('text: "New mail\n', "W1036", 1, 7, "The quote opened on line 1 is never closed.", "السطر 1"),
    "14 quote before others": Row('a: b\ntext: "New\nc: "d"\n', "W1036", 2, 7, "opened on line 2", "السطر 2"),
    "14 quote before a comment": Row('text: "New\nc: "#d"\ne: f\n', "W1036", 1, 7, "opened on line 1", "السطر 1"),
    "15 apostrophe": Row("text: 'it's done'\n", "W1037", 1, 7, '`text: "it\'s done"`', '`text: "it\'s done"`'),
    "15 quotes in quotes": Row('text: "a "b" c"\n', "W1037", 1, 7, "`text: 'a \"b\" c'`", "`text: 'a \"b\" c'`"),
    "15 text behind a quote": Row('text: "a" b\n', "W1037", 1, 7, "ends the text", "تُنهي النص"),
    "16 two documents": Row("a: b\n---\nc: d\n", "W1007", 2, 1, "two recipes in one file", "وصفتان في ملف واحد"),
    "16 two documents with an end": Row("a: b\n...\nc: d\n", "W1007", 3, 1, "Give each its own file", "مستند ثانٍ"),
    "49 quote": Row('if: "promo" == triage.label\n', "W1040", 1, 5, '`if: triage.label == "promo"`', "اقلب ترتيبه"),
    "49 quote and in": Row(
        "only_if: 'a' in b.c\n", "W1040", 1, 10, "`only_if: ('a' in b.c)`", "`only_if: ('a' in b.c)`"
    ),
    "49 list": Row("until: [a] == b\n", "W1040", 1, 8, "`until: ([a] == b)`", "`until: ([a] == b)`"),
    "49 list alone": Row("if: [a]\n", "W1040", 1, 5, "A condition cannot begin with", "لا يبدأ الشرط"),
    "49 map": Row("if: {a: b} == c\n", "W1040", 1, 5, '`if: "({a: b} == c)"`', "لا يبدأ الشرط"),
    "49 exclamation": Row(
        "a:\n- if: !event.automatic\n- b\n", "W1040", 2, 7, "`if: not event.automatic`", "`if: not event.aut"
    ),
    "anchor": Row("a: &b c\n", "W1020", 1, 4, "anchors and aliases", '`a: "&b c"`'),
    "anchor on a list": Row("a: &b\n  - c\n", "W1020", 1, 4, "are not allowed", "غير مسموحة"),
    "alias": Row("a: *b\n", "W1020", 1, 4, '`a: "*b"`', '`a: "*b"`'),
    "star": Row("a: **bold**\n", "W1020", 1, 4, '`a: "**bold**"`', '`a: "**bold**"`'),
    "merge key": Row("a: b\n<<: {c: d}\n", "W1021", 2, 1, "`<<` (merging) is not allowed.", "الدمج"),
    "direction mark in a key": Row(
        "a: b\n\u200fwhen: c\n", "W1015", 2, 1, "(U+200F) stands in the key “when”", "«when»"
    ),
    "direction control in a key": Row("wh\u202een: c\n", "W1015", 1, 3, "(U+202E)", "حرف غير مرئي"),
    "no-break spaces as indentation": Row("a:\n \u00a0b: c\n \u00a0d: e\n", "W1044", 2, 2, "(U+00A0)", "U+00A0"),
    "a no-break space behind a colon": Row("a:\n  b:\u00a0c\n", "W1044", 2, 5, "type spaces", "مسافات عادية"),
    "a code block of a chat": Row("```yaml\na: b\n```\n", "W1045", 1, 1, "a code block", "منسوخ"),
    "lines of a chat": Row("[11/22, 9:30 AM] Mona: a: b\nc: d\n", "W1046", 1, 1, "copied from a chat", "محادثة"),
    "no-break space in a key in quotes": Row('"a\u00a0b": c\n', "W1015", 1, 3, "(U+00A0)", "U+00A0"),
    "a map as a key": Row("{a: b}: c\n", "W1014", 1, 1, "Write `key: value`.", "كلمة أو نص بسيط"),
    "no key": Row("?\n: c\n", "W1014", 1, 2, "A key is a plain word or text", "المفتاح"),
    "curly quotes": Row("text: “New: mail”\n", "W1038", 1, 7, '`text: "New: mail"`', "المعقوفة"),
    "curly quotes in a list": Row("to: [“a”, b]\n", "W1038", 1, 6, '`"a"`', '`"a"`'),
    "curly quotes around a key": Row("“a”: b\n", "W1038", 1, 1, '`"a"`', '`"a"`'),
    "no colon": Row("a: b\nsteps\nc: d\n", "W1012", 2, 1, "`steps:`", "`steps:`"),
    "no colon before a list": Row("steps\n  - a: b\n", "W1012", 1, 1, "`steps:`", "`steps:`"),
    "no space after the colon": Row("a: b\nc:d\ne: f\n", "W1012", 2, 1, "`c: d`", "`c: d`"),
    "indentation": Row("a:\n  b: c\n   d: e\n", "W1011", 3, 4, "does not fit the lines above it", "لا ينسجم"),
    "indentation of an item": Row("- a: b\n c: d\n", "W1011", 2, 2, "Check the spaces at its beginning", "المسافات"),
    "escape": Row('path: "C:\\Users"\n', "W1041", 1, 7, "`path: 'C:\\Users'`", "`path: 'C:\\Users'`"),
    "control character": Row("a: b\x07c\n", "W1006", 1, 5, "(U+0007)", "حرف تحكم"),
    "line separator": Row("a: b\nc: d\u2028e\n", "W1006", 2, 5, "(U+2028)", "احذفه"),
    "directive": Row("%FOO\na: b\n", "W1013", 1, 5, "cannot be read as YAML", "تتعذر قراءة"),
}
FASTER: list[Any] = [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_it_is_refused_at_its_place_in_both_languages(row: Row) -> None:
    problem = only_problem(row.text.encode())
    assert (problem.code, problem.place.line, problem.place.column) == (row.code, row.line, row.column)
    assert problem.place.end_column > problem.place.column
    assert row.english in said(problem, "en")
    assert row.arabic in said(problem, "ar")


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_windows_line_ends_and_a_byte_order_mark_move_no_place(row: Row) -> None:
    problem = only_problem(b"\xef\xbb\xbf" + row.text.replace("\n", "\r\n").encode())
    assert problem == only_problem(row.text.encode())


# Said of the whole document by `load`, or in the parser's own place.
APART = ("W1003", "W1004", "W1005", "W1013")


@pytest.mark.parametrize("row", [row for row in ROWS.values() if row.code not in APART])
def test_both_of_yamls_loaders_lead_to_the_same_problem(row: Row) -> None:
    for loader in FASTER:
        problems = Problems()
        text = decode(row.text.encode(), "x.yaml", problems)
        assert text
        try:
            read(text, problems, loader)
        except Refused:
            assert problems
        assert [(p.code, p.place.line, p.place.column) for p in problems if p.code == row.code] == [row[1:4]]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a: b\nc: \0d\n", "W1001", 2, 4),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "W1001", 1, 1),
        ("a: b\n".encode("utf-16"), "W1001", 1, 1),
        ("a: b\n".encode("utf-16-le"), "W1001", 1, 2),
        ("a: é\nb: عقد\n".encode("cp1256", "replace"), "W1001", 1, 4),
        (b"a: " + b"x" * 300_000, "W1002", 1, 1),
    ],
    ids=["NUL", "picture", "UTF-16", "UTF-16 without mark", "windows-1256", "300 kB"],
)
def test_what_is_no_text_of_ours_is_refused(data: bytes, code: str, line: int, column: int) -> None:
    problem = only_problem(data)
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)
    assert "UTF-8" in said(problem, "ar") or "293 KiB" in said(problem, "en")


def test_depth_and_number_of_values_have_an_end() -> None:
    assert only_problem(("a: " + "[" * 31 + "]" * 31).encode()).code == "W1008"
    assert load(("a: " + "[" * 29 + "]" * 29).encode(), "x.yaml", Problems())
    assert only_problem(b"a:\n" + b"- b\n" * 19_998).code == "W1009"
    assert load(b"a:\n" + b"- b\n" * 19_997, "x.yaml", Problems())


def test_a_comment_with_a_space_behind_its_sign_is_a_comment() -> None:
    problems = Problems()
    load(b"a: ${x}   # what comes\nb: # a list\n  - c # d\ne: # nothing\nf: [g, h] # i\n", "x.yaml", problems)
    assert problems == []


def test_curly_quotes_braces_and_commas_inside_of_quotes_are_left_alone() -> None:
    problems = Problems()
    load(
        'a: "{{ x }}, “b”"\nc: “d” said e\nf: ["g، h"]\ni: {ar: مرحبا، كيف}\nj: |\n  {{ k }} #l\n'.encode(),
        "x.yaml",
        problems,
    )
    assert problems == []


def test_a_condition_wholly_in_quotes_is_read() -> None:
    problems = Problems()
    load(b"if: \"a == 'b: c'\"\n", "x.yaml", problems)
    assert problems == []


def test_what_may_be_a_secret_is_not_echoed() -> None:
    for text in ("password: @hunter2", "api_key: hunter2: a", "a: {token: @hunter2}", "secret: #hunter2"):
        problem = only_problem(text.encode())
        assert "hunter2" not in said(problem, "en") + said(problem, "ar")


def test_a_long_line_is_shown_in_part() -> None:
    assert len(said(only_problem(b"a: b: " + b"c" * 5000), "en")) < 200


def said(problem: Problem, language: Any) -> str:
    return f"{problem.message(language)} {problem.hint(language)}"


def only_problem(data: bytes) -> Problem:
    problems = Problems()
    load(data, "x.yaml", problems)
    (problem,) = problems
    return problem
