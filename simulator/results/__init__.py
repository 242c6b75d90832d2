"""From tallies to labelled variables; knows no simulation."""
