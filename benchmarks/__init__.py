"""What is too long or too rough for the tests: speed, users, memory, kills, disks, sizes, and the same bits elsewhere."""
