"""The decoder in 8 bits, for CPUs: static, per channel, from what the tensors hold for random people.

Convolutions take unsigned bytes with a scale and an offset for the whole tensor and signed bytes with a scale for each
output channel; sums and biases have 32 bits (Jacob et al. 2018, "Quantization and Training of Neural Networks for
Efficient Integer-Arithmetic-Only Inference"). The graph says so by pairs of QuantizeLinear and DequantizeLinear, which
engines fold into integer operators. Heads, geometry and mapping stay in float32.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Feeds = Mapping[str, NDArray[np.float32]]
_SAMPLES = 6000  # numbers of a tensor that are looked at for each person
_CUTS = np.linspace(1.0, 0.3, 29)  # shares of a tensor's range that are tried
_LEVELS = 255


@dataclass(frozen=True)
class Steps:
    """``scale``: distance between two levels. ``zero``: the level that stands for 0, in 0..255."""

    scale: float
    zero: int


@dataclass(frozen=True)
class Layer:
    """A convolution that can be quantised: its ``name``, weights, bias (empty if all 0), and the tensors around it."""

    name: str
    weight: str
    bias: str
    taken: str
    given: str


def layers_of(model: onnx.ModelProto, prefix: str) -> tuple[Layer, ...]:
    """The 3 x 3 convolutions of the stages, which do nearly all the work; not the heads."""
    layers = []
    for node in model.graph.node:
        if node.op_type != "Conv":
            continue
        name = node.input[1].removeprefix(prefix).removesuffix(".weight")
        if not name.startswith("head") and not name.endswith("read_map"):  # the maps are read in one step of 1 x 1
            bias = node.input[2] if len(node.input) > 2 else ""
            layers.append(Layer(name, node.input[1], bias, node.input[0], node.output[0]))
    return tuple(layers)


def steps_for(values: NDArray[np.float32]) -> Steps:
    """The levels with the least squared error for a sample of a tensor; 0 is one of them."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 1e-6)
    best, least = Steps((high - low) / _LEVELS, 0), np.inf
    for cut in _CUTS:
        scale = cut * (high - low) / _LEVELS
        zero = int(np.clip(round(-low * cut / scale), 0, _LEVELS))
        found = Steps(scale, zero)
        error = float(np.square(_rounded(values, found) - values).mean())
        if error < least:
            best, least = found, error
    return best


def _rounded(values: NDArray[np.float32], steps: Steps) -> NDArray[np.float32]:
    levels = np.clip(np.rint(values / steps.scale) + steps.zero, 0, _LEVELS)
    return ((levels - steps.zero) * steps.scale).astype(np.float32)


def session_of(model: bytes) -> onnxruntime.InferenceSession:
    """A session on the CPU whose messages are kept quiet."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def calibrate(model: onnx.ModelProto, tensors: Iterable[str], people: Sequence[Feeds]) -> dict[str, Steps]:
    """The levels of each of ``tensors`` from what they hold for ``people`` (one each)."""
    names = sorted(set(tensors))
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    del watched.graph.output[:]
    watched.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    session = session_of(watched.SerializeToString())
    random = np.random.default_rng(0)
    samples: dict[str, list[NDArray[np.float32]]] = {name: [] for name in names}
    for person in people:
        for name, values in zip(names, session.run(names, dict(person)), strict=True):
            flat = values.ravel()
            chosen = flat[random.integers(0, flat.size, _SAMPLES)]
            samples[name].append(np.append(chosen, [flat.min(), flat.max()]).astype(np.float32))
    return {name: steps_for(np.concatenate(parts)) for name, parts in samples.items()}


def quantised_model(model: onnx.ModelProto, layers: Sequence[Layer], steps: Mapping[str, Steps]) -> onnx.ModelProto:
    """A copy of the float32 ``model`` whose ``layers`` compute in 8 bits; ``steps`` by :func:`calibrate`."""
    quantised = onnx.ModelProto()
    quantised.CopyFrom(model)
    graph = quantised.graph
    chosen = {layer.given: layer for layer in layers}
    taken = {layer.taken for layer in layers}
    weights = {initializer.name: initializer for initializer in graph.initializer}
    coded: dict[str, str] = {}  # tensor -> the same, rounded to its levels
    constants: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def pair(tensor: str, source: str, levels: Steps) -> None:
        """Round ``source`` to levels; whoever takes ``tensor`` takes the outcome."""
        scale, zero = f"{tensor}.scale", f"{tensor}.zero"
        constants.append(numpy_helper.from_array(np.array(levels.scale, np.float32), scale))
        constants.append(numpy_helper.from_array(np.array(levels.zero, np.uint8), zero))
        nodes.append(helper.make_node("QuantizeLinear", [source, scale, zero], [f"{tensor}.levels"]))
        nodes.append(helper.make_node("DequantizeLinear", [f"{tensor}.levels", scale, zero], [f"{tensor}.rounded"]))
        coded[tensor] = f"{tensor}.rounded"

    for node in graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = coded.get(name, name)
        output = node.output[0]
        if output in chosen:
            layer = chosen[output]
            scale = _quantise_weight(weights[layer.weight], constants)
            node.input[1] = _dequantised(layer.weight, f"{layer.weight}.scale", nodes)
            if layer.bias:
                _quantise_bias(weights[layer.bias], steps[layer.taken].scale * scale, constants)
                node.input[2] = _dequantised(layer.bias, f"{layer.bias}.scale", nodes)
        clamps = output in taken and node.op_type == "Clip"  # the levels are the tighter clamp
        if not clamps:
            nodes.append(node)
        if output in chosen or output in taken:
            pair(output, node.input[0] if clamps else output, steps[output])
    del graph.node[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(constants)
    return quantised


def _dequantised(name: str, scale: str, nodes: list[onnx.NodeProto]) -> str:
    nodes.append(helper.make_node("DequantizeLinear", [f"{name}.levels", scale], [f"{name}.rounded"], axis=0))
    return f"{name}.rounded"


def _quantise_weight(weight: onnx.TensorProto, constants: list[onnx.TensorProto]) -> NDArray[np.float32]:
    """Turn a weight (O, I, H, W) into signed bytes in place; return the scale of each output channel (O,)."""
    name = weight.name
    values = numpy_helper.to_array(weight)
    scale = np.maximum(np.abs(values).reshape(len(values), -1).max(1) / 127.0, 1e-9).astype(np.float32)
    levels = np.clip(np.rint(values / scale[:, None, None, None]), -127, 127).astype(np.int8)
    weight.CopyFrom(numpy_helper.from_array(levels, f"{name}.levels"))
    constants.append(numpy_helper.from_array(scale, f"{name}.scale"))
    return scale


def _quantise_bias(bias: onnx.TensorProto, scale: NDArray[np.float32], constants: list[onnx.TensorProto]) -> None:
    """Turn a bias (O,) into 32-bit integers in place, on the scale (O,) of the sums that it is added to."""
    name, limit = bias.name, 2**31 - 1
    levels = np.clip(np.rint(numpy_helper.to_array(bias) / scale), -limit, limit).astype(np.int32)
    constants.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
    bias.CopyFrom(numpy_helper.from_array(levels, f"{name}.levels"))
