"""Documents as staff write them become checked passages."""
