"""What a worker does: rq entry points of a few lines each, the table of periodic work, and its ticker."""
