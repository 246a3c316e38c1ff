{# `home.settings`: one row. #}
{% macro register_settings() %}{{ return(adapter.dispatch('register_settings', 'telltale')()) }}{% endmacro %}

{# `state/settings.json` is settings.toml as telltale validated it; without it the defaults hold. #}
{% macro duckdb__register_settings() -%}
    {%- set file = path_literal(home_path() ~ '/state/settings.json') -%}
    {%- set query -%}
    create or replace view home.settings as
    {% if run_query('select count(*) from glob(' ~ file ~ ')').rows[0][0] -%}
    select zone_name, site_id, currency_code
    from read_json({{ file }}, columns = {zone_name: 'varchar', site_id: 'varchar', currency_code: 'varchar'})
    {%- else -%}
    select 'Europe/Paris' as zone_name, 'main' as site_id, 'EUR' as currency_code
    {%- endif -%}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{% macro spark__register_settings() -%}
    {% do run_query(
        'create or replace temporary view settings_file (zone_name string, site_id string, currency_code string) '
        ~ 'using json options (path ' ~ path_literal(home_path() ~ '/state/settings.json') ~ ', multiLine true)'
    ) %}
    {% do run_query('drop table if exists home.settings') %}
    {% do run_query('create table home.settings using parquet as select zone_name, site_id, currency_code from settings_file') %}
{%- endmacro %}


{# `home.deliveries`: one row per ledger record. #}
{% macro register_deliveries() %}{{ return(adapter.dispatch('register_deliveries', 'telltale')()) }}{% endmacro %}

{% macro duckdb__register_deliveries() -%}
    {%- set records = path_literal(home_path() ~ '/ledger', '/*.json') -%}
    {%- set withdrawals = path_literal(home_path() ~ '/ledger', '/withdrawals/*.json') -%}
    {%- set landed = run_query('select count(*) from glob(' ~ records ~ ')').rows[0][0] -%}
    {%- set withdrawn = run_query('select count(*) from glob(' ~ withdrawals ~ ')').rows[0][0] -%}
    {%- set query -%}
    create or replace view home.deliveries as
    {% if not landed -%}
    {{ no_rows(ledger_columns() + [{'name': 'contract_code', 'data_type': 'string'}, {'name': 'is_withdrawn', 'data_type': 'boolean'}, {'name': 'is_active', 'data_type': 'boolean'}]) }}
    {%- else -%}
    select *, contract_fingerprint as contract_code, raw_path is not null and not is_withdrawn as is_active
    from (
        select {{ ledger_columns() | map(attribute='name') | join(', ') }},
            {% if withdrawn -%}
            delivery_id in (select delivery_id from read_json({{ withdrawals }}, columns = {delivery_id: 'varchar'})) as is_withdrawn
            {%- else -%}
            false as is_withdrawn
            {%- endif %}
        from read_json({{ records }}, columns = { {%- for column in ledger_columns() %}{{ column.name }}: '{{ column.data_type }}'{{ ', ' if not loop.last }}{% endfor -%} })
    )
    {%- endif -%}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{# A table, not a view: each node reads the sources in a session of its own, and few read JSON. #}
{% macro spark__register_deliveries() -%}
    {%- set typed = [] -%}
    {%- for column in ledger_columns() -%}
        {%- do typed.append(column.name ~ ' ' ~ ('string' if column.data_type == 'timestamp' else column.data_type)) -%}
    {%- endfor -%}
    {% do run_query(
        'create or replace temporary view ledger_files (' ~ typed | join(', ') ~ ') using json options (path '
        ~ path_literal(home_path() ~ '/ledger') ~ ', recursiveFileLookup true, pathGlobFilter \'*.json\', multiLine true)'
    ) %}
    {% do run_query('drop table if exists home.deliveries') %}
    {%- set query -%}
    create table home.deliveries using parquet as
    with records as (
        select *, split_part(input_file_name(), '/', -2) = 'withdrawals' as is_withdrawal
        from ledger_files
    ),
    landed as (
        select
            {% for column in ledger_columns() %}cast({{ column.name }} as {{ column.data_type }}) as {{ column.name }},
            {% endfor -%}
            delivery_id in (select delivery_id from records where is_withdrawal) as is_withdrawn
        from records
        where not is_withdrawal
    )
    select *, contract_fingerprint as contract_code, raw_path is not null and not is_withdrawn as is_active
    from landed
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{% macro ledger_columns() %}
    {% set types = {'bigint': ['byte_count', 'read_count', 'accepted_count', 'rejected_count', 'duplicate_count'], 'timestamp': ['landed_at']} %}
    {% set names = [
        'delivery_id', 'source_code', 'table_code', 'file_name', 'verdict_code', 'reason_code', 'message_text', 'raw_path',
        'byte_count', 'read_count', 'accepted_count', 'rejected_count', 'duplicate_count', 'landed_at',
        'contract_fingerprint',
    ] %}
    {% set columns = [] %}
    {% for name in names %}
        {% set type = 'bigint' if name in types.bigint else 'timestamp' if name in types.timestamp else 'string' %}
        {% do columns.append({'name': name, 'data_type': type}) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
