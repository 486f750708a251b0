from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from creator.errors import ModelError
from creator.onnx_graph import MAXIMUM_NODES, check_graph, select_outputs

ALL = ("portrait", "albedo", "normals", "depth", "masks", "landmarks")


@pytest.fixture(scope="module")
def whole(make_graph: Callable[..., bytes]) -> bytes:
    return make_graph(16, 5, ALL, "batch")


def run(model: bytes, names: tuple[str, ...], people: int = 2) -> list[np.ndarray]:
    random = np.random.default_rng(1)
    feeds = {"attributes": random.normal(size=(people, 5)), "identity": random.normal(size=(people, 64))}
    session = InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(list(names), {name: array.astype(np.float32) for name, array in feeds.items()})


@pytest.mark.parametrize("names", [("portrait",), ("landmarks",), ("masks", "depth"), ALL])
def test_a_part_gives_the_same_and_nothing_else(whole: bytes, names: tuple[str, ...]) -> None:
    part = select_outputs(whole, names)
    model = onnx.load_from_string(part)
    onnx.checker.check_model(model, full_check=True)
    assert [output.name for output in model.graph.output] == list(names)
    assert [entry.name for entry in model.graph.input] == ["attributes", "identity"]
    for one, other in zip(run(part, names), run(whole, names), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_part_has_only_what_it_needs(whole: bytes) -> None:
    model = onnx.load_from_string(select_outputs(whole, ["landmarks"]))
    assert {node.op_type for node in model.graph.node} == {"MatMul", "Add", "Reshape"}
    assert {entry.name for entry in model.graph.initializer} == {"to_points", "rest", "as_points"}


def test_an_output_that_is_not_there_is_named(whole: bytes) -> None:
    with pytest.raises(ModelError, match="no output 'portait'"):
        select_outputs(whole, ["portait"])


def test_our_graphs_may_run(whole: bytes) -> None:
    check_graph(whole, "here")


def one_node(operator: str, domain: str = "", **more: object) -> onnx.ModelProto:
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    node = helper.make_node(operator, ["x"], ["y"], domain=domain, **more)
    return helper.make_model(helper.make_graph([node], "g", [value], [result]))


def with_initializer(change: Callable[[onnx.TensorProto], None]) -> onnx.ModelProto:
    model = one_node("Relu")
    tensor = numpy_helper.from_array(np.ones(4, np.float32), "w")
    change(tensor)
    model.graph.initializer.append(tensor)
    return model


def outside(tensor: onnx.TensorProto) -> None:
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")


def gigantic(tensor: onnx.TensorProto) -> None:
    del tensor.dims[:]
    tensor.dims.extend([1 << 20, 1 << 20])


def unlike(tensor: onnx.TensorProto) -> None:
    tensor.dims[0] = 5


def words(tensor: onnx.TensorProto) -> None:
    tensor.data_type = TensorProto.STRING


def looping() -> onnx.ModelProto:
    return one_node("Relu", body=one_node("Relu").graph)


def functions() -> onnx.ModelProto:
    model = one_node("Relu")
    model.functions.append(helper.make_function("d", "f", ["x"], ["y"], [], [helper.make_opsetid("", 18)]))
    return model


def foreign() -> onnx.ModelProto:
    model = one_node("Relu")
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def constant_outside() -> onnx.ModelProto:
    tensor = numpy_helper.from_array(np.ones(4, np.float32), "w")
    outside(tensor)
    model = one_node("Relu")
    model.graph.node.append(helper.make_node("Constant", [], ["c"], value=tensor))
    return model


def sparse() -> onnx.ModelProto:
    model = one_node("Relu")
    model.graph.sparse_initializer.add()
    return model


def endless() -> onnx.ModelProto:
    model = one_node("Relu")
    for number in range(MAXIMUM_NODES):
        model.graph.node.append(helper.make_node("Relu", ["x"], [f"y{number}"]))
    return model


def many_constants() -> onnx.ModelProto:
    model = with_initializer(lambda tensor: None)
    for number in range(3):  # each below the limit
        tensor = TensorProto(dims=[16 << 20], data_type=TensorProto.FLOAT, name=f"w{number}")
        model.graph.initializer.append(tensor)
    return model


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (one_node("Loop"), "the operator 'Loop'"),
        (one_node("NonZero"), "the operator 'NonZero'"),
        (one_node("Relu", "com.evil"), "an operator of 'com.evil'"),
        (with_initializer(outside), "keeps data in other files"),
        (constant_outside(), "keeps data in other files"),
        (with_initializer(gigantic), "too large"),
        (with_initializer(unlike), "shorter or longer than its shape says"),
        (with_initializer(words), "holds no numbers"),
        (many_constants(), "too large"),
        (endless(), "too large"),
        (looping(), "a graph within a node"),
        (functions(), "functions of its own"),
        (foreign(), "operators of 'com.microsoft'"),
        (sparse(), "sparse tensors"),
        (onnx.ModelProto(), "it is no ONNX graph"),
        (helper.make_model(helper.make_graph([], "g", [], [])), "no nodes"),
    ],
)
def test_what_could_reach_beyond_its_tensors_is_refused(model: onnx.ModelProto, reason: str) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        check_graph(model.SerializeToString(), "strange.onnx")
    assert "strange.onnx" in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_one_line(data: bytes) -> None:
    for use in (lambda: check_graph(data, "x"), lambda: select_outputs(data, ["portrait"])):
        with pytest.raises(ModelError) as caught:
            use()
        assert "\n" not in str(caught.value)


@given(st.data())
def test_a_damaged_graph_is_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    """Never another exception, whatever byte is changed or wherever the file ends."""
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    damaged = damaged[: data.draw(st.integers(0, len(damaged)))]
    for use in (lambda: check_graph(bytes(damaged), "x"), lambda: select_outputs(bytes(damaged), ["portrait"])):
        try:
            use()
        except ModelError as error:
            assert "\n" not in str(error)
