#version 330
in vec2 t;
uniform sampler2D picture;
uniform float alpha_cut;
void main() {
    if (alpha_cut > 0.0 && texture(picture, t).a < alpha_cut) discard;
}
