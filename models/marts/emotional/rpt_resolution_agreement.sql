with

issues as (
    select *
    from {{ ref('fct_issues') }}
    where is_followed
),

contacts as (
    select * from {{ ref('fct_contacts') }}
),

survey_answers as (
    select *
    from {{ ref('fct_survey_answers') }}
    where role_code = 'resolved' and is_scored and exclusion_code is null
),

-- Three answers to one question, whether the first contact was enough: the customer's, the
-- agent's, and what the customer then did. Of two answers about a contact the last one stands.
answered as (
    select
        issues.entered_date,
        case answers.answer_score when 100 then true when 0 then false end as is_said_resolved,
        contacts.is_resolved as is_declared_resolved,
        case
            when issues.followed_seconds >= {{ var('first_contact_resolution_days') }} * 86400 then
                issues.until_repeat_seconds is null
                or issues.until_repeat_seconds > {{ var('first_contact_resolution_days') }} * 86400
        end as is_unrepeated
    from issues
    inner join contacts on issues.contact_id = contacts.contact_id
    left join (
        select
            contact_id,
            answer_score,
            row_number() over (
                partition by contact_id order by answered_at desc nulls last, response_id desc, question_code
            ) as answer_rank
        from survey_answers
    ) as answers
        on issues.contact_id = answers.contact_id and answers.answer_rank = 1
),

paired as (
    select
        periods.period_code,
        coalesce(
            {{ period_start('periods.period_code', 'answered.entered_date') }}, min(answered.entered_date) over ()
        ) as period_start_date,
        pairs.pair_code,
        case pairs.pair_code
            when 'declared_repeat' then answered.is_declared_resolved
            else answered.is_said_resolved
        end as is_first_yes,
        case pairs.pair_code
            when 'survey_declared' then answered.is_declared_resolved
            else answered.is_unrepeated
        end as is_second_yes
    from answered
    cross join {{ listed_codes('pairs', 'pair_code', ['survey_declared', 'survey_repeat', 'declared_repeat']) }}
    cross join {{ listed_codes('periods', 'period_code', ['month', 'all']) }}
),

counted as (
    select
        period_code,
        period_start_date,
        pair_code,
        {{ count_where('is_first_yes and is_second_yes') }} as both_yes_count,
        {{ count_where('is_first_yes and not is_second_yes') }} as first_yes_count,
        {{ count_where('not is_first_yes and is_second_yes') }} as second_yes_count,
        {{ count_where('not is_first_yes and not is_second_yes') }} as both_no_count
    from paired
    where is_first_yes is not null and is_second_yes is not null
    group by period_code, period_start_date, pair_code
)

select
    period_code,
    period_start_date,
    pair_code,
    both_yes_count + first_yes_count + second_yes_count + both_no_count as issue_count,
    both_yes_count,
    first_yes_count,
    second_yes_count,
    both_no_count,
    {{ ratio(
        'both_yes_count + both_no_count', 'both_yes_count + first_yes_count + second_yes_count + both_no_count'
    ) }} as agreement_share,
    {{ cohen_kappa('both_yes_count', 'first_yes_count', 'second_yes_count', 'both_no_count') }} as kappa_coefficient
from counted
