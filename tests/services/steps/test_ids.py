from app.services.steps.ids import keyed_command_id, new_id


def test_ids_rise_while_the_clock_stands(desk):
    made = [new_id(desk) for _ in range(200)]
    assert made == sorted(set(made))


def test_a_key_means_one_command_at_one_branch():
    assert keyed_command_id(412, "slip 17") == keyed_command_id(412, "slip 17")
    assert keyed_command_id(412, "slip 17") != keyed_command_id(413, "slip 17")
