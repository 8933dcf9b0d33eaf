from __future__ import annotations

import csv
import io
import unicodedata
import zipfile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.spreadsheets import read

NAMES = [
    "Jennifer Null", "NA", "None", "True", "O'Brien", "D’Souza", "Cher", "Łukasz Żak",
    "Nguyễn Thị Thu Hà", "Anna Smith-Jones", "SMITH, Anna", "007", "=SUM(A1)", "-", "N/A", "NaN",
]  # fmt: skip
CELLS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]) | st.sampled_from(" ,;\n\"'"),
    max_size=12,
).map(lambda text: unicodedata.normalize("NFC", " ".join(text.split(" "))).strip())
unhurried = settings(deadline=None)


def written(rows: list[list[str]], separator: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue()


def names(content: bytes) -> list[str]:
    return [row.cells["Name"] for row in read(content).rows]


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_whatever_program_saved_it(
    separator: str, ending: str, encoding: str
) -> None:
    lines = ["Name", "Class"], ["Zoë D’Souza", "Beech"], ["Émile O'Brien", "Oak, upper"]
    text = written(list(lines), separator).replace("\r\n", ending)
    sheet = read(text.encode(encoding))
    assert sheet.headings == ("Name", "Class")
    assert [tuple(row.cells.values()) for row in sheet.rows] == [tuple(row) for row in lines[1:]]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_a_name_and_never_missing(name: str) -> None:
    content = written([["UPN", "Name"], ["A1", name], ["", name]]).encode()
    assert names(content) == [name, name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_outside_windows_1252_survive(encoding: str) -> None:
    text = "Name\nŁukasz\nNguyễn Thị Thu Hà\nЕлена\n李小龙\n"
    assert names(text.encode(encoding)) == ["Łukasz", "Nguyễn Thị Thu Hà", "Елена", "李小龙"]


def test_decomposed_accents_are_composed_in_cells_and_headings() -> None:
    content = unicodedata.normalize("NFD", "Prénom,Nom\nZoë,Müller\n").encode()
    sheet = read(content)
    assert sheet.headings == ("Prénom", "Nom")
    assert dict(sheet.rows[0].cells) == {"Prénom": "Zoë", "Nom": "Müller"}


def test_marks_that_nobody_sees_are_taken_out_of_cells() -> None:
    content = "Name,Class\n\u202eAnna\u200b\u00a0,\u00a0Year\u00a03\x07\n".encode()
    assert tuple(read(content).rows[0].cells.values()) == ("Anna", "Year 3")


def test_a_row_says_on_which_line_of_the_file_it_begins() -> None:
    content = b'\n,,\nName,Address\nAnna,"1 High St\nLondon"\n\n , \nBen,"2 Low St"\n'
    assert [(row.line_number, row.cells["Name"]) for row in read(content).rows] == [
        (4, "Anna"),
        (8, "Ben"),
    ]


def test_line_breaks_and_quotation_marks_in_a_cell_are_kept() -> None:
    content = b'Name,Address\r\n"Robert ""Bob"" Hay","1 High St\r\nLondon, N1"\r\n'
    cells = read(content).rows[0].cells
    assert cells == {"Name": 'Robert "Bob" Hay', "Address": "1 High St\nLondon, N1"}


def test_spaces_after_a_separator_do_not_break_a_quoted_cell() -> None:
    assert names(b'Class, Name\nOak, "SMITH, Anna"\n') == ["SMITH, Anna"]


def test_rows_that_are_too_short_or_too_long_are_reported_and_not_lost() -> None:
    good, short, long, padded = read(b"Name,Class\nA,1\nB\nC,3,x,y\nD,4,,\n").rows
    assert (good.complaint, padded.complaint) == ("", "")
    assert (short.cells, short.missing) == ({"Name": "B", "Class": ""}, 1)
    assert (long.cells, long.surplus) == ({"Name": "C", "Class": "3"}, ("x", "y"))
    assert "fewer cells" in short.complaint
    assert "more cells" in long.complaint


@pytest.mark.parametrize(
    ("line", "headings"),
    [
        ("Name,,Class", ("Name", "Column 2", "Class")),
        ("Name,Name,Name (2)", ("Name", "Name (2)", "Name (2) (2)")),
        ("Name,Class,,", ("Name", "Class")),
        ('"Surname, Forename";DOB', ("Surname, Forename", "DOB")),
        ("Surname, Forename;DOB;UPN", ("Surname, Forename", "DOB", "UPN")),
        ("Name", ("Name",)),
    ],
)
def test_every_heading_gets_a_name_of_its_own(line: str, headings: tuple[str, ...]) -> None:
    assert read(f"{line}\nx\n".encode()).headings == headings


@pytest.mark.parametrize("told", [";", "\t", "|"])
def test_the_separator_that_excel_names_in_a_first_line_is_believed(told: str) -> None:
    content = f"sep={told}\r\nName{told}A, B and C\r\nAnna{told}x\r\n".encode()
    row = read(content).rows[0]
    assert (row.line_number, dict(row.cells)) == (3, {"Name": "Anna", "A, B and C": "x"})


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "no rows"),
        (b"\xef\xbb\xbf\r\n ,\r\n", "no rows"),
        (b"Name,Class\n", "no rows"),
        (workbook(), "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "save it as CSV"),
        (b"%PDF-1.7\n", "save it as CSV"),
        (b"Name\nAn\0na\n", "save it as CSV"),
        (b"\x81\x8d\0\x8f" * 9, "save it as CSV"),
        ("Name\nAnna\n".encode("utf-16-le"), "save it as CSV"),
        ("Name\nAnna\n".encode("utf-32"), "save it as CSV"),
        (b"Name\nZo\x81\n", "CSV UTF-8"),
        (b"\xff\xfeN", "CSV UTF-8"),
        (b'Name,Class\nAnna,Oak\n"Ben,Oak\nCara,Oak\n', "on line 3"),
        (b'Name\n"Anna" Bell\n', "on line 2"),
        (b"Name\n" + b"x" * 200_000, "near line 2"),
        (b"Name\n" + b"Anna Bell\n" * 2_200_000, "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, advice: str) -> None:
    with pytest.raises(Refused, match=advice) as refusal:
        read(content)
    assert "Anna" not in str(refusal.value)


def test_a_damaged_utf_8_file_is_not_passed_off_as_windows_1252() -> None:
    with pytest.raises(Refused, match="CSV UTF-8"):
        read("Name\nŁukasz\n".encode() + b"\xff\n")


@unhurried
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(",;\t"),
)
def test_what_was_written_is_what_is_read(rows: list[list[str]], separator: str) -> None:
    assume(all(any(row) for row in rows))
    content = written([["Name", "Class", "Notes"], *rows], separator).encode("utf-8-sig")
    assert [list(row.cells.values()) for row in read(content).rows] == rows


@unhurried
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    try:
        sheet = read(content)
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert all(tuple(row.cells) == sheet.headings for row in sheet.rows)
