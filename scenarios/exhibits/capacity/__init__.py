"""Staff, beds and queues, drawn: who is needed, what limits, where."""
