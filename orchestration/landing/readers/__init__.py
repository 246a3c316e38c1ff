"""One reader for each kind of delivered file: what its bytes are, its header, its rows."""
