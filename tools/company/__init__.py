"""A made-up company for the demo, built through the same actions people use."""
