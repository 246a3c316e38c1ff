{{ superseded_rows(ref('int_sales_unioned'), ['sale_id']) }}
