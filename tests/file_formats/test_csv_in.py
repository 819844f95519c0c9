from pathlib import Path

import pytest

from app.file_formats.csv_in import CsvFileError, file_sha256, find_shape, read_rows


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (b"a,b\n1,2\n", "utf-8-sig", ","),
        (b"a;b\r\n1,5;2\r\n", "utf-8-sig", ";"),
        (b"a\tb\n1\t2\n", "utf-8-sig", "\t"),
        (b"\xef\xbb\xbfa|b\n1|2\n", "utf-8-sig", "|"),
        (b"a,b\ncaf\xe9,2\n", "cp1252", ","),
    ],
)
def test_encoding_and_delimiter_are_found(tmp_path, content, encoding, delimiter):
    path = written(tmp_path, content)
    shape = find_shape(path)
    assert (shape.encoding, shape.delimiter) == (encoding, delimiter)
    assert shape.columns == ("a", "b")
    assert len(list(read_rows(path, shape))) == 1


def test_rows_keep_their_number_and_blank_lines_say_nothing(tmp_path):
    path = written(tmp_path, b'a,b\n1,"x\ny"\n\n3,4,5\n6,7\n')
    rows = list(read_rows(path, find_shape(path)))
    assert [row.number for row in rows] == [2, 4, 5]
    assert rows[0].values == {"a": "1", "b": "x\ny"}
    assert rows[1].values is None
    assert rows[1].width == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b",,\n1,2,3\n", "no column names"),
        (b"a,b,a\n1,2,3\n", "names a column twice"),
        (b"a,b\n1,\x00\n", "is not text"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, words):
    with pytest.raises(CsvFileError, match=words):
        find_shape(written(tmp_path, content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    for act in (find_shape, file_sha256):
        with pytest.raises(CsvFileError, match=r"nowhere\.csv"):
            act(tmp_path / "nowhere.csv")


def test_a_field_without_end_is_refused(tmp_path):
    path = written(tmp_path, b'a,b\n1,"' + b"x" * 200_000 + b'"\n')
    with pytest.raises(CsvFileError, match="to its end"):
        list(read_rows(path, find_shape(path)))


def test_the_hash_follows_the_content(tmp_path):
    first = file_sha256(written(tmp_path, b"a\n1\n"))
    assert first != file_sha256(written(tmp_path, b"a\n2\n"))
    assert len(first) == 64


def test_rows_are_read_one_at_a_time(tmp_path):
    path = written(tmp_path, b"a,b\n" + b"1,2\n" * 100_000)
    rows = read_rows(path, find_shape(path))
    assert next(rows).number == 2
    rows.close()
