"""The parametric head: shape, expression, pose, and the meshes of people."""
