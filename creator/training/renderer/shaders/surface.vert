#version 330
// Surfaces: positions come in camera space (x right, y up, z to the camera), in units of eye line to chin.
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec4 marks;  // per vertex: ambient occlusion, lip, inside of the mouth, free
uniform mat4 view_projection;
out vec3 p;
out vec3 n;
out vec2 t;
out vec4 m;
void main() {
    p = position;
    n = normal;
    t = uv;
    m = marks;
    gl_Position = view_projection * vec4(position, 1.0);
}
