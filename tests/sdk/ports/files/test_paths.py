"""No path that anybody writes leads out of a connection's folder."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from wakeel.sdk import Rejected, Unavailable
from wakeel.sdk.ports.files import Root, safe_join

PIECES = [
    *("..", ".", "", "~", "C:", "عقد", "a", " ", "..\\", "…", "%2e%2e", "con", "link", "\u202e", "．．", "x" * 130),
    *("\x00", "\n", "\ud800", "..\u200f", "\u2215etc", "aux.txt", "ع" * 70, ".wakeel", "a\u0301", "link/..", "‥"),
]
BETWEEN = ["/", "/", "//", "\\", "", "\u2044"]


def generated(count: int) -> Iterator[str]:
    """Yield paths of names and marks that led out of somebody's folder once, and of any characters."""
    chance = Random(20261122)
    for _ in range(count):
        names = [chance.choice([*PIECES, chr(chance.randrange(0x3000))]) for _ in range(chance.randint(1, 6))]
        yield "".join(name + chance.choice(BETWEEN) for name in names)[: chance.choice([None, -1])]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a link that leads out of it, beside a file that must stay out of reach."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("secret")
    inside = outside / "root"
    inside.mkdir()
    (inside / "link").symlink_to(outside)
    (inside / "a").mkdir()
    return inside


@pytest.mark.parametrize("new", [True, False])
def test_ten_thousand_names_never_leave_the_root(root: Path, new: bool) -> None:
    joined = [found for path in generated(10_000) if (found := attempt(root, path, new=new))]
    assert 100 < len(joined) < 9_900
    for path in joined:
        assert path.resolve().is_relative_to(root)
        assert path != root
        assert all(len(name.encode()) <= (120 if new else 255) for name in path.relative_to(root).parts)


def attempt(root: Path, path: str, *, new: bool) -> Path | None:
    """Return what becomes of a path; None is a refusal in words."""
    try:
        return safe_join(root, path, new=new)
    except Rejected:
        return None


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "is empty"),
        ("/etc/passwd", "begin inside"),
        ("C:/Windows", "begin inside"),
        ("../secret.txt", "begins with a dot"),
        ("a/../../secret.txt", "begins with a dot"),
        ("a\\..\\secret.txt", "write “/” between"),
        ("a//b", "empty name"),
        ("a/", "empty name"),
        ("a/b\x00.txt", "cannot be seen"),
        ("a/\ud800.txt", "cannot be seen"),
        (".hidden", "begins with a dot"),
        ("a/CON.txt", "reserved"),
        ("a/" + "ب" * 128, "longer than 255"),
        ("/".join("a" * 21), "too long"),
        ("link/secret.txt", "through a link"),
    ],
)
def test_a_path_that_cannot_be_used_is_refused_in_words(root: Path, path: str, why: str) -> None:
    with pytest.raises(Rejected, match=why):
        safe_join(root, path)


@pytest.mark.parametrize("name", ["a:b", "what?", "x\u202efdp.exe", "end.", " front", "ع" * 61])
def test_a_name_that_not_every_disk_takes_can_be_read_but_not_given(root: Path, name: str) -> None:
    safe_join(root, name)
    with pytest.raises(Rejected):
        safe_join(root, name, new=True)


def test_arabic_names_are_one_name_however_they_are_written(tmp_path: Path) -> None:
    composed, decomposed = "أرشيف", unicodedata.normalize("NFD", "أرشيف")
    assert composed != decomposed
    assert safe_join(tmp_path, decomposed) == safe_join(tmp_path, composed)


def test_a_name_is_taken_as_the_disk_spells_it(tmp_path: Path) -> None:
    spelled = unicodedata.normalize("NFD", "أرشيف")
    (tmp_path / spelled).mkdir()
    (tmp_path / spelled / "Report.PDF").write_text("x")
    with Root.at(str(tmp_path)).place("أرشيف/report.pdf", new=True) as place:
        assert place.path == f"{spelled}/Report.PDF"


def test_a_link_that_is_put_there_after_the_check_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    inside = tmp_path / "root"
    (inside / "a").mkdir(parents=True)
    with Root.at(str(inside)).place("a/x.txt") as place:
        (inside / "a" / "x.txt").symlink_to(tmp_path / "outside")
        with pytest.raises(Rejected, match="is no file"):
            place.open()
    (inside / "a" / "x.txt").unlink()
    with Root.at(str(inside)).folder(["a"]) as (folder, _):
        (inside / "a").rename(inside / "moved")
        (inside / "a").symlink_to(tmp_path / "outside")
        os.close(os.open("new.txt", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    assert [p.name for p in (tmp_path / "outside").iterdir()] == []
    assert (inside / "moved" / "new.txt").exists()
    with pytest.raises(Rejected, match="no folder"), Root.at(str(inside)).folder(["a"]):
        pass


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with Root.at(str(tmp_path)).place("pipe") as place, pytest.raises(Rejected, match="no file"):
        place.open()


def test_a_folder_that_is_not_mounted_is_away_and_not_empty(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="mounted"):
        Root.at(str(tmp_path / "gone")).open()
