#version 330
in vec3 position;
in vec3 tangent;
in vec2 strand;   // random in 0..1, place along the strand 0 (root) .. 1 (tip)
uniform mat4 view_projection;
out vec3 p;
out vec3 tang;
out vec2 s;
void main() {
    p = position;
    tang = tangent;
    s = strand;
    gl_Position = view_projection * vec4(position, 1.0);
}
