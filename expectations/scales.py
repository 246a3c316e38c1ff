"""Answers against their scales: bounds of numbers, words of yes and no."""

from pathlib import Path

SCALES = Path(__file__).resolve().parent.parent / "seeds" / "survey_scales.csv"


def view(relation: str, answer: str, scale: str) -> str:
    """All columns of `relation` with `is_on_scale` and `is_scale_known`.

    `is_on_scale` is false where an answer is no whole point of its scale (trimmed, a decimal comma
    read as a point), or is none of the words of a choice; null where there is no answer or the
    scale is in no list, as one cannot tell.
    """
    path = str(SCALES).replace("'", "''")
    number = f"try_cast(replace(trim(rows.{answer}), ',', '.') as double)"
    word = f"'|' || lower(trim(rows.{answer})) || '|'"
    words = "coalesce(scales.yes_texts, '') || coalesce(scales.no_texts, '')"
    return f"""
        select rows.*,
            case when rows.{scale} is not null then scales.scale_code is not null end
                as is_scale_known,
            case
                when rows.{answer} is null or scales.scale_code is null then null
                when scales.kind_code = 'choice' then contains({words}, {word})
                else coalesce(
                    {number} between cast(scales.minimum_number as double)
                    and cast(scales.maximum_number as double)
                    and {number} = floor({number}), false)
            end as is_on_scale
        from {relation} as rows
        left join read_csv('{path}', all_varchar = true, header = true) as scales
            on rows.{scale} = scales.scale_code
    """
