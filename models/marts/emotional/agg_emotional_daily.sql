with

answers as (
    select *
    from {{ ref('fct_survey_answers') }}
    where activity_date in ({{ touched_days('int_touched_survey_days', 'survey_answers') }})
),

keyed as (
    select
        activity_date as entered_date,
        {{ member('site_id') }},
        {{ member('queue_id') }},
        {{ member('channel_code') }},
        {{ member('team_id') }},
        {{ member('reason_code') }},
        {{ member('scale_code') }},
        cast(count(*) as bigint) as answer_count,
        {{ count_where("role_code = 'csat' and object_code = 'interaction'") }} as csat_given_count,
        {{ count_where("role_code = 'csat' and object_code = 'interaction' and is_scored") }} as csat_count,
        {{ total_points_where('answer_score', "role_code = 'csat' and object_code = 'interaction' and is_scored") }}
            as csat_score_sum,
        {{ total_points_where(
            'cast(answer_score * answer_score as decimal(38, 12))',
            "role_code = 'csat' and object_code = 'interaction' and is_scored"
        ) }} as csat_score_squares,
        {{ count_where("role_code = 'csat' and object_code = 'interaction' and is_top_box") }} as csat_top_box_count,
        {{ count_where("role_code = 'csat' and object_code = 'interaction' and is_bottom_box") }}
            as csat_bottom_box_count
    from answers
    where not is_orphan
    group by
        activity_date,
        {{ members(['site_id', 'queue_id', 'channel_code', 'team_id', 'reason_code', 'scale_code']) }}
)

select * from keyed
