{{ kpi_chart_rows('month') }}
