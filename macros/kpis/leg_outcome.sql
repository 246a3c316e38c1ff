{#
    The one outcome of a leg. The source's word stands, with three exceptions that only the
    warehouse can judge: an abandon with a known wait within the threshold is short; what a
    bot answered was served by the menu; and a leg without a terminal event is in progress
    until it is so old that its record must be lost.
#}
{% macro leg_outcome() -%}
case
    when outcome_code = 'abandoned' and wait_seconds <= short_abandon_seconds then 'short_abandon'
    when coalesce(outcome_code, 'answered') = 'answered' and answered_at is not null and not is_person then 'ivr_only'
    when outcome_code = 'answered' and not is_person then 'ivr_only'
    when outcome_code is not null then outcome_code
    when answered_at is not null and ended_at is not null then 'answered'
    when {{ add_seconds('entered_at', var('lost_record_seconds')) }} <= as_of_at then 'lost_record'
    else 'in_progress'
end
{%- endmacro %}
