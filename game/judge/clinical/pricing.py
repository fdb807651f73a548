"""Any reading on the scale of the search by order, so that the two can be compared."""
