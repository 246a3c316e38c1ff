{#
    Every ratio KPI is one line: two sums of one family's daily aggregate, and what stands
    behind them. Names, units and directions are words: seeds/kpis.csv.

    eligible   the events that the KPI is about, if some of them may lack an input; the share
               that carries all inputs is published, and `reason` says what is missing
    squares    the sum of squares of the numerator's events (estimator mean)
    scopes     see kpi_scope_sets; only scopes whose key both sums carry
    window     days after the period until its figures can no longer change
#}
{% macro kpi_definitions() %}
    {{ return([
        kpi('answer_rate', 'transactional', 'answered_count + callback_reached_count', 'offered_count', 'proportion', 'visits', 'day', eligible='offered_count + lost_record_count', reason='lost_records', window=1),
        kpi('average_speed_of_answer_seconds', 'transactional', 'answered_wait_seconds', 'answered_wait_count', 'mean_seconds', 'visits', 'day', squares='answered_wait_seconds_squares', eligible='answered_count', reason='no_wait'),
        kpi('average_handle_seconds', 'transactional', 'handle_seconds', 'handled_count', 'mean_seconds', 'handled_legs', 'agent', squares='handle_seconds_squares', eligible='answered_leg_count', reason='no_wrap_up'),
        kpi('average_talk_seconds', 'transactional', 'talk_seconds', 'talk_count', 'mean_seconds', 'handled_legs', 'agent', squares='talk_seconds_squares', eligible='answered_leg_count', reason='no_talk'),
        kpi('average_hold_seconds', 'transactional', 'hold_seconds', 'hold_count', 'mean_seconds', 'handled_legs', 'agent', squares='hold_seconds_squares', eligible='answered_leg_count', reason='no_hold'),
        kpi('average_wrap_up_seconds', 'transactional', 'wrap_up_seconds', 'wrap_up_count', 'mean_seconds', 'handled_legs', 'agent', squares='wrap_up_seconds_squares', eligible='answered_leg_count', reason='no_wrap_up'),
        kpi('declared_resolution_rate', 'transactional', 'resolved_contact_count', 'declared_contact_count', 'proportion', 'contacts', 'customer', eligible='answered_contact_count', reason='no_declaration'),
        kpi('abandonment_rate', 'transactional', 'abandoned_count + abandoned_ringing_count', 'offered_count', 'proportion', 'visits', 'day', eligible='offered_count + lost_record_count', reason='lost_records'),
        kpi('short_abandon_rate', 'transactional', 'short_abandon_count', 'offered_count + short_abandon_count', 'proportion', 'visits', 'day', eligible='offered_count + short_abandon_count + lost_record_count', reason='lost_records'),
        kpi('system_loss_rate', 'transactional', 'system_loss_count', 'offered_count', 'proportion', 'visits', 'day', eligible='offered_count + lost_record_count', reason='lost_records'),
        kpi('service_level', 'transactional', 'service_level_met_count', 'service_level_counted_count', 'proportion', 'visits', 'day', eligible='service_level_visit_count', reason='no_wait'),
        kpi('average_wait_seconds', 'transactional', 'offered_wait_seconds', 'offered_wait_count', 'mean_seconds', 'visits', 'day', squares='offered_wait_seconds_squares', eligible='offered_count + lost_record_count', reason='no_wait'),
        kpi('redial_rate', 'abandons', 'redialled_count', 'followed_count', 'proportion', 'visits', 'day', eligible='abandon_count', reason='no_customer_id'),
        kpi('callback_acceptance_rate', 'transactional', 'callback_accepted_count', 'callback_offered_count', 'proportion', 'visits', 'day'),
        kpi('callback_reached_rate', 'transactional', 'callback_closed_reached_count', 'callback_closed_count', 'proportion', 'visits', 'day', window=1),
        kpi('callback_in_promise_rate', 'transactional', 'callback_closed_kept_count', 'callback_closed_count', 'proportion', 'visits', 'day', window=1),
        kpi('transfer_rate', 'transactional', 'transferred_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='no_transfers'),
        kpi('blind_transfer_rate', 'transactional', 'blind_transfer_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='no_transfers'),
        kpi('consult_transfer_rate', 'transactional', 'consult_transfer_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='no_transfers'),
        kpi('external_transfer_rate', 'transactional', 'external_transfer_count', 'transfer_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='no_transfers'),
        kpi('wrong_queue_rate', 'transactional', 'wrong_queue_count', 'wrong_queue_known_count', 'proportion', 'handled_legs', 'agent', eligible='answered_leg_count', reason='no_transfers'),
        kpi('accessibility_rate', 'transactional', 'arrived_answered_contact_count', 'arrived_contact_count', 'proportion', 'arrivals', 'day', eligible='ended_contact_count', reason='lost_records'),
        kpi('dissuasion_rate', 'transactional', 'dissuaded_contact_count', 'arrived_contact_count', 'proportion', 'arrivals', 'day', eligible='ended_contact_count', reason='lost_records'),
        kpi('transferred_contact_rate', 'transactional', 'transferred_contact_count', 'transfer_known_contact_count', 'proportion', 'contacts', 'agent', eligible='answered_contact_count', reason='no_transfers'),
        kpi('average_contact_handle_seconds', 'transactional', 'contact_handle_seconds', 'handled_contact_count', 'mean_seconds', 'contacts', 'agent', squares='contact_handle_seconds_squares', eligible='answered_contact_count', reason='no_wrap_up'),
        kpi('digital_contact_rate', 'transactional', 'digital_contact_count', 'demand_contact_count', 'ratio', 'sites', 'day'),
        kpi('csat_score', 'emotional', 'csat_score_sum', 'csat_count', 'mean_score', 'answers', 'agent', squares='csat_score_squares', eligible='csat_given_count', reason='no_score', window=14),
        kpi('csat_top_box_rate', 'emotional', 'csat_top_box_count', 'csat_count', 'proportion', 'answers', 'agent', eligible='csat_given_count', reason='no_score', window=14),
    ]) }}
{% endmacro %}


{% macro kpi(kpi_id, family, numerator, denominator, estimator, scopes, cluster, squares=none, eligible=none, reason='no_answers', window=0) %}
    {{ return({
        'kpi_id': kpi_id, 'family': family, 'numerator': numerator, 'denominator': denominator,
        'estimator': estimator, 'scopes': scopes, 'cluster': cluster, 'squares': squares or 'cast(null as bigint)',
        'eligible': eligible or denominator, 'reason': reason, 'window': window,
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
        'answers': dict(contacts, team='team_id'),
        'arrivals': {'company': none, 'site': 'site_id', 'queue': 'queue_id', 'channel': 'channel_code'},
        'sites': {'company': none, 'site': 'site_id'},
    }) }}
{% endmacro %}


{#
    Family of sums -> its daily aggregate, the periods in which it is published, the column that
    counts what may still change, and `family_code`, that of its KPIs where it is another. Answers
    of single days would let a reader subtract his way to a single answer: they begin at the week.
#}
{% macro kpi_families() %}
    {{ return({
        'transactional': {'aggregate': 'agg_transactional_daily', 'periods': ['day', 'week', 'month', 'all'], 'open': 'in_progress_count'},
        'abandons': {'aggregate': 'agg_abandons_daily', 'family_code': 'transactional', 'periods': ['day', 'week', 'month', 'all'], 'open': '0'},
        'emotional': {'aggregate': 'agg_emotional_daily', 'periods': ['week', 'month', 'all'], 'open': '0'},
    }) }}
{% endmacro %}


{# The definitions as rows, for dim_kpis. #}
{% macro kpi_definitions_select() %}
    {%- for line in kpi_definitions() %}
    select
        '{{ line.kpi_id }}' as kpi_id,
        '{{ line.estimator }}' as estimator_code,
        '{{ line.scopes }}' as scope_set_code,
        '{{ line.cluster }}' as cluster_code,
        '{{ line.reason }}' as missing_reason_code,
        cast({{ line.window }} as bigint) as window_day_count
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{% endmacro %}
