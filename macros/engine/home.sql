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
            delivery_id in (select delivery_id from read_json({{ withdrawals }}, columns = {delivery_id: 'varchar', undone_at: 'varchar'}) where undone_at is null) as is_withdrawn
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
    {%- set typed = ['undone_at string'] -%}
    {%- for column in ledger_columns() -%}
        {%- do typed.append(column.name ~ ' ' ~ ('string' if column.data_type == 'timestamp' else column.data_type)) -%}
    {%- endfor -%}
    {%- do typed.extend(['delivered_columns array<string>', 'constant_columns array<string>']) -%}
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
            delivery_id in (select delivery_id from records where is_withdrawal and undone_at is null) as is_withdrawn
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


{#
    `home.delivered_columns`: one row per ledger record and column of its contract that its header
    had, or that settings or contract fill with one value. A record that does not say (of a version
    that kept no header, while its file is gone) counts as if all columns had been there.
#}
{% macro register_delivered_columns() %}{{ return(adapter.dispatch('register_delivered_columns', 'telltale')()) }}{% endmacro %}

{% macro duckdb__register_delivered_columns() -%}
    {%- set records = path_literal(home_path() ~ '/ledger', '/*.json') -%}
    {%- set query -%}
    create or replace table home.delivered_columns as
    {% if run_query('select count(*) from glob(' ~ records ~ ')').rows[0][0] -%}
    with records as (
        select *
        from read_json({{ records }}, columns = {
            delivery_id: 'varchar', source_code: 'varchar', table_code: 'varchar',
            delivered_columns: 'varchar[]', constant_columns: 'varchar[]'
        })
    )
    select delivery_id, source_code, table_code, unnest(delivered_columns) as column_code, false as is_constant
    from records
    union all
    select delivery_id, source_code, table_code, unnest(constant_columns) as column_code, true as is_constant
    from records
    {{ unsaid_columns() }}
    {%- else -%}
    {{ no_rows(delivered_column_columns()) }}
    {%- endif -%}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{# The view `ledger_files` is that of `register_deliveries`. #}
{% macro spark__register_delivered_columns() -%}
    {% do run_query('drop table if exists home.delivered_columns') %}
    {%- set query -%}
    create table home.delivered_columns using parquet as
    with records as (
        select *
        from ledger_files
        where split_part(input_file_name(), '/', -2) != 'withdrawals'
    )
    select delivery_id, source_code, table_code, explode(delivered_columns) as column_code, false as is_constant
    from records
    union all
    select delivery_id, source_code, table_code, explode(constant_columns) as column_code, true as is_constant
    from records
    {{ unsaid_columns() }}
    {%- endset -%}
    {% do run_query(query) %}
{%- endmacro %}

{# All columns of its contract for a record that says nothing of its header. #}
{% macro unsaid_columns() -%}
    {%- set columns = [] -%}
    {%- for node in graph.sources.values() if node.source_name not in ['home', 'lists'] -%}
        {%- for column in node.columns.values() -%}
            {%- do columns.append("('" ~ node.source_name ~ "', '" ~ node.name ~ "', '" ~ column.name ~ "')") -%}
        {%- endfor -%}
    {%- endfor -%}
    union all
    select records.delivery_id, records.source_code, records.table_code, contracted.column_code, false as is_constant
    from records
    inner join (values {{ columns | join(', ') }}) as contracted (source_code, table_code, column_code)
        on records.source_code = contracted.source_code and records.table_code = contracted.table_code
    where records.delivered_columns is null
{%- endmacro %}

{% macro delivered_column_columns() %}
    {{ return([
        {'name': 'delivery_id', 'data_type': 'string'},
        {'name': 'source_code', 'data_type': 'string'},
        {'name': 'table_code', 'data_type': 'string'},
        {'name': 'column_code', 'data_type': 'string'},
        {'name': 'is_constant', 'data_type': 'boolean'},
    ]) }}
{% endmacro %}
