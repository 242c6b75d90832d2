"""What goes out of the app: workbooks, tables for Swedish Excel and pictures, each with how it came to be."""
