{#- A select: the rows of a relation and, in `fisher_p_value`, the two-sided p value, 0..1, of
    Fisher's exact test (1935) of two proportions: the probability, all margins given, of every
    table that is no more probable than the one at hand. Only where the pooled z is too coarse: a
    side has fewer than 30 or an expected count is under 5; null elsewhere, where `is_asked` does
    not hold, and for any null, an n of 0, a count outside 0..n, a design effect of 0 or less.
    The test needs whole numbers: n by the design effect is rounded down, and the count is the
    whole number nearest to the same share of it.
    No factorials: a table is a ratio of small numbers times the one before, and sums of tables are
    nested from the far end inwards, so that every term is positive and nothing cancels. The samples
    are swapped where tables would grow more probable downwards; the far tail begins at the first
    table above that is no more probable again (within 1e-10, since equal ones differ by rounding).
    Out by less than 1e-12 of p for samples of up to 1e5; a p under 1e-300 is 0. It looks at as many
    tables as the smallest margin plus 1: 30 where a side is small, else fewer than the root of five
    times all events. Columns fisher_... beside it are its parts. -#}
{%- macro fisher_rows(
    relation, successes, n, previous_successes, previous_n, deff='1', previous_deff=none,
    is_asked='true'
) -%}
with fisher_sized as (
    select *,
        case when {{ is_asked }} and {{ fisher_sound(successes, n, deff) }}
            and {{ fisher_sound(previous_successes, previous_n, previous_deff or deff) }} then true
        end as is_fisher_sound,
        {{ fisher_size(n, deff) }} as fisher_n,
        {{ fisher_count(successes, n, deff) }} as fisher_hits,
        {{ fisher_size(previous_n, previous_deff or deff) }} as fisher_previous_n,
        {{ fisher_count(previous_successes, previous_n, previous_deff or deff) }}
            as fisher_previous_hits
    from {{ relation }}
),
fisher_chosen as (
    select *,
        {{ fisher_step_up(
            'fisher_hits', 'fisher_n', 'fisher_previous_n', 'fisher_hits + fisher_previous_hits'
        ) }} > 1 + 1e-10 as is_rising,
        {{ fisher_step_up(
            'fisher_previous_hits', 'fisher_previous_n', 'fisher_n',
            'fisher_hits + fisher_previous_hits'
        ) }} > 1 + 1e-10 as is_falling,
        coalesce(is_fisher_sound and fisher_n > 0 and fisher_previous_n > 0 and (
            least(fisher_n, fisher_previous_n) < 30
            or least(fisher_n, fisher_previous_n) * least(
                fisher_hits + fisher_previous_hits,
                fisher_n + fisher_previous_n - fisher_hits - fisher_previous_hits
            ) < 5 * (fisher_n + fisher_previous_n)
        ), false) as is_fisher
    from fisher_sized
),
fisher_turned as (
    select *,
        case when is_fisher and is_rising then fisher_hits
            when is_fisher and is_falling then fisher_previous_hits end as fisher_given,
        case when is_rising then fisher_n else fisher_previous_n end as fisher_size,
        case when is_rising then fisher_previous_n else fisher_n end as fisher_other,
        fisher_hits + fisher_previous_hits as fisher_all
    from fisher_chosen
),
fisher_bounded as (
    select *,
        greatest(fisher_all - fisher_other, 0) as fisher_first,
        least(fisher_all, fisher_size) as fisher_last
    from fisher_turned
),
fisher_searched as (
    select *,
        {{ fold('fisher_given', 'fisher_last - 1', '1', fisher_search('step_number')) }}
            as fisher_found
    from fisher_bounded
),
fisher_summed as (
    select *,
        {{ fold('fisher_first + 1', 'fisher_given', '1', '1 + ' ~ ratio(
            'so_far', fisher_step_up('step_number - 1', 'fisher_size', 'fisher_other', 'fisher_all')
        )) }} as fisher_below,
        {{ fisher_nested('1', '1') }} as fisher_above,
        {{ fisher_nested(
            'case when fisher_found < 0 then 1 else 0 end',
            'case when fisher_found < 0 and fisher_last - step_number >= -fisher_found'
            ~ ' then 1 else 0 end'
        ) }} as fisher_beyond
    from fisher_searched
)
select *,
    case when is_fisher and fisher_given is null then cast(1 as double)
        when is_fisher then least({{ ratio(
            'fisher_below + fisher_beyond', 'fisher_below + fisher_above - 1'
        ) }}, cast(1 as double)) end as fisher_p_value
from fisher_summed
{%- endmacro -%}

{#- Whether a side can be tested at all; null for a null. -#}
{%- macro fisher_sound(successes, n, deff) -%}
({{ successes }}) >= 0 and ({{ successes }}) <= ({{ n }}) and ({{ n }}) > 0 and ({{ deff }}) > 0
{%- endmacro -%}

{#- Whole events of a side: n by the design effect, rounded down as in `whole_degrees`. -#}
{%- macro fisher_size(n, deff) -%}
cast(floor({{ ratio(n, deff) }} + 1e-9) as double)
{%- endmacro -%}

{#- Whole successes among them, at the same share. -#}
{%- macro fisher_count(successes, n, deff) -%}
cast(floor({{ ratio(
    'cast(' ~ successes ~ ' as double) * ' ~ fisher_size(n, deff), n
) }} + 5e-1) as double)
{%- endmacro -%}

{#- How much more probable than a table with so many successes in a sample is the one with one
    more, from the samples' sizes and all successes (hypergeometric). -#}
{%- macro fisher_step_up(given, size, other, all) -%}
{{ ratio(
    '(' ~ all ~ ' - (' ~ given ~ ')) * (' ~ size ~ ' - (' ~ given ~ '))',
    '(' ~ given ~ ' + 1) * (' ~ other ~ ' - (' ~ all ~ ') + ' ~ given ~ ' + 1)'
) }}
{%- endmacro -%}

{#- One step of the search for the far tail: how probable the next table is beside the one at
    hand, or, once one is no more probable, minus its number of successes. -#}
{%- macro fisher_search(given) -%}
{%- set next = '(so_far * '
    ~ fisher_step_up(given, 'fisher_size', 'fisher_other', 'fisher_all') ~ ')' -%}
case when so_far < 0 then so_far when {{ next }} <= 1 + 1e-10 then -({{ given }} + 1)
else {{ next }} end
{%- endmacro -%}

{#- Sum over the table at hand and all above, as multiples of it, of what `last` (for the last
    one) and `term` count them as, from the last one inwards. -#}
{%- macro fisher_nested(last, term) -%}
{{ fold('1', 'fisher_last - fisher_given', last, term ~ ' + so_far * ' ~ fisher_step_up(
    '(fisher_last - step_number)', 'fisher_size', 'fisher_other', 'fisher_all'
)) }}
{%- endmacro -%}
