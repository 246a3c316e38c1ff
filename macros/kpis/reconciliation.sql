{# The ten outcomes of a visit: together they are the visits received. #}
{% macro visit_outcomes() %}
    {{ return([
        'answered', 'short_abandon', 'abandoned', 'abandoned_ringing', 'callback_taken', 'voicemail', 'overflow_out',
        'system_loss', 'lost_record', 'in_progress',
    ]) }}
{% endmacro %}

{# What a switch may count of a queue and day, by our words. #}
{% macro reconciled_measures() %}{{ return(['received', 'offered'] + visit_outcomes()) }}{% endmacro %}

{% macro listed_measures() -%}
{% for code in reconciled_measures() %}'{{ code }}'{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{% macro listed_outcomes() -%}
{% for code in visit_outcomes() %}'{{ code }}'{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}

{# Whether a row of `daily` belongs to a measure. #}
{% macro is_measured() -%}
case measures.measure_code when 'received' then true when 'offered' then daily.is_offered when 'abandoned' then daily.is_abandoned else measures.measure_code = daily.outcome_code end
{%- endmacro %}
