{#
    First hook of every run. Makes each source a plain relation (a view over the ledgered
    Parquet files, or an empty typed select from the contract) and decides whether the build
    continues the last one or starts anew.

    A build is full when nothing was built, when the fingerprint of models, macros, lists,
    settings or versions changed, when a built delivery is gone (withdrawn or landed anew),
    or when nobody vouches for the fingerprint (plain `dbt build`).
#}
{% macro prepare_build() %}
    {%- if execute and flags.WHICH in ['build', 'run', 'test', 'seed', 'compile', 'show', 'run-operation'] -%}
        {%- do create_home_relations() -%}
        {%- do register_sources() -%}
        {%- if flags.WHICH in ['build', 'run'] -%}
            {%- do begin_build() -%}
        {%- endif -%}
    {%- endif -%}
    select 1
{% endmacro %}


{# State tables are created once and survive; settings and deliveries are read anew each time. #}
{% macro create_home_relations() %}
    {% do run_query("create schema if not exists home") %}
    {% do create_state_table('home.build', 'is_full boolean, why_text string, fingerprint_code string, is_finished boolean') %}
    {% do create_state_table('home.built_deliveries', 'delivery_id string, is_active boolean, contract_code string') %}
    {% do create_state_table('home.unfinished_days', 'fact_code string, touched_date date') %}
    {% do register_settings() %}
    {% do register_deliveries() %}
    {% do register_delivered_columns() %}
    {% do register_raw_tables() %}
{% endmacro %}


{% macro register_sources() %}
    {% set ledgered = run_query("select source_code, table_code, raw_path from home.deliveries where is_active order by raw_path") %}
    {% set files = {} %}
    {% for row in ledgered.rows %}
        {% do files.setdefault(row[0] ~ '.' ~ row[1], []).append(home_path() ~ '/' ~ row[2]) %}
    {% endfor %}
    {% for schema in graph.sources.values() | map(attribute='schema') | unique %}
        {% do run_query("create schema if not exists " ~ schema) %}
    {% endfor %}
    {% for source_node in graph.sources.values() if source_node.source_name == 'lists' %}
        {% do register_list(source_node) %}
    {% endfor %}
    {% for source_node in graph.sources.values() if source_node.source_name not in ['home', 'lists'] %}
        {% set key = source_node.source_name ~ '.' ~ source_node.name %}
        {% do register_source(source_node, files.get(key, [])) %}
    {% endfor %}
{% endmacro %}


{% macro begin_build() %}
    {% set fingerprint = env_var('TELLTALE_FINGERPRINT', '') %}
    {% set last = run_query("select fingerprint_code, is_finished from home.build").rows %}
    {% set built = run_query("select count(*) from home.built_deliveries").rows[0][0] %}
    {% set gone = run_query(
        "select count(*) from home.built_deliveries as built where built.is_active and not exists ("
        "select 1 from home.deliveries as known where known.delivery_id = built.delivery_id and known.contract_code = built.contract_code and known.is_active)"
    ).rows[0][0] %}
    {% if flags.FULL_REFRESH %}{% set why = 'asked for' %}
    {% elif not built %}{% set why = 'nothing was built before' %}
    {% elif gone %}{% set why = gone ~ ' built deliveries were withdrawn or landed anew' %}
    {% elif not fingerprint %}{% set why = 'plain dbt: no fingerprint' %}
    {% elif last and last[0][0] != fingerprint %}{% set why = 'models, lists, settings or versions changed' %}
    {% else %}{% set why = none %}
    {% endif %}
    {% if why %}
        {% do empty_rows('home.built_deliveries') %}
        {% do empty_rows('home.unfinished_days') %}
        {% do drop_touched_relations() %}
    {% elif last and last[0][1] %}
        {% do empty_rows('home.unfinished_days') %}
    {% else %}
        {% do keep_unfinished_days() %}
    {% endif %}
    {% do write_build(why is not none, why or 'only touched days', fingerprint, false) %}
    {% do log('Full build: ' ~ why if why else 'Incremental build: only touched days', info=true) %}
{% endmacro %}


{% macro write_build(is_full, why, fingerprint, is_finished) %}
    {% do replace_rows(
        'home.build',
        'select ' ~ is_full | lower ~ ', ' ~ text_literal(why) ~ ', ' ~ text_literal(fingerprint) ~ ', ' ~ is_finished | lower
    ) %}
{% endmacro %}


{# A build that died may have moved some facts and not others: its days are touched again. #}
{% macro keep_unfinished_days() %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name in ['int_touched_days', 'int_touched_survey_days'] %}
        {% set relation = adapter.get_relation(node.database, node.schema, node.alias) %}
        {% if relation %}
            {% do run_query("insert into home.unfinished_days select distinct fact_code, touched_date from " ~ relation) %}
        {% endif %}
    {% endfor %}
{% endmacro %}


{# Facts and daily aggregates of an earlier shape would be continued by mistake. #}
{% macro drop_touched_relations() %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized == 'touched_periods' %}
        {% set relation = adapter.get_relation(node.database, node.schema, node.alias) %}
        {% if relation %}{% do adapter.drop_relation(relation) %}{% endif %}
    {% endfor %}
{% endmacro %}
