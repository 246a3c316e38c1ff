{# The columns together identify a row; none of them is null, but those of `nullable`. #}
{% test unique_key(model, columns, nullable=[]) %}
select {{ columns | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1 or {% for column in columns if column not in nullable %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}
