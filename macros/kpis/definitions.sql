{#
    Every ratio KPI is one line: two sums of one family's daily aggregate, and what stands
    behind them. Names, units and directions are words: seeds/kpis.csv. Lists show KPIs in the order of
    these lines.

    eligible   the events that the KPI is about, if some of them may lack an input; the share
               that carries all inputs is published, and `reason` says what is missing
    inputs     the events that carry all inputs, where the denominator counts something else than
               events, such as seconds (estimator ratio)
    squares    the sum of squares of the numerator's events (estimator mean)
    hidden     events of whose deliveries the source cannot tell the KPI, of how many, and the reason of
               a row in which they are more than a fifth
    needs      what some delivery of the home must have for the KPI to be known at all: a standard
               table, a column of one, one with every word of its closed list (*), either of two (|),
               or a list of the centre in which some row says so
    scopes     see kpi_scope_sets; only scopes whose key both sums carry
    window     days after the period until its figures can no longer change
    open       the events whose window is still open, where the KPI has windows of its own
#}
{% macro kpi_definitions() %}
    {{ return([
        kpi('answer_rate', 'transactional', 'answered_count + callback_reached_count - one_sided_answered_count', 'offered_count - callback_unknown_count - one_sided_count', 'proportion', 'visits', 'day', eligible='offered_count + lost_record_count', reason='lost_records', window=1, hidden=[('one_sided_count', 'offered_count + lost_record_count', 'answered_only')], needs=['contact_legs.outcome_code']),
        kpi('service_level', 'transactional', 'service_level_met_count', 'service_level_counted_count', 'proportion', 'visits', 'day', eligible='service_level_visit_count', reason='no_wait', hidden=[('one_sided_count', 'service_level_visit_count', 'answered_only')], needs=['contact_legs.outcome_code']),
        kpi('average_speed_of_answer_seconds', 'transactional', 'answered_wait_seconds', 'answered_wait_count', 'mean_seconds', 'visits', 'day', squares='answered_wait_seconds_squares', eligible='answered_count + lost_record_count', reason='no_wait', needs=['contact_legs']),
        kpi('average_handle_seconds', 'transactional', 'handle_seconds', 'handled_count', 'mean_seconds', 'handled_legs', 'agent', squares='handle_seconds_squares', eligible='answered_leg_count', reason='no_wrap_up', needs=['contact_legs']),
        kpi('average_talk_seconds', 'transactional', 'talk_seconds', 'talk_count', 'mean_seconds', 'handled_legs', 'agent', squares='talk_seconds_squares', eligible='answered_leg_count', reason='no_talk', needs=['contact_legs']),
        kpi('average_hold_seconds', 'transactional', 'hold_seconds', 'hold_count', 'mean_seconds', 'handled_legs', 'agent', squares='hold_seconds_squares', eligible='answered_leg_count', reason='no_hold', needs=['contact_legs']),
        kpi('average_wrap_up_seconds', 'transactional', 'wrap_up_seconds', 'wrap_up_count', 'mean_seconds', 'handled_legs', 'agent', squares='wrap_up_seconds_squares', eligible='answered_leg_count', reason='no_wrap_up', needs=['contact_legs']),
        kpi('declared_resolution_rate', 'transactional', 'resolved_contact_count', 'declared_contact_count', 'proportion', 'contacts', 'customer', eligible='answered_contact_count', reason='no_declaration', needs=['contact_legs']),
        kpi('abandonment_rate', 'transactional', 'abandoned_count + abandoned_ringing_count - one_sided_count + one_sided_answered_count', 'offered_count - one_sided_count', 'proportion', 'visits', 'day', eligible='offered_count + lost_record_count', reason='lost_records', hidden=[('one_sided_count', 'offered_count + lost_record_count', 'answered_only')], needs=['contact_legs.outcome_code']),
        kpi('short_abandon_rate', 'transactional', 'short_abandon_count', 'offered_count + short_abandon_count - one_sided_count - untimed_abandon_count', 'proportion', 'visits', 'day', eligible='offered_count + short_abandon_count + lost_record_count', reason='lost_records', hidden=[('one_sided_count', 'offered_count + short_abandon_count + lost_record_count', 'answered_only'), ('untimed_abandon_count', 'abandoned_count + short_abandon_count', 'no_wait')], needs=['contact_legs.outcome_code']),
        kpi('system_loss_rate', 'transactional', 'system_loss_count', 'offered_count - limited_count', 'proportion', 'visits', 'day', eligible='offered_count + lost_record_count', reason='lost_records', hidden=[('limited_count', 'offered_count + lost_record_count', 'not_delivered')], needs=['contact_legs.outcome_code*']),
        kpi('average_wait_seconds', 'transactional', 'offered_wait_seconds', 'offered_wait_count', 'mean_seconds', 'visits', 'day', squares='offered_wait_seconds_squares', eligible='offered_count + lost_record_count', reason='no_wait', hidden=[('one_sided_count', 'offered_count + lost_record_count', 'answered_only')], needs=['contact_legs.outcome_code']),
        kpi('redial_rate', 'abandons', 'redialled_count', 'followed_count', 'proportion', 'visits', 'day', eligible='abandon_count', reason='no_customer_id', needs=['contact_legs.outcome_code']),
        kpi('callback_acceptance_rate', 'transactional', 'callback_accepted_count', 'callback_offered_count', 'proportion', 'visits', 'day', eligible='callback_offered_count + lost_callback_offered_count', reason='lost_records', needs=['contact_legs.outcome_code*', 'contact_legs.is_callback_offered']),
        kpi('callback_reached_rate', 'transactional', 'callback_closed_reached_count', 'callback_closed_count', 'proportion', 'visits', 'day', window=1, needs=['contact_legs.outcome_code*', 'contact_legs.callback_of_contact_id']),
        kpi('callback_in_promise_rate', 'transactional', 'callback_closed_kept_count', 'callback_closed_known_count', 'proportion', 'visits', 'day', eligible='callback_closed_count', reason='no_callback_instant', window=1, needs=['contact_legs.outcome_code*', 'contact_legs.callback_of_contact_id']),
        kpi('transfer_rate', 'transactional', 'transferred_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='not_delivered', needs=['contact_legs.transfer_kind_code']),
        kpi('blind_transfer_rate', 'transactional', 'blind_transfer_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='not_delivered', needs=['contact_legs.transfer_kind_code']),
        kpi('consult_transfer_rate', 'transactional', 'consult_transfer_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='not_delivered', needs=['contact_legs.transfer_kind_code']),
        kpi('external_transfer_rate', 'transactional', 'external_transfer_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='not_delivered', needs=['contact_legs.transfer_kind_code']),
        kpi('wrong_queue_rate', 'transactional', 'wrong_queue_count', 'wrong_queue_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='no_transfer_instant', needs=['contact_legs.transfer_kind_code', 'contact_legs.transferred_at']),
        kpi('accessibility_rate', 'transactional', 'arrived_answered_contact_count - one_sided_answered_contact_count', 'arrived_contact_count - one_sided_contact_count', 'proportion', 'arrivals', 'day', eligible='ended_contact_count', reason='lost_records', hidden=[('one_sided_contact_count', 'ended_contact_count', 'answered_only')], needs=['contact_legs.outcome_code']),
        kpi('dissuasion_rate', 'transactional', 'dissuaded_contact_count', 'arrived_contact_count - limited_contact_count', 'proportion', 'arrivals', 'day', eligible='ended_contact_count', reason='lost_records', hidden=[('limited_contact_count', 'ended_contact_count', 'not_delivered')], needs=['contact_legs.outcome_code*']),
        kpi('transferred_contact_rate', 'transactional', 'transferred_contact_count', 'transfer_known_contact_count', 'proportion', 'contacts', 'agent', eligible='answered_contact_count', reason='not_delivered', needs=['contact_legs.transfer_kind_code']),
        kpi('average_contact_handle_seconds', 'transactional', 'contact_handle_seconds', 'handled_contact_count', 'mean_seconds', 'contacts', 'agent', squares='contact_handle_seconds_squares', eligible='answered_contact_count', reason='no_wrap_up', needs=['contact_legs']),
        kpi('selfcare_sent_rate', 'followed', 'selfcare_sent_count', 'sending_known_count', 'proportion', 'handled_legs', 'agent', eligible='selfcare_eligible_count', reason='not_delivered', needs=['contact_legs.sent_to_channel_code', 'lists.contact_reasons.is_selfcare_eligible']),
        kpi('selfcare_started_rate', 'followed', 'selfcare_started_count', 'selfcare_known_count', 'proportion', 'handled_legs', 'agent', eligible='selfcare_start_closed_count', reason='no_customer_id', window=1, needs=['contact_legs.sent_to_channel_code', 'selfcare_sessions']),
        kpi('selfcare_success_rate', 'followed', 'selfcare_success_count', 'selfcare_followed_count', 'proportion', 'handled_legs', 'agent', eligible='selfcare_closed_count', reason='no_customer_id', window=7, needs=['contact_legs.sent_to_channel_code', 'selfcare_sessions']),
        kpi('selfcare_share', 'followed', 'contained_session_count', 'contained_session_count + human_contact_count', 'proportion', 'arrivals', 'customer', eligible='session_count - escalated_session_count + human_contact_count', reason='no_escalation', needs=['selfcare_sessions', 'contact_legs']),
        kpi('digital_contact_rate', 'followed', 'digital_human_contact_count + digital_contained_session_count', 'channel_known_contact_count + channel_known_session_count', 'proportion', 'sites', 'customer', eligible='session_count - escalated_session_count + human_contact_count', reason='no_channel_or_escalation', needs=['contact_legs', 'contact_legs.channel_code|selfcare_sessions']),
        kpi('selfcare_containment_rate', 'followed', 'contained_session_count', 'contained_session_count + escalated_session_count', 'proportion', 'contacts', 'customer', eligible='session_count', reason='no_escalation', needs=['selfcare_sessions']),
        kpi('selfcare_resolution_rate', 'followed', 'resolved_session_count', 'followed_session_count', 'proportion', 'contacts', 'customer', eligible='closed_session_count', reason='no_customer_id', window=7, needs=['selfcare_sessions', 'contact_legs.customer_id']),
        kpi('selfcare_off_hours_rate', 'followed', 'off_hours_session_count', 'clocked_session_count', 'proportion', 'contacts', 'customer', eligible='session_count', reason='no_opening_hours', needs=['selfcare_sessions']),
        kpi('channel_promotion_rate', 'followed', 'promoted_count', 'promotion_known_count', 'proportion', 'handled_legs', 'agent', eligible='promotable_count', reason='not_delivered', needs=['contact_legs.promoted_channel_code', 'lists.contact_reasons.is_promotion_eligible']),
        kpi('channel_adoption_rate', 'followed', 'adopted_promotion_count', 'followed_promotion_count', 'proportion', 'handled_legs', 'agent', eligible='closed_promotion_count', reason='no_customer_id', window=30, needs=['contact_legs.promoted_channel_code', 'lists.contact_reasons.is_promotion_eligible']),
        kpi('sale_conversion_rate', 'followed', 'converted_contact_count', 'sale_contact_count', 'proportion', 'contacts', 'agent', window=15, needs=['contact_legs', 'sales', 'lists.contact_reasons.is_sale_eligible']),
        kpi('average_sale_count', 'followed', 'sale_count', 'sale_contact_count', 'mean_amount', 'contacts', 'agent', squares='sale_count_squares', window=15, needs=['contact_legs', 'sales', 'lists.contact_reasons.is_sale_eligible']),
        kpi('average_sale_amount', 'followed', 'sale_amount', 'priced_contact_count', 'mean_amount', 'contacts', 'agent', squares='sale_amount_squares', eligible='sale_contact_count', reason='no_amount', window=15, needs=['contact_legs', 'sales', 'lists.contact_reasons.is_sale_eligible']),
        kpi('occupancy_rate', 'presence', 'occupied_seconds', 'working_seconds', 'ratio', 'presence', 'agent', inputs='occupancy_count', eligible='agent_day_count', reason='no_idle', needs=['agent_days', 'contact_legs.agent_id']),
        kpi('utilisation_rate', 'presence', 'utilised_seconds', 'employed_seconds', 'ratio', 'presence', 'agent', inputs='utilisation_count', eligible='agent_day_count', reason='no_paid', needs=['agent_days', 'contact_legs.agent_id']),
        kpi('absence_rate', 'presence', 'absent_seconds', 'scheduled_seconds', 'ratio', 'presence', 'agent', inputs='absence_count', eligible='agent_day_count', reason='no_planned', needs=['agent_days']),
        kpi('first_contact_resolution_rate', 'issues', 'first_contact_resolved_count', 'mature_count', 'proportion', 'contacts', 'customer', eligible='mature_count + mature_unfollowed_count', reason='no_customer_or_reason', window=8, needs=['contact_legs.customer_id']),
        kpi('average_issue_handle_seconds', 'issues', 'settled_handle_seconds', 'settled_handled_count', 'mean_seconds', 'contacts', 'customer', squares='settled_handle_seconds_squares', eligible='settled_count + settled_unfollowed_count', reason='no_customer_or_reason', window=31, needs=['contact_legs.customer_id']),
        kpi('repeat_rate', 'issues', 'settled_repeat_count', 'settled_contact_count', 'ratio', 'contacts', 'customer', inputs='settled_count', eligible='settled_count + settled_unfollowed_count', reason='no_customer_or_reason', window=31, needs=['contact_legs.customer_id']),
        kpi('average_issue_contact_count', 'issues', 'settled_contact_count', 'settled_count', 'mean_count', 'contacts', 'customer', squares='settled_contact_count_squares', eligible='settled_count + settled_unfollowed_count', reason='no_customer_or_reason', window=31, needs=['contact_legs.customer_id']),
        kpi('resolution_in_target_rate', 'tickets', 'in_target_count', 'decided_count', 'proportion', 'contacts', 'customer', eligible='decided_count + undecidable_count', reason='no_calendar', open='open_target_count', needs=['tickets', 'tickets.resolved_at|ticket_changes', 'lists.kpi_targets.resolution_in_target_rate']),
        kpi('average_first_reply_seconds', 'tickets', 'first_reply_seconds', 'replied_count', 'mean_seconds', 'contacts', 'customer', squares='first_reply_seconds_squares', eligible='ticket_count', reason='no_reply', open='open_reply_count', needs=['tickets']),
        kpi('reopen_rate', 'tickets', 'reopened_count', 'reopening_known_count', 'proportion', 'contacts', 'customer', eligible='settled_solved_count', reason='no_changes', window=8, needs=['tickets', 'tickets.resolved_at|ticket_changes']),
        kpi('csat_score', 'emotional', 'csat_score_sum', 'csat_count', 'mean_score', 'answers', 'agent', squares='csat_score_squares', eligible='csat_given_count', reason='no_score', window=14, needs=['survey_answers.answer_text', 'contact_legs']),
        kpi('csat_top_box_rate', 'emotional', 'csat_top_box_count', 'csat_count', 'proportion', 'answers', 'agent', eligible='csat_given_count', reason='no_score', window=14, needs=['survey_answers.answer_text', 'contact_legs']),
    ]) }}
{% endmacro %}


{% macro kpi(kpi_id, family, numerator, denominator, estimator, scopes, cluster, squares=none, inputs=none, eligible=none, reason='no_answers', window=0, open=none, hidden=none, needs=none) %}
    {{ return({
        'kpi_id': kpi_id, 'family': family, 'numerator': numerator, 'denominator': denominator,
        'estimator': estimator, 'scopes': scopes, 'cluster': cluster, 'squares': squares or 'cast(null as bigint)',
        'inputs': inputs or denominator, 'eligible': eligible or inputs or denominator, 'reason': reason, 'window': window,
        'open': open, 'hidden': hidden or [], 'needs': needs or [],
    }) }}
{% endmacro %}


{# Scope code -> column of the aggregate that holds its members. #}
{% macro kpi_scope_sets() %}
    {% set visits = {'company': none, 'site': 'site_id', 'queue': 'queue_id', 'channel': 'channel_code', 'entry_reason': 'entry_reason_code'} %}
    {% set contacts = {'company': none, 'site': 'site_id', 'queue': 'queue_id', 'channel': 'channel_code', 'reason': 'reason_code'} %}
    {{ return({
        'visits': visits,
        'handled_legs': dict(visits, team='team_id', reason='reason_code'),
        'contacts': contacts,
        'arrivals': {'company': none, 'site': 'site_id', 'queue': 'queue_id', 'channel': 'channel_code'},
        'answers': dict(contacts, team='team_id'),
        'presence': {'company': none, 'site': 'site_id', 'team': 'team_id'},
        'sites': {'company': none, 'site': 'site_id'},
    }) }}
{% endmacro %}


{#
    Family of sums -> its daily aggregate, the periods in which it is published, the column that
    counts what may still change, and `family_code`, that of its KPIs where it is another. Answers
    of single days would let a reader subtract their way to a single answer: they begin at the week.
#}
{% macro kpi_families() %}
    {{ return({
        'transactional': {'aggregate': 'agg_transactional_daily', 'periods': ['day', 'week', 'month', 'all'], 'open': 'in_progress_count'},
        'abandons': {'aggregate': 'agg_abandons_daily', 'family_code': 'transactional', 'periods': ['day', 'week', 'month', 'all'], 'open': 'open_abandon_count'},
        'followed': {'aggregate': 'agg_followed_daily', 'family_code': 'transactional', 'periods': ['day', 'week', 'month', 'all'], 'open': 'open_window_count'},
        'issues': {'aggregate': 'agg_issues_daily', 'family_code': 'transactional', 'periods': ['day', 'week', 'month', 'all'], 'open': 'open_window_count'},
        'tickets': {'aggregate': 'agg_tickets_daily', 'family_code': 'transactional', 'periods': ['day', 'week', 'month', 'all'], 'open': 'open_window_count'},
        'presence': {'aggregate': 'agg_presence_daily', 'family_code': 'transactional', 'periods': ['day', 'week', 'month', 'all'], 'open': '0'},
        'emotional': {'aggregate': 'agg_emotional_daily', 'periods': ['week', 'month', 'all'], 'open': '0'},
    }) }}
{% endmacro %}


{# The definitions as rows, for dim_kpis. #}
{% macro kpi_definitions_select() %}
    {%- for line in kpi_definitions() %}
    select
        '{{ line.kpi_id }}' as kpi_id,
        cast({{ loop.index }} as integer) as list_number,
        '{{ line.estimator }}' as estimator_code,
        '{{ line.scopes }}' as scope_set_code,
        '{{ line.cluster }}' as cluster_code,
        '{{ line.reason }}' as missing_reason_code,
        cast({{ line.window }} as bigint) as window_day_count
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{% endmacro %}


{#
    KPI of a threshold, policy or clock in `kpi_targets` -> the KPIs whose events it decides. A
    target only judges a value; it is no part of a definition.
#}
{% macro kpi_parameters() %}
    {{ return({
        'service_level': ['service_level', 'late_abandoned_share', 'interval_target_share'],
        'short_abandon_rate': [
            'answer_rate', 'abandonment_rate', 'short_abandon_rate', 'system_loss_rate', 'service_level',
            'average_wait_seconds', 'late_abandoned_share', 'interval_target_share', 'selfcare_success_rate',
            'selfcare_share', 'digital_contact_rate', 'selfcare_resolution_rate', 'first_contact_resolution_rate',
            'average_issue_handle_seconds', 'repeat_rate', 'average_issue_contact_count',
        ],
        'resolution_in_target_rate': ['resolution_in_target_rate'],
    }) }}
{% endmacro %}

{# The same as a relation: the KPI, and whose rows in `kpi_targets` are its parameters. #}
{% macro listed_parameters() -%}
(values {% for listed_id, kpi_ids in kpi_parameters().items() %}{% for kpi_id in kpi_ids %}('{{ kpi_id }}', '{{ listed_id }}'){{ ', ' if not loop.last }}{% endfor %}{{ ', ' if not loop.last }}{% endfor %}) as parameters (kpi_id, listed_kpi_id)
{%- endmacro %}


{#
    What the KPIs need, as rows: kpi_id, need_number, need_text, table_code, column_code (null: any
    column of the table), is_whole (every word of its closed list); alternatives share a number.
#}
{% macro kpi_needs_select() %}
    {%- set rows = [] -%}
    {%- for line in kpi_definitions() -%}
        {%- for need in line.needs -%}
            {%- set number = loop.index -%}
            {%- for place in need.split('|') -%}
                {%- set words = place.rstrip('*').split('.') -%}
                {%- set is_list = words[0] == 'lists' -%}
                {%- set table_code = words[:2] | join('.') if is_list else words[0] -%}
                {%- set column = words[2] if is_list else words[1] if words | length > 1 else none -%}
                {%- do rows.append(
                    "('" ~ line.kpi_id ~ "', " ~ number ~ ", '" ~ need.replace('*', '').replace('|', ' or ') ~ "', '"
                    ~ table_code ~ "', " ~ ("'" ~ column ~ "'" if column else 'cast(null as string)') ~ ', '
                    ~ ('true' if '*' in place else 'false') ~ ')'
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor %}
select *
from (
    values
    {{ rows | join(',\n    ') }}
) as needs (kpi_id, need_number, need_text, table_code, column_code, is_whole)
{% endmacro %}

{# The most needs that one KPI has. #}
{% macro most_needs() %}{{ return(kpi_definitions() | map(attribute='needs') | map('length') | max) }}{% endmacro %}

{# The texts of the missed needs of a KPI in their order, with commas. #}
{% macro listed_needs(number, text) -%}
{%- set parts = [] -%}
{%- for need in range(1, most_needs() + 1) -%}
    {%- if not loop.first -%}
        {%- do parts.append('case when min(' ~ number ~ ') < ' ~ need ~ ' and bool_or(' ~ number ~ ' = ' ~ need ~ ") then ', ' end") -%}
    {%- endif -%}
    {%- do parts.append('max(case when ' ~ number ~ ' = ' ~ need ~ ' then ' ~ text ~ ' end)') -%}
{%- endfor -%}
{{ joined_texts(parts) }}
{%- endmacro %}
