"""What documents need that is made once: the templates of office programs."""
