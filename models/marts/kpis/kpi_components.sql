{{ kpi_components() }}
