{# Start of the half hour of UTC that holds an instant. #}
{% macro half_hour_start(instant) -%}
{%- set seconds = epoch_seconds(instant) -%}
{{ epoch_instant('(' ~ seconds ~ ' - ' ~ seconds ~ ' % 1800)') }}
{%- endmacro %}

{#
    What clocks in a zone show at an instant, with their offset from UTC: an hour that comes twice
    has two texts.
#}
{% macro clock_text(instant, zone) -%}
{%- set clock = local_instant(instant, zone) -%}
{%- set offset = seconds_between(instant, clock) -%}
{{ joined_texts([
    'substr(cast(' ~ clock ~ ' as string), 1, 16)',
    "case when " ~ offset ~ " < 0 then ' -' else ' +' end",
    two_digits('floor(' ~ ratio('abs(' ~ offset ~ ')', '3600') ~ ')'),
    "':'",
    two_digits('floor(' ~ ratio('abs(' ~ offset ~ ') % 3600', '60') ~ ')'),
]) }}
{%- endmacro %}

{% macro two_digits(number) -%}
lpad(cast(cast({{ number }} as bigint) as string), 2, '0')
{%- endmacro %}
