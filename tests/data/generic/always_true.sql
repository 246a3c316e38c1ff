{# The expression holds for every row; a null is not a truth. #}
{% test always_true(model, expression) %}
select *
from {{ model }}
where not coalesce({{ expression }}, false)
{% endtest %}
