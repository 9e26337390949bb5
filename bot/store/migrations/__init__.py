"""Steps that bring a database's tables up to date, one file each, in order. A step is never changed once it is out."""
