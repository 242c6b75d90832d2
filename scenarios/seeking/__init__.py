"""What it takes, and what money does best: searches over levers by surrogate, told only as full runs confirm them."""
