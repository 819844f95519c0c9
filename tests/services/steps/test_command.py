import pytest

from app.services.steps.command import Command, Done, canonical, payload_hash, run_command
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused


def test_an_act_runs_once_and_answers_the_same(desk):
    ran = []

    def act(_book):
        ran.append(1)
        return Done({"number": len(ran)}, "desk", None, {"note": "x"})

    command = Command(new_id(desk), "try", {"a": 1})
    assert run_command(desk, command, act) == run_command(desk, command, act) == {"number": 1}
    assert ran == [1]
    with desk.open_book() as book:
        assert book.audit.verify(412).entries == 1
    for other in (
        Command(command.command_id, "try", {"a": 2}),
        Command(command.command_id, "b", {}),
    ):
        with pytest.raises(Refused) as refused:
            run_command(desk, other, act)
        assert refused.value.kind is RefusalKind.CONFLICT


def test_a_fault_leaves_neither_receipt_nor_audit(desk):
    def act(_book):
        message = "half way"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        run_command(desk, Command(new_id(desk), "try", {}), act)
    with desk.open_book() as book:
        assert book.audit.verify(412).entries == 0


def test_the_hash_does_not_depend_on_order_and_the_payload_hides():
    one = Command(None, "try", {"a": 1, "b": "ACUPR7085K"})
    other = Command(None, "try", {"b": "ACUPR7085K", "a": 1})
    assert payload_hash(one) == payload_hash(other)
    assert "7085" not in repr(one)
    assert canonical({"b": 1, "a": "₹"}) == '{"a":"₹","b":1}'
