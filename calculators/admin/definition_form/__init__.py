"""Form of a calculator's definition: its parts as lists of lines, one open at a time, with the trial beside them."""
