{{ kpi_chart_rows('day') }}
