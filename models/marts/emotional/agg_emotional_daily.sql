with

survey_answers as (
    select *
    from {{ ref('fct_survey_answers') }}
    where activity_date in ({{ touched_days('int_touched_survey_days', 'survey_answers') }})
),

-- What came too late, is not complete or comes second is counted apart and in no KPI.
answers as (
    select
        survey_answers.*,
        role_code = 'csat' and object_code = 'interaction' and exclusion_code is null as is_csat
    from survey_answers
    where not is_orphan
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
        {{ count_where('exclusion_code is null') }} as answer_count,
        {{ count_where("exclusion_code = 'late'") }} as late_answer_count,
        {{ count_where("exclusion_code = 'partial'") }} as partial_answer_count,
        {{ count_where("exclusion_code = 'repeated'") }} as repeated_answer_count,
        {{ count_where("exclusion_code is null and is_improved") }} as improved_answer_count,
        {{ count_where('is_csat') }} as csat_given_count,
        {{ count_where('is_csat and is_scored') }} as csat_count,
        {{ total_points_where('answer_score', 'is_csat and is_scored') }}
            as csat_score_sum,
        {{ total_points_where(
            'cast(answer_score * answer_score as decimal(38, 12))',
            'is_csat and is_scored'
        ) }} as csat_score_squares,
        {{ count_where('is_csat and is_top_box') }} as csat_top_box_count,
        {{ count_where('is_csat and is_bottom_box') }}
            as csat_bottom_box_count
    from answers
    group by
        activity_date,
        {{ members(['site_id', 'queue_id', 'channel_code', 'team_id', 'reason_code', 'scale_code']) }}
)

select * from keyed
