from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from creator.history import History


def test_undo_and_redo_walk_the_line() -> None:
    history = History("a")
    assert not history.can_undo
    assert not history.can_redo
    history.push("b", "to b")
    history.push("c", "to c")
    assert history.undo_label == "to c"
    assert history.undo() == "b"
    assert (history.undo_label, history.redo_label) == ("to b", "to c")
    assert history.undo() == "a"
    assert history.undo() == "a"
    assert history.redo() == "b"
    assert history.push("d", "to d")
    assert not history.can_redo
    assert history.redo() == "d"


def test_an_equal_value_is_no_step() -> None:
    history = History(1)
    assert not history.push(1, "nothing")
    assert not history.can_undo


def test_one_drag_is_one_step() -> None:
    history = History(0)
    for value in range(1, 50):
        history.push(value, "drag", merge_key="age")
    history.close_merge()
    history.push(100, "drag", merge_key="age")
    assert history.undo() == 49
    assert history.undo() == 0


def test_another_key_ends_the_merge() -> None:
    history = History(0)
    history.push(1, "age", merge_key="age")
    history.push(2, "nose", merge_key="nose")
    history.push(3, "nose", merge_key="nose")
    history.push(4, "typed")
    assert [history.undo(), history.undo(), history.undo()] == [3, 1, 0]


def test_a_drag_back_to_its_beginning_is_no_step() -> None:
    history = History(0)
    history.push(1, "other")
    for value in (2, 3, 1):
        history.push(value, "drag", merge_key="age")
    history.close_merge()
    assert history.current == 1
    assert history.undo() == 0


def test_undo_in_the_middle_of_a_drag_takes_the_drag_back() -> None:
    history = History(0)
    history.push(1, "drag", merge_key="age")
    history.push(2, "drag", merge_key="age")
    assert history.undo() == 0
    history.push(3, "drag", merge_key="age")
    assert history.undo() == 0


def test_saved_follows_the_value() -> None:
    history = History(0)
    assert history.is_saved
    history.push(1, "one")
    assert not history.is_saved
    history.mark_saved()
    history.push(2, "two", merge_key="k")
    assert not history.is_saved
    history.undo()
    assert history.is_saved
    history.push(2, "two")
    history.push(1, "by hand")
    assert history.is_saved


def test_saving_in_a_drag_keeps_the_saved_value_reachable() -> None:
    history = History(0)
    history.push(1, "drag", merge_key="k")
    history.mark_saved()
    history.push(2, "drag", merge_key="k")
    assert history.undo() == 1
    assert history.is_saved


def test_the_oldest_steps_are_forgotten() -> None:
    history = History(0, maximum_steps=3)
    for value in range(1, 10):
        history.push(value, str(value))
    assert [history.undo() for _ in range(4)] == [8, 7, 6, 6]


def test_reset_begins_anew() -> None:
    history = History(0)
    history.push(1, "one")
    history.reset(7)
    assert history.current == 7
    assert history.is_saved
    assert not history.can_undo


@given(st.lists(st.one_of(st.tuples(st.integers(0, 3), st.sampled_from([None, "a", "b"])), st.just("undo"))))
def test_redo_takes_every_undo_back(actions: list[tuple[int, str | None] | str]) -> None:
    history = History(-1, maximum_steps=8)
    for action in actions:
        if action == "undo":
            history.undo()
        else:
            value, key = action
            history.push(value, "edit", merge_key=key)
            assert history.current == value
    history.close_merge()
    top = history.current
    steps = 0
    while history.can_undo:
        before = history.current
        assert history.undo() != before
        steps += 1
    assert steps <= 8
    for _ in range(steps):
        history.redo()
    assert history.current == top


def test_the_steps_can_be_listed_and_gone_to() -> None:
    history = History(0)
    for value, label in ((1, "one"), (2, "two"), (3, "three")):
        history.push(value, label)
    history.mark_saved()
    assert history.labels == ("", "one", "two", "three")
    assert history.values == (0, 1, 2, 3)
    assert history.go_to(1) == 1
    assert (history.position, history.undo_label, history.redo_label) == (1, "one", "two")
    assert history.go_to(99) == 3
    assert history.is_saved
    assert history.go_to(-5) == 0


def test_a_change_to_all_values_is_not_undone() -> None:
    history = History("a")
    history.push("b", "b")
    history.mark_saved()
    history.push("c", "c")
    history.change_all(str.upper)
    assert history.undo() == "B"
    assert history.is_saved
    assert history.undo() == "A"


def test_a_value_whose_file_is_gone_is_not_saved() -> None:
    history = History(0)
    assert history.is_saved
    history.forget_saved()
    assert not history.is_saved
    history.change_all(lambda value: value + 1)
    assert not history.is_saved
    history.mark_saved()
    assert history.is_saved
