#version 330
// Hair, beard, brows and lashes. First direction: tangent; second: away from the skin.
in vec3 p;
in vec3 tangent;
in vec4 s;
in float sky;
in float coverage;
uniform float material;
uniform vec3 hair_colour;
uniform float grey;              // share of grey strands
uniform float root_shade;        // brightness at the root
uniform vec3 centre;             // of the skull: strands lie around it, and around an axis down from it
#include "materials.glsl"
#include "gbuffer.glsl"
void main() {
    // Ordered dither over the samples of a pixel, in another phase for each strand: coverage comes out right on average.
    ivec2 at = ivec2(gl_FragCoord.xy) % SAMPLES;
    float order = fract((float(at.x + SAMPLES * at.y) + 0.5) * 0.618034 + s.x * 91.7);
    if (coverage < order) discard;
    vec3 t = normalize(tangent);
    float own = fract(s.x * 61.7 + s.z * 13.1);
    // A drawn strand stands for several hairs: some strands are mostly grey, others hardly.
    float is_grey = smoothstep(own - 0.8, own + 0.8, grey * 2.6 - 0.8);
    vec3 tone = hair_colour * exp((fract(s.x * 29.3) - 0.5) * 0.40 + (s.z - 0.5) * 0.30);
    tone = mix(tone, vec3(0.46, 0.46, 0.455) * (0.75 + 0.5 * fract(s.x * 47.9)), is_grey);
    float along = smoothstep(0.0, 0.4, s.y);
    tone *= mix(root_shade, 1.0, along);
    vec3 away = normalize(p - vec3(centre.x, min(p.y, centre.y), centre.z));
    vec3 view = normalize(vec3(0.0, 0.0, CAMERA_DISTANCE) - p);
    vec3 side = cross(t, view) * s.w * 0.5;    // the ribbon is round
    vec3 outward = normalize(away - t * dot(away, t) + side * 0.6);
    store(material, tone, t, outward, vec4(0.3, fract(s.z * 7.13 + s.x), sky, s.y));
}
