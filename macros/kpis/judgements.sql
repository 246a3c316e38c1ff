{# Against the target: `met` or `missed` only where the whole interval lies on one side of it. #}
{% macro kpi_status() -%}
case
    when target is null or value is null or direction_code = 'neutral' then null
    when low is null then 'undecided'
    when direction_code = 'up' and low >= target then 'met'
    when direction_code = 'up' and high < target then 'missed'
    when direction_code = 'down' and high <= target then 'met'
    when direction_code = 'down' and low > target then 'missed'
    else 'undecided'
end
{%- endmacro %}

{# How far the figure may be trusted. #}
{% macro kpi_note() -%}
case
    when value is null then null
    when input_share < 0.95 then 'partial_input'
    when family_code != 'transactional' and denominator < 30 then 'small_n'
end
{%- endmacro %}
