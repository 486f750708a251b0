// The surface of a garment from its material maps. Maps are bound with v from the bottom.
uniform sampler2D garment_colour_map;   // relative colour, sRGB-coded
uniform sampler2D garment_blend_map;    // share of main colour, share of accent colour, roughness, metalness
uniform sampler2D garment_height_map;
uniform vec3 garment_main;              // linear colours
uniform vec3 garment_accent;
uniform float garment_bump_depth;       // in units of position

vec3 garment_linear(vec3 c) {
    return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

void garment_surface(vec2 uv, vec3 normal, vec3 position, out vec3 albedo, out vec3 detail_normal,
                     out float roughness, out float metalness) {
    vec4 blend = texture(garment_blend_map, uv);
    float own = max(1.0 - blend.r - blend.g, 0.0);
    vec3 dye = blend.r * garment_main + blend.g * garment_accent + own;
    albedo = garment_linear(texture(garment_colour_map, uv).rgb) * dye;
    metalness = blend.a;

    // Bump (Mikkelsen 2010), from one-sided height differences a pixel apart: steadier than dFdx of the height.
    vec2 right = dFdx(uv), up = dFdy(uv);
    float here = texture(garment_height_map, uv).r;
    float across = (texture(garment_height_map, uv + right).r - here) * garment_bump_depth;
    float along = (texture(garment_height_map, uv + up).r - here) * garment_bump_depth;
    vec3 px = dFdx(position), py = dFdy(position);
    vec3 r1 = cross(py, normal), r2 = cross(normal, px);
    float area = dot(px, r1);
    vec3 slope = (across * r1 + along * r2) * sign(area) / max(abs(area), 1e-9);
    float steep = length(slope);
    slope *= min(1.0, 0.9 / max(steep, 1e-6));
    detail_normal = normalize(normal - slope);
    // What the bump loses to minification widens the lobe instead (Toksvig 2005, with the slope's own size as measure).
    roughness = clamp(sqrt(blend.b * blend.b + 0.06 * min(steep * steep, 1.0)), 0.12, 1.0);
}
