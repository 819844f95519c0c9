from app.ui.widgets.group_words import group_words
from db.vocabulary.operations import ModelGroup


def test_every_group_has_a_short_name_of_its_own():
    names = [group_words(group) for group in ModelGroup]
    assert len(set(names)) == len(ModelGroup)
    assert all(0 < len(name) <= 10 for name in names)
    assert group_words(str(ModelGroup.BURDEN)) == "loan size"


def test_no_group_has_no_name():
    assert group_words(None) == ""
