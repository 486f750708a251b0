#version 330
// Strands: Kajiya & Kay 1989 diffuse, two shifted highlights after Marschner et al. 2003 as simplified by Scheuermann 2004.
in vec3 p;
in vec3 tang;
in vec2 s;
uniform vec3 hair_colour;
uniform float grey;
uniform float absorption;  // of light by the hair between this point and the key light
out vec4 colour;
#include light
float lobe(vec3 t, vec3 l, vec3 v, float exponent) {
    vec3 h = normalize(l + v);
    float t_h = dot(t, h);
    return pow(max(1.0 - t_h * t_h, 0.0), exponent * 0.5) * smoothstep(-1.0, 0.2, dot(l, v) + 0.6);
}
void main() {
    vec3 t = normalize(tang);
    vec3 view = normalize(eye_direction_far - p);
    float is_grey = smoothstep(s.x - 0.12, s.x + 0.12, grey * 1.24 - 0.12);
    vec3 tone = mix(hair_colour * (0.78 + 0.44 * fract(s.x * 7.31)), vec3(0.50, 0.50, 0.49), is_grey);
    tone *= mix(0.62, 1.05, smoothstep(0.0, 0.35, s.y));
    // A pseudo normal: away from the middle of the skull, perpendicular to the strand.
    vec3 out_of_head = normalize(p - vec3(0.0, 0.05, -0.75));
    vec3 n = normalize(out_of_head - t * dot(out_of_head, t));
    vec2 visible = key_visibility(p, 0.01, 0.004);
    vec3 through = exp(-absorption * visible.y * (vec3(1.0) - 0.35 * clamp(hair_colour * 2.0, 0.0, 1.0)) * 14.0);
    float t_l = dot(t, key_direction);
    float sheet = max(dot(n, key_direction) * 0.75 + 0.25, 0.0);
    vec3 light = key_colour * sqrt(max(1.0 - t_l * t_l, 0.0)) * sheet * through;
    light += fill_colour * max(dot(n, fill_direction) * 0.7 + 0.3, 0.0);
    light += rim_colour * (max(dot(n, rim_left_direction), 0.0) + max(dot(n, rim_right_direction), 0.0)) * 0.8;
    float depth_shade = mix(0.55, 1.0, smoothstep(0.0, 0.5, s.y));
    light += ambient(n) * depth_shade;
    vec3 result = tone * light;
    float first = lobe(normalize(t - 0.10 * n), key_direction, view, 90.0);
    float second = lobe(normalize(t + 0.16 * n), key_direction, view, 26.0);
    vec3 shine = vec3(0.07) * first + 0.55 * sqrt(tone) * tone * second;
    result += key_colour * through * shine * sheet;
    float rim_shine = lobe(t, rim_left_direction, view, 40.0) * max(dot(n, rim_left_direction), 0.0)
                    + lobe(t, rim_right_direction, view, 40.0) * max(dot(n, rim_right_direction), 0.0);
    result += rim_colour * rim_shine * (0.05 + tone * 0.3);
    colour = vec4(display(result), 1.0);
}
