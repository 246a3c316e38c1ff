{#
    Last hook of every run. The deliveries count as built only if every node of a whole
    `dbt build` succeeded; anything less leaves the touched days to the next build.
#}
{% macro record_build(results) %}
    {%- if execute and flags.WHICH == 'build' -%}
        {%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error']) | list -%}
        {%- set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | list -%}
        {%- set built = results | selectattr('node.resource_type', 'equalto', 'model') | list -%}
        {%- if not failed and built | length == models | length -%}
            {%- do replace_rows('home.built_deliveries', 'select delivery_id, is_active, contract_code from home.deliveries') -%}
            {%- set build = run_query('select is_full, why_text, fingerprint_code from home.build').rows[0] -%}
            {%- do write_build(build[0], build[1], build[2], true) -%}
        {%- endif -%}
    {%- endif -%}
    select 1
{% endmacro %}
