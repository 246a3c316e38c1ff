{# The instant at which open windows are judged, if the person who builds names one. #}
{% macro as_of_setting() -%}
{%- set instant = var('as_of') -%}
{%- if instant is none -%}
cast(null as timestamp)
{%- elif not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?', instant | string) -%}
{{ exceptions.raise_compiler_error("as_of must be a UTC instant such as '2026-06-30 00:00:00', not '" ~ instant ~ "'.") }}
{%- else -%}
cast('{{ instant }}' as timestamp)
{%- endif -%}
{%- endmacro %}


{#
    The latest instant of the past that a row tells: that of its last change, since nothing in it
    can have happened later; where it names none, the latest of the events that it names. Null
    where it names nothing.
#}
{% macro row_reached(instants) -%}
coalesce(updated_at, {{ 'greatest(' ~ instants | join(', ') ~ ')' if instants | length > 1 else instants[0] }})
{%- endmacro %}
