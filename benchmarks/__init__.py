"""What is too long or too rough for the tests: speed, users, memory, kills, disks, sizes, the same bits elsewhere."""
