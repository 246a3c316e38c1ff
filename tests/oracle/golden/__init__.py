"""Cases worked by hand and golden numbers of the KPI dictionary."""
