{{ kpi_chart_rows('week') }}
