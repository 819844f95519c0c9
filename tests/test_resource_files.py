import pytest

from app.resource_files import ResourceMissingError, resource


def test_a_shipped_file_is_found():
    assert resource("rules/words.json").is_file()


@pytest.mark.parametrize("name", ["rules/absent.json", "../pyproject.toml"])
def test_other_names_are_refused(name):
    with pytest.raises(ResourceMissingError):
        resource(name)
