#version 330
// Eyeballs: iris behind a cornea. First direction: the cornea, for reflections; second: the diffuse normal.
in vec3 p;
in vec3 n;
uniform vec3 gaze;
uniform vec3 eye_centres[2];
uniform vec3 iris_colour;
uniform float pupil;         // radius, in radii of the ball
uniform float age_yellow;    // 0..1
#include "materials.glsl"
#include "gbuffer.glsl"
float noise(float x) { return fract(sin(x * 12.9898) * 43758.5453); }
float ridges(float angle, float count) {
    float x = angle * count / 6.2831853;
    float i = floor(x);
    return mix(noise(mod(i, count)), noise(mod(i + 1.0, count)), smoothstep(0.0, 1.0, x - i));
}
void main() {
    bool is_left = p.x > 0.5 * (eye_centres[0].x + eye_centres[1].x);
    vec3 centre = is_left ? eye_centres[0] : eye_centres[1];
    vec3 local = normalize(p - centre);
    vec3 side = normalize(cross(vec3(0.0, 1.0, 0.0), gaze));
    vec3 up = cross(gaze, side);
    vec3 view = normalize(vec3(0.0, 0.0, CAMERA_DISTANCE) - p);
    float ahead = dot(local, gaze);
    vec2 outside = vec2(dot(local, side), dot(local, up));
    float rim = ahead > 0.0 ? length(outside) : 2.0;
    const float limbus = 0.475;
    float white = smoothstep(limbus - 0.035, limbus + 0.045, rim);
    // The iris lies behind the cornea: seen from the side it shifts (parallax along the refracted ray).
    vec2 slide = vec2(dot(view, side), dot(view, up)) / max(dot(view, gaze), 0.35);
    vec2 d = outside - slide * 0.10 * (1.0 - white) * smoothstep(limbus, 0.2, rim);
    float r = length(d);
    float angle = atan(d.y, is_left ? d.x : -d.x) + 3.14159265;
    float fibres = 0.55 * ridges(angle, 47.0) + 0.45 * ridges(angle, 83.0);
    float collarette = smoothstep(0.21, 0.25, r) * smoothstep(0.33, 0.26, r);
    vec3 iris = iris_colour * (0.62 + 0.65 * fibres * smoothstep(0.15, 0.36, r)) * (1.0 + 0.35 * collarette);
    iris = mix(iris, iris * vec3(1.5, 1.05, 0.65), 0.5 * smoothstep(0.30, 0.18, r));
    iris *= mix(1.0, 0.20, smoothstep(0.385, 0.475, r));          // limbal ring
    iris = mix(vec3(0.004), iris, smoothstep(pupil - 0.018, pupil + 0.018, r));
    vec3 sclera = mix(vec3(0.50, 0.462, 0.432), vec3(0.46, 0.415, 0.355), age_yellow);
    float veins = pow(ridges(angle + 0.5 * sin(rim * 9.0), 31.0), 5.0) * smoothstep(0.62, 0.95, rim);
    sclera = mix(sclera, vec3(0.52, 0.20, 0.17), 0.12 * veins + 0.42 * smoothstep(0.78, 1.02, rim));
    // The tear duct and the fold beside it.
    float inner = is_left ? -local.x : local.x;
    sclera = mix(sclera, vec3(0.42, 0.17, 0.14), 0.80 * smoothstep(0.56, 0.78, inner));
    vec3 albedo = mix(iris, sclera, white);

    vec3 ball = normalize(n);
    if (dot(ball, local) < 0.0) ball = -ball;
    // The cornea's radius is about two thirds of the ball's, so its normal tilts faster.
    vec2 tilt = outside * 1.5;
    vec3 dome = side * tilt.x + up * tilt.y + gaze * sqrt(max(1.0 - dot(tilt, tilt), 0.05));
    vec3 cornea = normalize(mix(normalize(dome), ball, white));
    // The iris is a shallow bowl: light from one side pools on the other.
    vec3 bowl = normalize(gaze - 0.75 * (side * d.x + up * d.y));
    vec3 diffuse = normalize(mix(bowl, ball, white));
    store(EYE, albedo, cornea, diffuse, vec4(0.05, 1.0, 1.0, white));
}
