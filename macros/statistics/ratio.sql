{#- The one division of the project: numerator over denominator as a double, in units of one per the
    other. A denominator of zero is null (a rate of nothing is unknown, neither 0 nor 100 %), and
    null in is null out. Every other formula calls this macro, so no engine's own rule for integer
    division or for 1 by 0 (inf on DuckDB, null on Spark) can reach a figure. -#}
{%- macro ratio(numerator, denominator) -%}
(cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0))
{%- endmacro -%}
