{#
    The number that an answer stands for on its scale: the number itself, if whole, on a scale of
    points, 1 or 0 for the two sides of a choice; null where the text is neither.
#}
{% macro answer_number(answer_text, scale) -%}
{%- set given = safe_cast("replace(trim(" ~ answer_text ~ "), ',', '.')", 'decimal(18, 6)') -%}
case
    when {{ scale }}.kind_code = 'choice' then
        case
            when contains({{ scale }}.yes_texts, '|' || lower(trim({{ answer_text }})) || '|') then cast(1 as decimal(18, 6))
            when contains({{ scale }}.no_texts, '|' || lower(trim({{ answer_text }})) || '|') then cast(0 as decimal(18, 6))
        end
    when {{ given }} = floor({{ given }}) then {{ given }}
end
{%- endmacro %}

{# 0 to 100, more is better, exact to twelve decimals; null outside the scale. #}
{% macro answer_score(number, minimum, maximum, is_high_good) -%}
case
    when {{ number }} between {{ minimum }} and {{ maximum }} then
        cast(
            {{ ratio(
                'case when ' ~ is_high_good ~ ' then ' ~ number ~ ' - ' ~ minimum ~ ' else ' ~ maximum ~ ' - ' ~ number ~ ' end * 100',
                maximum ~ ' - ' ~ minimum
            ) }} as decimal(18, 12)
        )
end
{%- endmacro %}

{% macro is_top_box(number, minimum, maximum, is_high_good, box_count) -%}
case
    when {{ number }} between {{ minimum }} and {{ maximum }} then
        case
            when {{ is_high_good }} then {{ number }} > {{ maximum }} - {{ box_count }}
            else {{ number }} < {{ minimum }} + {{ box_count }}
        end
end
{%- endmacro %}

{% macro is_bottom_box(number, minimum, maximum, is_high_good, box_count) -%}
case
    when {{ number }} between {{ minimum }} and {{ maximum }} then
        case
            when {{ is_high_good }} then {{ number }} < {{ minimum }} + {{ box_count }}
            else {{ number }} > {{ maximum }} - {{ box_count }}
        end
end
{%- endmacro %}
