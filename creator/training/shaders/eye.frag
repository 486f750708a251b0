#version 330
in vec3 p;
in vec3 n;
in vec2 t;
in vec4 m;
uniform vec3 gaze;
uniform vec3 eye_centres[2];
uniform float eye_radius;
uniform vec3 iris_colour;
out vec4 colour;
#include light
void main() {
    vec3 centre = p.x > 0.5 * (eye_centres[0].x + eye_centres[1].x) ? eye_centres[0] : eye_centres[1];
    vec3 local = normalize(p - centre);
    vec3 side = normalize(cross(vec3(0.0, 1.0, 0.0), gaze));
    vec3 up = cross(gaze, side);
    vec2 d = vec2(dot(local, side), dot(local, up));
    float ahead = dot(local, gaze);
    float r = ahead > 0.0 ? length(d) : 2.0;
    float angle = atan(d.y, d.x);
    const float limbus = 0.475;
    // Fibres, collarette, limbal ring, pupil.
    float fibres = 0.80 + 0.20 * sin(angle * 23.0 + 3.0 * sin(angle * 7.0)) * smoothstep(0.16, 0.30, r)
                 + 0.10 * sin(angle * 41.0 + r * 30.0);
    vec3 iris = iris_colour * fibres * mix(1.15, 0.7, smoothstep(0.16, 0.46, r));
    iris *= 1.0 + 0.45 * max(dot(d, -vec2(dot(key_direction, side), dot(key_direction, up))), 0.0) / limbus;
    iris *= mix(1.0, 0.28, smoothstep(0.39, 0.475, r));
    iris = mix(vec3(0.006), iris, smoothstep(0.165, 0.195, r));
    vec3 sclera = vec3(0.46, 0.43, 0.41) * mix(1.0, 0.82, smoothstep(0.55, 0.95, r));
    sclera = mix(sclera, vec3(0.55, 0.30, 0.26), 0.35 * smoothstep(0.75, 1.0, r));
    float white = smoothstep(limbus - 0.02, limbus + 0.045, r);
    vec3 albedo = mix(iris, sclera, white);

    vec3 normal = normalize(n);
    vec3 cornea = normalize(mix(normalize(local + 0.25 * gaze), normal, white));
    vec3 view = normalize(eye_direction_far - p);
    // The lids and lashes shade the upper part of the ball.
    vec3 off = (p - centre) / eye_radius;
    float lid = smoothstep(0.62, 0.0, off.y) * smoothstep(-1.3, -0.35, off.y);
    float corner = 1.0 - 0.55 * smoothstep(0.55, 0.98, abs(off.x));
    float ao = mix(0.35, 1.0, lid) * corner;
    float shadow = key_visibility(p + normal * 0.03, 0.006, 0.006).x;
    shadow = mix(0.25, 1.0, shadow);
    float key = max(dot(normal, key_direction) * 0.8 + 0.2, 0.0);
    vec3 light = key_colour * key * shadow * ao + fill_colour * 0.9 * ao + ambient(normal) * ao * 1.1;
    vec3 result = albedo * light;
    float spec = highlight(cornea, key_direction, view, 0.11, 0.04);
    result += key_colour * min(spec, 9.0) * mix(1.0, 0.25, white) * shadow;
    // A window above the camera reflected in the cornea.
    vec3 bounce = reflect(-view, cornea);
    float window = smoothstep(0.22, 0.30, bounce.y) * smoothstep(0.62, 0.52, bounce.y)
                 * smoothstep(0.36, 0.28, abs(bounce.x - 0.12)) * step(0.0, bounce.z);
    result += vec3(0.9, 1.0, 1.1) * window * 0.22 * (1.0 - white) * ao;
    result += ambient(bounce) * 0.03 * ao;
    colour = vec4(display(result), 1.0);
}
