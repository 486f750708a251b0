struct SkinSurface { vec3 albedo; vec3 normal; float roughness; float specular; float lips; };
uniform sampler2D picture;
uniform vec4 picture_window;
uniform vec3 skin_colour;
uniform vec3 lip_colour;
uniform vec3 stubble_colour;
uniform float stubble;
uniform float oil;
uniform float bump;
SkinSurface skin_surface(vec2 t, vec3 smooth_normal, vec3 p, vec4 m) {
    vec2 at = (t - picture_window.xy) / (picture_window.zw - picture_window.xy);
    bool inside = all(greaterThan(at, vec2(0.0))) && all(lessThan(at, vec2(1.0)));
    vec4 texel = inside ? texture(picture, at) : vec4(vec3(0.5), 0.0);
    float mouth = m.z;
    vec3 albedo = skin_colour * exp((texel.rgb - 0.5) * 2.56);
    albedo = mix(albedo, albedo * lip_colour, m.y);
    albedo = mix(albedo, stubble_colour, texel.a * stubble);
    albedo = mix(albedo, vec3(0.20, 0.045, 0.035), mouth);
    float height = dot(texel.rgb, vec3(0.3, 0.6, 0.1)) * bump * (1.0 - texel.a) * (1.0 - mouth);
    vec3 px = dFdx(p), py = dFdy(p);
    vec3 r1 = cross(py, smooth_normal), r2 = cross(smooth_normal, px);
    float det = dot(px, r1);
    vec3 slope = (dFdx(height) * r1 + dFdy(height) * r2) * sign(det) / max(abs(det), 1e-9);
    slope *= min(1.0, 0.4 / max(length(slope), 1e-6));
    vec3 detail = normalize(smooth_normal - slope);
    return SkinSurface(albedo, detail, mix(0.50 - 0.12 * oil, 0.36, m.y), 1.0 - 0.85*texel.a, m.y);
}
