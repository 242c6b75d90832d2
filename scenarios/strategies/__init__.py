"""What if: strategies and scenarios, as files, links and drafts, with their budgets; the library."""
