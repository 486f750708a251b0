#version 330
// Strands as lines in a shadow map.
uniform sampler2D points;
uniform sampler2D shapes;
uniform mat4 view_projection;
uniform float share;
#include "strand_share.glsl"
void main() {
    int strand = gl_VertexID / POINTS;
    int place = gl_VertexID - strand * POINTS;
    ivec2 at = ivec2((strand % STRANDS_A_ROW) * POINTS + place, strand / STRANDS_A_ROW);
    bool drawn = strand_share(texelFetch(shapes, at, 0).x, share) > 0.5;
    gl_Position = drawn ? view_projection * vec4(texelFetch(points, at, 0).xyz, 1.0) : vec4(0.0, 0.0, 2.0, 1.0);
}
