{# A path in a SQL literal that is no pattern: a home may be called `centre [2]`. #}
{% macro literal_path(path) %}
    {{ return(path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') | replace("'", "''")) }}
{% endmacro %}


{# Absolute path of the home; plain `dbt build` from the root finds `var`. #}
{% macro home_path() %}{{ return(env_var('TELLTALE_HOME', 'var')) }}{% endmacro %}


{# A source as a relation: the ledgered files, or an empty select with the contract's types. #}
{% macro register_source(source_node, files) %}{{ return(adapter.dispatch('register_source', 'telltale')(source_node, files)) }}{% endmacro %}

{% macro duckdb__register_source(source_node, files) -%}
    {%- set relation = source_node.schema ~ '.' ~ source_node.name -%}
    create or replace view {{ relation }} as
    {% if files -%}
        select {{ raw_columns(source_node) | map(attribute='name') | join(', ') }}
        from read_parquet([{% for file in files %}'{{ literal_path(file) }}'{{ ', ' if not loop.last }}{% endfor %}])
    {%- else -%}
        select {% for column in raw_columns(source_node) %}cast(null as {{ column.data_type }}) as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %}
        where false
    {%- endif %}
{%- endmacro %}


{# A list of the centre as a table: read once, so that a build sees one version of it. #}
{% macro register_list(source_node) %}{{ return(adapter.dispatch('register_list', 'telltale')(source_node)) }}{% endmacro %}

{% macro duckdb__register_list(source_node) -%}
    {%- set relation = source_node.schema ~ '.' ~ source_node.name -%}
    {%- set file = literal_path(home_path() ~ '/seeds/' ~ source_node.name ~ '.csv') -%}
    create or replace table {{ relation }} as
    {% if run_query("select count(*) from glob('" ~ file ~ "')").rows[0][0] -%}
        select {% for column in source_node.columns.values() %}cast(nullif(trim({{ column.name }}), '') as {{ column.data_type }}) as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %}
        from read_csv('{{ file }}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', auto_detect = true)
    {%- else -%}
        select {% for column in source_node.columns.values() %}cast(null as {{ column.data_type }}) as {{ column.name }}{{ ', ' if not loop.last }}{% endfor %}
        where false
    {%- endif %}
{%- endmacro %}


{# The contract's columns, then what landing adds to every row. #}
{% macro raw_columns(source_node) %}
    {% set columns = [] %}
    {% for column in source_node.columns.values() %}
        {% do columns.append({'name': column.name, 'data_type': column.data_type}) %}
    {% endfor %}
    {{ return(columns + landing_columns()) }}
{% endmacro %}

{% macro landing_columns() %}
    {{ return([
        {'name': 'delivery_id', 'data_type': 'string'},
        {'name': 'line_number', 'data_type': 'bigint'},
        {'name': 'delivered_date', 'data_type': 'date'},
        {'name': 'row_hash', 'data_type': 'bigint'},
    ]) }}
{% endmacro %}


{% macro home_settings_select() %}{{ return(adapter.dispatch('home_settings_select', 'telltale')()) }}{% endmacro %}

{# `state/settings.json` is settings.toml as telltale validated it; without it the defaults hold. #}
{% macro duckdb__home_settings_select() -%}
    {%- set file = literal_path(home_path() ~ '/state/settings.json') -%}
    {%- set known = run_query("select count(*) from glob('" ~ file ~ "')").rows[0][0] -%}
    {%- if known -%}
    select zone_name, site_id, currency_code
    from read_json('{{ file }}', columns = {zone_name: 'varchar', site_id: 'varchar', currency_code: 'varchar'})
    {%- else -%}
    select 'Europe/Paris' as zone_name, 'main' as site_id, 'EUR' as currency_code
    {%- endif -%}
{%- endmacro %}


{% macro home_deliveries_select() %}{{ return(adapter.dispatch('home_deliveries_select', 'telltale')()) }}{% endmacro %}

{% macro duckdb__home_deliveries_select() -%}
    {%- set ledger = literal_path(home_path()) ~ '/ledger' -%}
    {%- set columns = [
        ('delivery_id', 'varchar'), ('source_code', 'varchar'), ('table_code', 'varchar'), ('file_name', 'varchar'),
        ('verdict_code', 'varchar'), ('reason_code', 'varchar'), ('message_text', 'varchar'), ('raw_path', 'varchar'),
        ('byte_count', 'bigint'), ('read_count', 'bigint'), ('accepted_count', 'bigint'), ('rejected_count', 'bigint'),
        ('duplicate_count', 'bigint'), ('landed_at', 'timestamp'), ('contract_fingerprint', 'varchar'),
    ] -%}
    {%- set landed = run_query("select count(*) from glob('" ~ ledger ~ "/*.json')").rows[0][0] -%}
    {%- set withdrawn = run_query("select count(*) from glob('" ~ ledger ~ "/withdrawals/*.json')").rows[0][0] -%}
    {%- if not landed -%}
    select {% for name, type in columns %}cast(null as {{ type }}) as {{ name }}, {% endfor %}cast(null as string) as contract_code, cast(null as boolean) as is_withdrawn, cast(null as boolean) as is_active where false
    {%- else -%}
    select *, contract_fingerprint as contract_code, raw_path is not null and not is_withdrawn as is_active
    from (
        select {{ columns | map('first') | join(', ') }},
            {% if withdrawn -%}
            delivery_id in (select delivery_id from read_json('{{ ledger }}/withdrawals/*.json', columns = {delivery_id: 'varchar'})) as is_withdrawn
            {%- else -%}
            false as is_withdrawn
            {%- endif %}
        from read_json('{{ ledger }}/*.json', columns = { {%- for name, type in columns %}{{ name }}: '{{ type }}'{{ ', ' if not loop.last }}{% endfor -%} })
    )
    {%- endif -%}
{%- endmacro %}
