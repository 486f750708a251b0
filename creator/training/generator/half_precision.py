"""The decoder in half precision, for GPUs: geometry and mapping stay in single precision.

Whatever depends on a convolution computes in float16, with casts at the border. The network's activations are clamped
so that this is safe. Only the pictures' last step, from 0..1 to bytes, is single again.
"""

from __future__ import annotations

import onnx
from onnx import TensorProto, helper, numpy_helper


def half_precision(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of the float32 ``model`` whose nodes from the first convolutions on compute in float16."""
    half = onnx.ModelProto()
    half.CopyFrom(model)
    graph = half.graph
    kinds = _kinds(half)
    weights = {initializer.name: initializer for initializer in graph.initializer}
    inside: set[str] = set()  # tensors that the decoder makes
    cast: dict[str, str] = {}
    nodes: list[onnx.NodeProto] = []
    shared = _names_used_outside(graph)
    for node in graph.node:
        if node.op_type != "Conv" and not inside.intersection(node.input):
            nodes.append(node)
            continue
        for index, name in enumerate(node.input):
            if kinds.get(name) != TensorProto.FLOAT or name in inside or not _computes(node, index):
                continue
            if name not in cast:
                cast[name] = f"{name}.as_half"
                if name in weights and name not in shared:
                    values = numpy_helper.to_array(weights[name])
                    weights[name].CopyFrom(numpy_helper.from_array(values.astype("float16"), cast[name]))
                else:
                    nodes.append(helper.make_node("Cast", [name], [cast[name]], to=TensorProto.FLOAT16))
            node.input[index] = cast[name]
        if node.op_type == "Cast" and helper.get_node_attr_value(node, "to") == TensorProto.FLOAT:
            raise ValueError("the decoder casts to float32")  # it would have to be followed
        inside.update(name for name in node.output if kinds.get(name) == TensorProto.FLOAT)
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]
    return half


def _computes(node: onnx.NodeProto, index: int) -> bool:
    """Whether an input of a node takes part in its arithmetic: scales and sizes of Resize do not."""
    return node.op_type != "Resize" or index == 0


def _kinds(model: onnx.ModelProto) -> dict[str, int]:
    """Element type by tensor name."""
    inferred = onnx.shape_inference.infer_shapes(model).graph
    kinds = {i.name: i.data_type for i in inferred.initializer}
    described = (*inferred.input, *inferred.output, *inferred.value_info)
    return kinds | {value.name: value.type.tensor_type.elem_type for value in described}


def _names_used_outside(graph: onnx.GraphProto) -> set[str]:
    """Inputs of nodes that come before any convolution."""
    inside: set[str] = set()
    used: set[str] = set()
    for node in graph.node:
        if node.op_type == "Conv" or inside.intersection(node.input):
            inside.update(node.output)
        else:
            used.update(node.input)
    return used
