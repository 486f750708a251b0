#version 330
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
uniform float sheen;
out vec4 colour;
#include light
#include garment
vec3 surroundings(vec3 r, float rough) {
    float s = mix(0.10, 0.45, rough);
    vec3 c = mix(ground, sky * 1.3, smoothstep(-s, s, r.y));
    float box = smoothstep(0.5 - s * 0.6, 0.5 + s * 0.6, dot(r, normalize(vec3(-0.6, 0.55, 0.55))));
    return c + box * vec3(1.1) * (1.0 - 0.6 * rough);
}
void main() {
    vec3 normal = normalize(n);
    vec3 view = normalize(eye_direction_far - p);
    if (!gl_FrontFacing) normal = -normal;
    vec3 albedo, detail;
    float roughness, metalness;
    garment_surface(t, normal, p, albedo, detail, roughness, metalness);
    float shadow = key_visibility(p + normal * 0.02, 0.006, 0.006).x;
    vec3 light = key_colour * max(dot(detail, key_direction), 0.0) * shadow;
    light += fill_colour * max(dot(detail, fill_direction), 0.0);
    light += rim_colour * (max(dot(detail, rim_left_direction), 0.0) + max(dot(detail, rim_right_direction), 0.0));
    light += ambient(detail);
    float n_v = max(dot(detail, view), 0.05);
    vec3 result = albedo * (1.0 - metalness) * light * (1.0 + sheen * pow(1.0 - n_v, 3.0));
    vec3 f0 = mix(vec3(0.04), albedo, metalness);
    result += f0 / 0.04 * key_colour * shadow * highlight(detail, key_direction, view, roughness, 0.04) * 0.9;
    result += (f0 + (max(vec3(1.0 - roughness), f0) - f0) * pow(1.0 - n_v, 5.0)) * surroundings(reflect(-view, detail), roughness);
    colour = vec4(display(result * m.x), 1.0);
}
