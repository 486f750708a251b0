"""What a person's picture shows in closed form, apart from the sliders: axes of shape and action units.

Sliders and identity code add up in the axes, and the feeling and single units in the action units; so these sums can be
read from a picture where each part alone cannot.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from creator.attributes import AttributeSchema
from creator.training.head import head_shape
from creator.training.head.expressions import ACTION_UNITS, Expression
from creator.training.head.head_model import AttributeReader

SHAPE_SIZE = len(head_shape.AXES)
UNITS_SIZE = len(ACTION_UNITS)


class ShapeTargets(nn.Module):
    """Encoded attributes (B, E) and identity codes (B, 64) -> sums that a picture shows."""

    columns: Tensor
    shift: Tensor

    def __init__(self, schema: AttributeSchema) -> None:
        super().__init__()
        self._values = AttributeReader(schema)
        names = head_shape.axis_targets()
        self.head = head_shape.HeadShape({name: row for row, name in enumerate(names)}, len(names))
        self.expression = Expression(schema)
        starts = [schema.encoded_slices[name].start for name in head_shape.SLIDER_AXES]
        self.register_buffer("columns", torch.tensor(starts))
        zero = [float(schema[name].minimum == 0.0) for name in head_shape.SLIDER_AXES]
        self.register_buffer("shift", torch.tensor(zero))

    def shape(self, attributes: Tensor, identity: Tensor) -> Tensor:
        """Axes of shape (B, SHAPE_SIZE) without what age adds, so that a person keeps them through the years."""
        sliders = attributes[:, self.columns]
        sliders = sliders + self.shift * 0.5 * (1.0 - sliders)
        none = torch.zeros(len(attributes), device=attributes.device)
        return self.head.axes(sliders, none, none, self._values.value(attributes, "gender"), identity)

    def units(self, attributes: Tensor) -> Tensor:
        """Strengths of the action units (B, UNITS_SIZE) as they act together."""
        return self.expression(attributes)
