"""A made-up company for the demo, built with the same actions that people use."""
