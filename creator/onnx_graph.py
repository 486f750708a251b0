"""Graph files as bytes: what an ONNX file holds, whether it may be run, and the part of it that some outputs need.

ONNX Runtime runs every node of a file, and opens other files that it names. A model folder may come from a stranger,
and one file of ours serves several pictures; so a file is read here first, by the wire format of protocol buffers
(https://protobuf.dev/programming-guides/encoding) and the field numbers of ``onnx.proto``, without the package
``onnx``. Nothing is decoded that is not looked at, and nothing is copied but what :func:`select_outputs` keeps.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from creator.errors import ModelError
from creator.wording import one_line

MAXIMUM_NODES = 20_000
MAXIMUM_TENSOR_BYTES = 128 << 20
"""Of all constants together, as ONNX Runtime would hold them."""

ALLOWED_OPERATORS = frozenset((
    "Abs", "Add", "And", "AveragePool", "Cast", "Ceil", "Clip", "Concat", "Constant", "ConstantOfShape", "Conv",
    "ConvTranspose", "Cos", "DepthToSpace", "DequantizeLinear", "Div", "Equal", "Erf", "Exp", "Expand", "Flatten",
    "Floor", "Gather", "GatherElements", "GatherND", "Gemm", "GlobalAveragePool", "Greater", "GreaterOrEqual",
    "HardSigmoid", "HardSwish", "Identity", "LayerNormalization", "LeakyRelu", "Less", "LessOrEqual", "Log", "MatMul",
    "Max", "MaxPool", "Min", "Mod", "Mul", "Neg", "Not", "Or", "PRelu", "Pad", "Pow", "QuantizeLinear", "Range",
    "Reciprocal", "ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "Relu", "Reshape",
    "Resize", "Round", "ScatterND", "Shape", "Sigmoid", "Sign", "Sin", "Slice", "Softmax", "Softplus", "Split",
    "Sqrt", "Squeeze", "Sub", "Tan", "Tanh", "Tile", "Transpose", "Trilu", "Unsqueeze", "Where",
))  # fmt: skip
"""Operators of ONNX's own set that compute tensors from tensors and touch nothing else. No control flow."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_ELEMENT_BYTES = {1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8, 16: 2}

# Field numbers of onnx.proto.
_MODEL_GRAPH, _MODEL_OPSETS, _MODEL_TRAINING, _MODEL_FUNCTIONS = 7, 8, 20, 25
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_INPUT, _GRAPH_OUTPUT, _GRAPH_VALUE_INFO, _GRAPH_SPARSE = 1, 5, 11, 12, 13, 15
_NODE_INPUT, _NODE_OUTPUT, _NODE_OPERATOR, _NODE_ATTRIBUTE, _NODE_DOMAIN = 1, 2, 4, 5, 7
_ATTRIBUTE_TENSOR, _ATTRIBUTE_TENSORS = 5, 10
_ATTRIBUTE_FORBIDDEN = {6, 11, 22, 23}  # graphs and sparse tensors
_TENSOR_DIMENSION, _TENSOR_TYPE, _TENSOR_NAME, _TENSOR_RAW, _TENSOR_EXTERNAL, _TENSOR_LOCATION = 1, 2, 8, 9, 13, 14
_NAME = 1  # of inputs and outputs
_OPSET_DOMAIN = 1


@dataclass(frozen=True)
class _Field:
    """``number`` and content (``data`` if length-delimited, else ``value``); ``whole`` has the field's tag too."""

    number: int
    whole: memoryview
    data: memoryview
    value: int


@dataclass(frozen=True)
class _Node:
    whole: memoryview
    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("a number is too long")


def _fields(data: memoryview) -> Iterator[_Field]:
    """The fields of one message. Raises :class:`ValueError` or :class:`IndexError` for anything else."""
    at, end = 0, len(data)
    empty = data[:0]
    while at < end:
        start = at
        tag, at = _varint(data, at)
        kind, value, content = tag & 7, 0, empty
        if kind == _VARINT:
            value, at = _varint(data, at)
        elif kind == _BYTES:
            length, at = _varint(data, at)
            content = data[at : at + length]
            at += length
        elif kind in (_FIXED32, _FIXED64):
            at += 4 if kind == _FIXED32 else 8
        else:
            raise ValueError(f"there is no wire type {kind}")
        if at > end or not tag >> 3:
            raise ValueError("a field is cut off")
        yield _Field(tag >> 3, data[start:at], content, value)


def _text(data: memoryview) -> str:
    return bytes(data).decode()


def _node(field: _Field) -> _Node:
    operator, inputs, outputs = "", [], []
    for part in _fields(field.data):
        if part.number == _NODE_INPUT:
            inputs.append(_text(part.data))
        elif part.number == _NODE_OUTPUT:
            outputs.append(_text(part.data))
        elif part.number == _NODE_OPERATOR:
            operator = _text(part.data)
    return _Node(field.whole, operator, tuple(inputs), tuple(outputs))


def _name(message: memoryview, number: int = _NAME) -> str:
    return next((_text(part.data) for part in _fields(message) if part.number == number), "")


def _graph_of(model: bytes) -> memoryview:
    graphs = [field.data for field in _fields(memoryview(model)) if field.number == _MODEL_GRAPH]
    if len(graphs) != 1:
        raise ValueError(f"it holds {len(graphs)} graphs")
    return graphs[0]


def check_graph(model: bytes, where: str) -> None:
    """Raise :class:`ModelError`, naming ``where``, unless ``model`` is a graph that keeps to its own tensors.

    Refused are: what is no protocol buffer, operators outside :data:`ALLOWED_OPERATORS` or of another domain,
    subgraphs, functions, training graphs, data in other files, sparse tensors, tensors that hold less than their
    shape says, and more than :data:`MAXIMUM_NODES` nodes or :data:`MAXIMUM_TENSOR_BYTES` of constants.
    """
    try:
        reason = _objection(model)
    except (ValueError, IndexError) as error:
        reason = f"it is no ONNX graph ({one_line(error, 80)})"
    if reason:
        raise ModelError(f"the model may not be run: '{where}': {reason}; use only models from a source you trust")


def _objection(model: bytes) -> str:
    for field in _fields(memoryview(model)):
        if field.number in (_MODEL_TRAINING, _MODEL_FUNCTIONS):
            return "it brings functions of its own"
        if field.number == _MODEL_OPSETS and _name(field.data, _OPSET_DOMAIN) not in ("", "ai.onnx"):
            return f"it needs operators of '{one_line(_name(field.data, _OPSET_DOMAIN), 40)}'"
    nodes = held = 0
    for field in _fields(_graph_of(model)):
        if field.number == _GRAPH_SPARSE:
            return "it has sparse tensors"
        if field.number == _GRAPH_NODE:
            nodes += 1
            reason, more = _node_objection(field.data)
        elif field.number == _GRAPH_INITIALIZER:
            reason, more = _tensor_objection(field.data)
        else:
            continue
        held += more
        if reason:
            return reason
        if nodes > MAXIMUM_NODES or held > MAXIMUM_TENSOR_BYTES:
            return "it is too large"
    return "" if nodes else "it has no nodes"


def _node_objection(node: memoryview) -> tuple[str, int]:
    """What is wrong with a node, or empty; and the bytes of the constants in it."""
    held = 0
    for part in _fields(node):
        if part.number == _NODE_DOMAIN and _text(part.data) not in ("", "ai.onnx"):
            return f"it has an operator of '{one_line(_text(part.data), 40)}'", 0
        if part.number == _NODE_OPERATOR and _text(part.data) not in ALLOWED_OPERATORS:
            return f"it has the operator '{one_line(_text(part.data), 40)}', which no portrait model needs", 0
        if part.number == _NODE_ATTRIBUTE:
            for inner in _fields(part.data):
                if inner.number in _ATTRIBUTE_FORBIDDEN:
                    return "it has a graph within a node", 0
                if inner.number in (_ATTRIBUTE_TENSOR, _ATTRIBUTE_TENSORS):
                    reason, more = _tensor_objection(inner.data)
                    held += more
                    if reason:
                        return reason, 0
    return "", held


def _tensor_objection(tensor: memoryview) -> tuple[str, int]:
    dimensions: list[int] = []
    kind, raw = 0, -1
    for part in _fields(tensor):
        if part.number == _TENSOR_EXTERNAL or (part.number == _TENSOR_LOCATION and part.value):
            return "it keeps data in other files", 0
        if part.number == _TENSOR_DIMENSION:
            dimensions.extend([part.value] if not len(part.data) else _packed(part.data))
        elif part.number == _TENSOR_TYPE:
            kind = part.value
        elif part.number == _TENSOR_RAW:
            raw = len(part.data)
    if kind not in _ELEMENT_BYTES:
        return "it has a constant that holds no numbers", 0
    size = math.prod(dimensions) * _ELEMENT_BYTES[kind]
    if size > MAXIMUM_TENSOR_BYTES:
        return "it is too large", 0
    if raw >= 0 and raw != size:
        return "it has a constant that is shorter or longer than its shape says", 0
    return "", size


def _packed(data: memoryview) -> list[int]:
    at, values = 0, []
    while at < len(data):
        value, at = _varint(data, at)
        values.append(value)
    return values


def select_outputs(model: bytes, outputs: Iterable[str]) -> bytes:
    """The same model with only these ``outputs``, in this order, and what they need.

    Raises :class:`ModelError` if it has no such output or is no ONNX graph.
    """
    wanted = tuple(outputs)
    try:
        graph = _graph_of(model)
        given = {_name(f.data): f.whole for f in _fields(graph) if f.number == _GRAPH_OUTPUT}
        nodes = [_node(field) for field in _fields(graph) if field.number == _GRAPH_NODE]
        if missing := [name for name in wanted if name not in given]:
            raise ModelError(f"the model is damaged: its graph has no output '{one_line(missing[0], 60)}'")
        needed, kept = set(wanted), []
        for node in reversed(nodes):  # a graph lists its nodes in an order in which they can run
            if needed.intersection(node.outputs):
                needed.update(node.inputs)
                kept.append(node.whole)
        parts: list[memoryview] = kept[::-1]
        for field in _fields(graph):
            if field.number in (_GRAPH_NODE, _GRAPH_OUTPUT, _GRAPH_VALUE_INFO):
                continue
            if field.number != _GRAPH_INITIALIZER or _name(field.data, _TENSOR_NAME) in needed:
                parts.append(field.whole)
        parts += [given[name] for name in wanted]
        around = [field.whole for field in _fields(memoryview(model)) if field.number != _MODEL_GRAPH]
    except (ValueError, IndexError) as error:
        raise ModelError(f"the model is damaged: it is no ONNX graph ({one_line(error, 80)})") from error
    body = b"".join(parts)
    return b"".join([*around, _tag(_MODEL_GRAPH, _BYTES), _encoded(len(body)), body])


def _tag(number: int, kind: int) -> bytes:
    return _encoded(number << 3 | kind)


def _encoded(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
