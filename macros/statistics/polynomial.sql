{#- A polynomial in x by Horner's scheme, coefficients (SQL literals) from the highest power down.
    As text it names x once per power. -#}
{%- macro polynomial(coefficients, x) -%}
{%- for coefficient in coefficients[:-1] %}({% endfor -%}
{%- for coefficient in coefficients -%}
{{ coefficient }}{% if not loop.first %}){% endif %}{% if not loop.last %} * ({{ x }}) + {% endif %}
{%- endfor -%}
{%- endmacro -%}
