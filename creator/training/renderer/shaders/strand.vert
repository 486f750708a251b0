#version 330
// Strands as ribbons that face the camera: two vertices a point, the points pulled from a texture.
uniform sampler2D points;      // xyz camera space; STRANDS_A_ROW strands of POINTS points in each row
uniform sampler2D shapes;      // random number of the strand, random number of its lock, radius, share of open sky
uniform mat4 view_projection;
uniform float pixel;           // size of a sample at distance 1, in camera units
uniform float radius_scale;    // decimetres to camera units
uniform float share;           // of the strands that are seen, 0..1; they go by growing thin
out vec3 p;
out vec3 tangent;
out vec4 s;                    // random, place, random of the lock, side -1..1
out float sky;
out float coverage;              // of a sample, where the strand is finer than one
#include "strand_share.glsl"
void main() {
    int side = gl_VertexID & 1;
    int index = gl_VertexID >> 1;
    int strand = index / POINTS;
    int place = index - strand * POINTS;
    ivec2 first = ivec2((strand % STRANDS_A_ROW) * POINTS, strand / STRANDS_A_ROW);
    vec3 here = texelFetch(points, first + ivec2(place, 0), 0).xyz;
    vec3 before = texelFetch(points, first + ivec2(max(place - 1, 0), 0), 0).xyz;
    vec3 after = texelFetch(points, first + ivec2(min(place + 1, POINTS - 1), 0), 0).xyz;
    vec4 shape = texelFetch(shapes, first + ivec2(place, 0), 0);
    tangent = after - before;
    vec3 view = vec3(0.0, 0.0, CAMERA_DISTANCE) - here;
    vec3 across = cross(tangent, view);
    across /= max(length(across), 1e-6);
    // Strands finer than a sample are drawn a sample wide, and the fragment shader leaves out what is too much.
    float seen = strand_share(shape.x, share);
    float least = 0.5 * pixel * length(view);
    float half_width = max(shape.z * radius_scale * seen, least);
    coverage = min(shape.z * radius_scale * seen / least, 1.0);
    p = here + across * half_width * (side == 0 ? -1.0 : 1.0);
    s = vec4(shape.x, float(place) / float(POINTS - 1), shape.y, side == 0 ? -1.0 : 1.0);
    sky = shape.w;
    gl_Position = seen > 0.0 ? view_projection * vec4(p, 1.0) : vec4(0.0, 0.0, 2.0, 1.0);
}
