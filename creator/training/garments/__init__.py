"""What people wear: meshes bound to the body, and what they are made of."""
