"""What BI tools open: the published file through publications, and by older drivers."""
