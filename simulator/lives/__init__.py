"""Some people followed: their events, their diaries, where two paths part; nothing else in the simulator knows it."""
