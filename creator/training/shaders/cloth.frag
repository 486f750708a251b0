#version 330
// Garments, teeth and tongue: a plain diffuse surface with a soft sheen.
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
uniform sampler2D picture;
uniform vec3 tint;          // linear colour of the cloth, or white
uniform float recolour;     // 1: only the picture's luminance counts
uniform float mean_luminance;
uniform float gloss;
uniform float shade;        // constant darkening, for the inside of the mouth
out vec4 colour;
#include light
void main() {
    vec4 texel = texture(picture, t);
    vec3 base = pow(texel.rgb, vec3(2.2));
    float y = dot(base, vec3(0.2126, 0.7152, 0.0722));
    vec3 albedo = mix(base * tint, clamp(tint * (y / mean_luminance), 0.0, 0.9), recolour);
    vec3 normal = normalize(n);
    vec3 view = normalize(eye_direction_far - p);
    if (dot(normal, view) < 0.0) normal = -normal;
    float shadow = key_visibility(p + normal * 0.02, 0.006, 0.006).x;
    vec3 light = key_colour * max(dot(normal, key_direction) * 0.9 + 0.1, 0.0) * shadow;
    light += fill_colour * max(dot(normal, fill_direction), 0.0);
    light += rim_colour * (max(dot(normal, rim_left_direction), 0.0) + max(dot(normal, rim_right_direction), 0.0));
    light += ambient(normal);
    vec3 result = albedo * light;
    result += key_colour * shadow * gloss * highlight(normal, key_direction, view, 0.42, 0.04);
    colour = vec4(display(result * m.x * shade), 1.0);
}
