"""A company's first day: customers, leases and payments from CSV files.

reader.py opens a file and says what it is; columns.py says what it contains; customers.py,
leases.py and payments.py write a chunk of checked rows; run.py imports a whole file, or nothing of
it.
"""
