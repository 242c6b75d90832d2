"""One figure, one record: what is measured of a run, for the whole region or by place."""
