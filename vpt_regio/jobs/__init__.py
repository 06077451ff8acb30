"""Background work: the job row is the truth, the queue only wakes a worker for it."""
