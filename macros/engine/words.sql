{#
    What a word of a closed list is compared by: lower case, without accents (whole letters or marks
    of their own), blanks, hyphens and underscores. One function that both engines have: letters
    beyond the last of the second list are deleted.
#}
{% macro word_key(text) -%}
{%- set accented = 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ' -%}
{%- set plain = 'aaaaaaceeeeiiiinooooouuuuyy' -%}
{%- set dropped = ' \t\u00a0\u202f\u0300\u0301\u0302\u0303\u0308\u0327-_' -%}
translate(lower({{ text }}), {{ text_literal(accented ~ dropped) }}, '{{ plain }}')
{%- endmacro %}
