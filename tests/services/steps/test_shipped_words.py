from app.services.steps.shipped_words import shipped_words


def test_the_lists_are_read_once_and_fall_back_to_english():
    assert shipped_words() is shipped_words()
    assert shipped_words().label("model_group", "S") == "Security"
    assert shipped_words("hi").label("model_group", "S") == "प्रतिभूति"
    assert shipped_words("kn").label("model_group", "S") == "Security"
