{#
    The one outcome of a leg. The source's word stands, with three exceptions that only the
    warehouse can judge: an abandon with a known wait within the threshold is short; what a
    bot answered was served by the menu; and a leg without a terminal event is in progress
    until it is so old that its record must be lost. On a deferred channel it is open work,
    however old.
#}
{% macro leg_outcome() -%}
case
    when outcome_code = 'abandoned' and wait_seconds <= short_abandon_seconds then 'short_abandon'
    when outcome_code != 'answered' then outcome_code
    when (outcome_code = 'answered' or (answered_at is not null and ended_at is not null)) and is_person then 'answered'
    when outcome_code = 'answered' or (answered_at is not null and ended_at is not null) then 'ivr_only'
    when not is_deferred and {{ add_seconds('entered_at', var('lost_record_seconds')) }} <= as_of_at then 'lost_record'
    else 'in_progress'
end
{%- endmacro %}
