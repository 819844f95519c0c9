from app.services.steps.progress import StoppedError, never, silent


def test_a_stop_says_what_was_done():
    assert StoppedError(1240, 5000).sentence == "Stopped after 1,240 of 5,000; nothing was saved"
    assert silent(1, 2) is None
    assert never() is False
